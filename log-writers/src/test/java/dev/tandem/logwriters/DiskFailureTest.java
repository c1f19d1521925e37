package dev.tandem.logwriters;

import static dev.tandem.logwriters.Logs.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogType;
import dev.tandem.core.log.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFailureTest {
    private static final LogField COUNT = field("c", LogType.COUNT);

    @TempDir
    Path directory;

    private static void flushed(LogWriter writer, long from, long to) {
        for (long i = from; i < to; i++) {
            writer.beginRow().count(i);
            writer.endRow();
            writer.flush();
        }
    }

    private List<String> rows(Logs logs, String file) {
        return logs.lines(file).filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void aFileThatCannotBeOpenedIsToldOnceAndItsRowsComeLater() throws IOException {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("later/conn", Map.of(), COUNT);
            flushed(writer, 0, 5);
            Path file = directory.resolve("later/conn.log");
            assertTrue(Logs.within(5000, () -> !logs.failures.isEmpty()));
            Files.createDirectory(directory.resolve("later"));
            assertTrue(Logs.within(
                    5000,
                    () -> Files.exists(file) && rows(logs, "later/conn.log").size() == 5));
            flushed(writer, 5, 7);
            writer.close();
            assertEquals(List.of("0", "1", "2", "3", "4", "5", "6"), rows(logs, "later/conn.log"));
            assertEquals(List.of("later/conn: cannot open " + file + ": No such file or directory"), logs.failures);
            assertEquals(new QueuedLogWriterFactory.Statistics(7, 0, 0), logs.factory.statistics());
        }
    }

    @Test
    void rowsPastTheBoundAreDroppedCountedAndTold() throws IOException {
        try (Logs logs = new Logs(directory, 1 << 20, 10)) {
            LogWriter writer = logs.open("later/conn", Map.of(), COUNT);
            flushed(writer, 0, 8); // two bytes each: five fit
            assertTrue(Logs.within(5000, () -> logs.factory.statistics().rowsDropped() == 3));
            Files.createDirectory(directory.resolve("later"));
            assertTrue(Logs.within(5000, () -> logs.failures.size() == 2));
            flushed(writer, 8, 9);
            writer.close();
            assertEquals(List.of("0", "1", "2", "3", "4", "8"), rows(logs, "later/conn.log"));
            assertEquals(
                    "later/conn: " + directory.resolve("later/conn.log") + ": 3 rows could not be written and are lost",
                    logs.failures.get(1));
        }
    }

    @Test
    void aFullDiskNeitherStopsTheEngineNorTheEnd() {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        try (Logs logs = new Logs(directory, 1 << 20, 1 << 20)) {
            LogWriter full = logs.open("/dev/full", Map.of(), COUNT);
            LogWriter fine = logs.open("fine", Map.of(), COUNT);
            for (int i = 0; i < 1_000_000; i++) {
                full.beginRow().count(i);
                full.endRow();
            }
            flushed(fine, 0, 3);
            fine.close();
            full.close();
            assertEquals(List.of("0", "1", "2"), rows(logs, "fine.log"));
            assertEquals("/dev/full: error writing to /dev/full: No space left on device", logs.failures.get(0));
            assertEquals("/dev/full: /dev/full: 1000000 rows could not be written and are lost", logs.failures.get(1));
            assertEquals(2, logs.failures.size());
            assertEquals(1_000_000, logs.factory.statistics().rowsDropped());
        }
    }

    @Test
    void rotationDuringAFailureKeepsTheRowsForTheNextFile() throws IOException {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("later/conn", Map.of(), COUNT);
            flushed(writer, 0, 2);
            writer.rotate(directory.resolve("rotated").toString(), 1, 2, false);
            flushed(writer, 2, 4);
            logs.open("after", Map.of(), COUNT).close(); // the writer thread has done all that came before
            assertEquals(1, logs.failures.size());
            Files.createDirectory(directory.resolve("later"));
            writer.close();
            assertEquals(List.of("0", "1", "2", "3"), rows(logs, "later/conn.log"));
            assertEquals(List.of(), logs.rotations);
        }
    }
}
