package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.log.LogType;
import dev.tandem.core.log.LogWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are not closed, as a crash leaves them, and what the next run makes of their logs. */
@Timeout(20)
class CommitLedgerTest {
    @TempDir
    Path folder;

    private final List<Logs> runs = new ArrayList<>();
    private volatile long position;
    private volatile long safe = -1;

    private Logs run() throws IOException {
        Logs logs = new Logs(folder);
        runs.add(logs);
        position = logs.factory.commitTo(folder.resolve("commit"), path -> path.startsWith("osq-"));
        safe = -1;
        logs.factory.follow(() -> position, told -> safe = told);
        return logs;
    }

    @AfterEach
    void close() {
        position = -1; // the runs are as good as dead: they commit no more
        runs.forEach(Logs::close);
    }

    private static LogWriter open(Logs logs, String path) {
        return logs.open(path, Map.of(), Logs.field("n", LogType.COUNT));
    }

    private static void write(LogWriter writer, long... numbers) {
        for (long number : numbers) {
            Logs.write(writer, row -> row.count(number));
        }
        writer.flush();
    }

    private void commit(Logs logs, long place) {
        position = place;
        safe = -1;
        logs.factory.commit();
        assertTrue(Logs.within(5000, () -> safe == place), "is committed");
    }

    private List<String> rows(String file) {
        try (Stream<String> lines = Files.lines(folder.resolve(file))) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private void assertRows(String file, String... rows) {
        assertTrue(Logs.within(5000, () -> rows(file).equals(List.of(rows))), () -> file + ": " + rows(file));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void rowsAfterTheLastCommitAreCutAndWrittenAgain() throws IOException {
        Logs first = run();
        LogWriter writer = open(first, "osq-a");
        write(writer, 1, 2);
        commit(first, 20);
        write(writer, 3);
        assertRows("osq-a.log", "1", "2", "3");

        Logs second = run();
        assertEquals(20, position);
        write(open(second, "osq-a"), 3, 4);
        assertRows("osq-a.log", "1", "2", "3", "4");
        assertEquals(List.of(), second.failures);
    }

    @Test
    void aLogBegunAfterTheLastCommitIsCutToNothing() throws IOException {
        Logs first = run();
        commit(first, 20);
        write(open(first, "osq-a"), 1);
        assertRows("osq-a.log", "1");

        Logs second = run();
        assertEquals(20, position);
        write(open(second, "osq-a"), 1, 2);
        assertRows("osq-a.log", "1", "2");
        assertEquals(List.of("osq-a.log"), files());
    }

    @Test
    void nothingIsCommittedWhileInputIsWorkedAt() throws IOException {
        Logs first = run();
        LogWriter writer = open(first, "osq-a");
        write(writer, 1);
        commit(first, 20);
        write(writer, 2);
        position = -1;
        first.close();
        assertRows("osq-a.log", "1", "2");

        Logs second = run();
        assertEquals(20, position);
        write(open(second, "osq-a"), 2);
        assertRows("osq-a.log", "1", "2");
    }

    @Test
    void anotherFileThanTheCommittedOneIsKept() throws IOException {
        Logs first = run();
        write(open(first, "osq-a"), 1, 2);
        commit(first, 20);
        Path log = folder.resolve("osq-a.log");
        Path copy = folder.resolve("copy");
        Files.copy(log, copy);
        Files.delete(log);
        Files.createFile(folder.resolve("takes the inode"));
        Files.move(copy, log);

        Logs second = run();
        write(open(second, "osq-a"), 3);
        assertRows("osq-a.log", "3");
        List<String> files = files();
        assertEquals(2, files.size(), files::toString);
        String aside = files.getFirst();
        assertTrue(aside.matches("osq-a\\.\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d\\.log"), aside);
        assertRows(aside, "1", "2");
        assertTrue(second.failures.toString().contains("kept as " + aside), second.failures::toString);
    }

    @Test
    void aFileThatWasNeverCommittedIsKept() throws IOException {
        Files.writeString(folder.resolve("osq-a.log"), "of somebody\n", StandardCharsets.UTF_8);
        Logs logs = run();
        write(open(logs, "osq-a"), 1);
        assertRows("osq-a.log", "1");
        assertRows(files().getFirst(), "of somebody");
    }

    @Test
    void aLogThatIsOpenedAgainGoesOn() throws IOException {
        Logs logs = run();
        LogWriter writer = open(logs, "osq-a");
        write(writer, 1);
        writer.close();
        write(open(logs, "osq-a"), 2);
        assertRows("osq-a.log", "1", "2");
        assertEquals(List.of("osq-a.log"), files());
    }

    @Test
    void otherLogsAreEmptiedAsEver() throws IOException {
        Files.writeString(folder.resolve("conn.log"), "of the run before\n", StandardCharsets.UTF_8);
        Logs logs = run();
        write(open(logs, "conn"), 1);
        assertRows("conn.log", "1");
    }

    @Test
    void aBrokenFileOfCommitsIsReported() throws IOException {
        Files.writeString(folder.resolve("commit"), "20\n", StandardCharsets.UTF_8);
        IOException e = assertThrows(IOException.class, this::run);
        assertTrue(String.valueOf(e.getMessage()).contains("commit"), e::toString);
    }
}
