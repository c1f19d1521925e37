package dev.tandem.logwriters;

import static dev.tandem.logwriters.Logs.field;
import static dev.tandem.logwriters.Logs.set;
import static dev.tandem.logwriters.Logs.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogType;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.RotationPolicy;
import dev.tandem.core.value.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final LogField COUNT = field("c", LogType.COUNT);
    private static final String HEADER = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"
            + "#path\tPATH\n#open\t2018-05-28-13-05-59\n#fields\tc\n#types\tcount\n";
    private static final String LAST = "#close\t2018-05-28-13-05-59\n";

    @TempDir
    Path directory;

    @Test
    void theFileExistsWithItsHeaderFromTheOpeningOn() {
        try (Logs logs = new Logs(directory)) {
            logs.open("conn", Map.of(), COUNT);
            Path file = directory.resolve("conn.log");
            assertTrue(Logs.within(
                    5000, () -> Files.exists(file) && logs.text("conn.log").endsWith("#types\tcount\n")));
            assertEquals(HEADER.replace("PATH", "conn"), logs.text("conn.log"));
        }
    }

    @Test
    void theHeaderNamesTheColumnsAndEscapesTheMarkers() {
        try (Logs logs = new Logs(directory)) {
            Map<String, String> options = Map.of(
                    "separator", "|", "set_separator", "\u00ae", "empty_field", "no\\thing ", "meta_prefix", "//");
            logs.open(
                            "my log",
                            options,
                            field("id.h", LogType.ADDR),
                            set("s", LogType.ENUM),
                            vector("v", LogType.COUNT))
                    .close();
            assertEquals(
                    "//separator |\n//set_separator|\\xc2\\xae\n//empty_field|no\\thing\\x20\n//unset_field|-\n"
                            + "//path|my\\x20log\n//open|2018-05-28-13-05-59\n//fields|id.h|s|v\n"
                            + "//types|addr|set[enum]|vector[count]\n//close|2018-05-28-13-05-59\n",
                    logs.text("my log.log"));
        }
    }

    @Test
    void tsvModeHasOneHeaderLineAndNoLastLine() {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("conn", Map.of("tsv", "T"), COUNT, field("d", LogType.DOUBLE));
            Logs.write(writer, r -> {
                r.count(1);
                r.number(2);
            });
            writer.close();
            assertEquals("c\td\n1\t2.0\n", logs.text("conn.log"));
        }
    }

    @Test
    void withoutMetaLinesThereAreOnlyRows() {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("conn", Map.of("include_meta", "F"), COUNT);
            Logs.write(writer, r -> r.count(1));
            writer.close();
            assertEquals("1\n", logs.text("conn.log"));
        }
    }

    @Test
    void anOldFileIsEmptied() throws IOException {
        Files.writeString(directory.resolve("conn.log"), "old\n".repeat(1000));
        try (Logs logs = new Logs(directory)) {
            logs.open("conn", Map.of(), COUNT).close();
            assertEquals(HEADER.replace("PATH", "conn") + LAST, logs.text("conn.log"));
        }
    }

    @Test
    void closingTwiceAndWritingAfterwardsDoNothing() {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("conn", Map.of(), COUNT);
            writer.close();
            writer.close();
            Logs.write(writer, r -> r.count(1));
            writer.flush();
            assertEquals(HEADER.replace("PATH", "conn") + LAST, logs.text("conn.log"));
        }
    }

    @Test
    void closingTheFactoryClosesEveryLog() {
        Logs logs = new Logs(directory);
        for (String name : List.of("a", "b", "c")) {
            Logs.write(logs.open(name, Map.of(), COUNT), r -> r.count(7));
        }
        logs.close();
        for (String name : List.of("a", "b", "c")) {
            assertEquals(HEADER.replace("PATH", name) + "7\n" + LAST, logs.text(name + ".log"));
        }
        assertEquals(3, logs.factory.statistics().rowsWritten());
    }

    @Test
    void rotationRenamesAndTheNextRowBeginsAFreshFile() {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("conn", Map.of(), COUNT);
            Logs.write(writer, r -> r.count(1));
            String rotated = directory.resolve("conn.2018-05-28-13-00-00").toString();
            writer.rotate(rotated, 10, 20, false);
            assertTrue(Logs.within(5000, () -> !logs.rotations.isEmpty()));
            assertEquals(List.of("conn " + rotated + ".log 10.0 20.0 false"), logs.rotations);
            assertFalse(Files.exists(directory.resolve("conn.log")));
            assertEquals(HEADER.replace("PATH", "conn") + "1\n" + LAST, logs.text("conn.2018-05-28-13-00-00.log"));
            Logs.write(writer, r -> r.count(2));
            writer.close();
            assertEquals(HEADER.replace("PATH", "conn") + "2\n" + LAST, logs.text("conn.log"));
        }
    }

    @Test
    void rotationWithoutRowsSinceTheLastOneHasNothingToTell() {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("conn", Map.of(), COUNT);
            writer.rotate(directory.resolve("first").toString(), 1, 2, false);
            writer.rotate(directory.resolve("second").toString(), 2, 3, true);
            writer.close();
            assertEquals(1, logs.rotations.size());
            assertFalse(Files.exists(directory.resolve("conn.log")));
            assertFalse(Files.exists(directory.resolve("second.log")));
        }
    }

    @Test
    void rotationToAPlaceThatDoesNotExistIsToldAndLosesNothing() {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("conn", Map.of(), COUNT);
            Logs.write(writer, r -> r.count(1));
            writer.rotate(directory.resolve("missing/conn").toString(), 1, 2, true);
            writer.close();
            assertEquals(List.of(), logs.rotations);
            assertEquals(
                    List.of("conn: failed to rename " + directory.resolve("conn.log") + " to "
                            + directory.resolve("missing/conn.log") + ": No such file or directory"),
                    logs.failures);
            assertEquals(HEADER.replace("PATH", "conn") + "1\n" + LAST, logs.text("conn.log"));
        }
    }

    @Test
    void devicesKeepTheirNameAndAreNotRotated() {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("/dev/null", Map.of(), COUNT);
            Logs.write(writer, r -> r.count(1));
            writer.rotate(directory.resolve("rotated").toString(), 1, 2, false);
            writer.close();
            assertEquals(List.of(), logs.rotations);
            assertEquals(List.of(), logs.failures);
            assertEquals(1, logs.factory.statistics().rowsWritten());
        }
    }

    @Test
    void outputGoesToStandardOutputWhenAskedTo() {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, false, StandardCharsets.UTF_8));
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("conn", Map.of("output_to_stdout", "T"), COUNT);
            Logs.write(writer, r -> r.count(1));
            writer.close();
        } finally {
            System.setOut(before);
        }
        assertEquals(HEADER.replace("PATH", "/dev/stdout") + "1\n" + LAST, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void gzipHoldsTheSameText() throws IOException {
        int rows = 100_000;
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("conn", Map.of("gzip_level", "6"), COUNT);
            for (int i = 0; i < rows; i++) {
                writer.beginRow().count(i);
                writer.endRow();
            }
            writer.rotate(directory.resolve("rotated").toString(), 1, 2, true);
            writer.close();
            assertEquals("conn " + directory.resolve("rotated") + ".log.gz 1.0 2.0 true", logs.rotations.get(0));
        }
        StringBuilder expected = new StringBuilder(HEADER.replace("PATH", "conn"));
        for (int i = 0; i < rows; i++) {
            expected.append(i).append('\n');
        }
        assertEquals(expected.append(LAST).toString(), gunzip("rotated.log.gz"));
    }

    private String gunzip(String file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(file)))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void gzipTakesTheExtensionAskedFor() throws IOException {
        try (Logs logs = new Logs(directory)) {
            Map<String, String> options = Map.of("gzip_level", "1", "gzip_file_extension", "zip");
            logs.open("conn", options, COUNT).close();
        }
        assertEquals(HEADER.replace("PATH", "conn") + LAST, gunzip("conn.log.zip"));
    }

    @Test
    void theNoneWriterWritesNothingAndAnswersRotations() {
        try (Logs logs = new Logs(directory)) {
            LogSchema schema = new LogSchema("ssh", List.of(COUNT), Map.of("foo", "bar"));
            LogWriter writer = logs.factory.open("Log::WRITER_NONE", schema, 0, logs);
            Logs.write(writer, r -> r.string(Bytes.of("x")));
            writer.rotate("rotated", 1, 2, true);
            writer.close();
            assertTrue(Logs.within(5000, () -> !logs.rotations.isEmpty()));
            assertEquals(List.of("ssh /dev/null 1.0 2.0 true"), logs.rotations);
            assertFalse(Files.exists(directory.resolve("ssh.log")));
        }
    }

    @Test
    void theNoneWriterTellsWhatItIsOpenedWith() {
        StringBuilder told = new StringBuilder();
        try (Logs logs = new Logs(directory)) {
            logs.factory.setNoneDebug(told::append);
            RotationPolicy hourly = new RotationPolicy(3600, 300, "");
            LogSchema schema = new LogSchema("ssh", List.of(COUNT), Map.of("b", "2", "a", "1"), hourly);
            logs.factory.open("Log::WRITER_NONE", schema, 0, logs).close();
        }
        assertEquals(
                "[logging::writer::None]\n  path=ssh\n  rotation_interval=3600\n  rotation_base=300\n"
                        + "  config[a] = 1\n  config[b] = 2\n  field c: count\n\n",
                told.toString());
    }

    @Test
    void anUnknownWriterIsRefusedByName() {
        try (Logs logs = new Logs(directory)) {
            LogSchema schema = new LogSchema("ssh", List.of(COUNT), Map.of());
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> logs.factory.open("Log::WRITER_ASCI", schema, 0, logs));
            assertEquals(
                    "no log writer 'Log::WRITER_ASCI', there are Log::WRITER_ASCII, Log::WRITER_NONE,"
                            + " Log::WRITER_SQLITE",
                    e.getMessage());
        }
    }
}
