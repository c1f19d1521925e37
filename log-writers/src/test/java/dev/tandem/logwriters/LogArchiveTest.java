package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogArchiveTest {
    private static final double OPENED = Instant.parse("2015-01-20T15:48:23Z").getEpochSecond();
    private static final double CLOSED = Instant.parse("2015-01-21T00:00:01Z").getEpochSecond();
    private static final byte[] ROWS = "#fields\ta\n1\n2\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private LogArchive archive(ArchiveForm form, String node) {
        return new LogArchive(folder.resolve("logs"), form, node, ZoneOffset.UTC);
    }

    private Path rotated() throws IOException {
        return Files.write(folder.resolve("conn.2015-01-20-15-48-23.log"), ROWS);
    }

    private String name(Path file) {
        return folder.resolve("logs").relativize(file).toString();
    }

    @Test
    void nameHasTheDayOfOpeningAndBothTimes() throws IOException {
        Path kept = archive(ArchiveForm.GZIP, "").store(rotated(), "conn", ".log", false, OPENED, CLOSED);
        assertEquals("2015-01-20/conn.15:48:23-00:00:01.log.gz", name(kept));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(kept))) {
            assertArrayEquals(ROWS, in.readAllBytes());
        }
        assertTrue(Files.notExists(folder.resolve("conn.2015-01-20-15-48-23.log")));
    }

    @Test
    void nodesAndFormsAreInTheName() throws IOException {
        Path kept = archive(ArchiveForm.ZSTD, "logger-1").store(rotated(), "conn", ".log", false, OPENED, CLOSED);
        assertEquals("2015-01-20/conn.15:48:23-00:00:01-logger-1.log.zst", name(kept));
        try (InputStream in = new ZstdInputStream(Files.newInputStream(kept))) {
            assertArrayEquals(ROWS, in.readAllBytes());
        }
        Path plain = archive(ArchiveForm.PLAIN, "").store(rotated(), "conn", ".log", false, OPENED, CLOSED);
        assertArrayEquals(ROWS, Files.readAllBytes(plain));
    }

    @Test
    void twoLogsOfTheSameSecondAreBothKept() throws IOException {
        LogArchive archive = archive(ArchiveForm.GZIP, "");
        archive.store(rotated(), "conn", ".log", false, OPENED, CLOSED);
        Path second = archive.store(rotated(), "conn", ".log", false, OPENED, CLOSED);
        assertEquals("2015-01-20/conn.15:48:23-00:00:01-2.log.gz", name(second));
    }

    @Test
    void partThatWasWrittenAlongIsTaken() throws IOException {
        LogArchive archive = archive(ArchiveForm.GZIP, "");
        ArchivedSink sink = new ArchivedSink(new FileSink(folder.resolve("conn.log")), archive.begin("conn"));
        sink.write(ROWS, ROWS.length);
        sink.close();
        assertTrue(sink.isWhole());
        Files.move(folder.resolve("conn.log"), folder.resolve("conn.2015-01-20-15-48-23.log"));
        Path kept = archive.store(folder.resolve("conn.2015-01-20-15-48-23.log"), "conn", ".log", true, OPENED, CLOSED);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(kept))) {
            assertArrayEquals(ROWS, in.readAllBytes());
        }
    }

    @Test
    void partThatBreaksDoesNotTouchTheLog() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ArchivedSink sink = new ArchivedSink(new FileSink(folder.resolve("conn.log")), full);
        sink.write(ROWS, ROWS.length);
        sink.write(ROWS, ROWS.length);
        sink.close();
        assertFalse(sink.isWhole());
        assertEquals(2 * ROWS.length, Files.size(folder.resolve("conn.log")));
    }

    @Test
    void nothingIsLostWhenItCannotBeArchived() throws IOException {
        Files.writeString(folder.resolve("logs"), "a file in the way");
        Path log = rotated();
        LogArchive archive = archive(ArchiveForm.GZIP, "");
        assertThrows(IOException.class, () -> archive.store(log, "conn", ".log", false, OPENED, CLOSED));
        assertArrayEquals(ROWS, Files.readAllBytes(log));

        List<String> problems = new ArrayList<>();
        archive.retry(folder, problems::add);
        assertEquals(1, problems.size(), problems::toString);
        Files.delete(folder.resolve("logs"));
        Files.setLastModifiedTime(log, FileTime.from(Instant.EPOCH)); // the times are not taken from the file
        Path own = Files.write(folder.resolve("dns.2015-01-20-15-48-23.log"), ROWS);
        archive.retry(folder, problems::add);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(Files.exists(folder.resolve("logs/2015-01-20/conn.15:48:23-00:00:01.log.gz")));
        assertFalse(Files.exists(log));
        assertTrue(Files.exists(own), "nobody has asked to archive it");
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    left.filter(file -> file.getFileName().toString().startsWith(".archive."))
                            .toList());
        }
    }
}
