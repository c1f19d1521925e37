package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.log.LeftoverLog;
import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogType;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.RotationPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowFileTest {
    private static final LogField COUNT = Logs.field("n", LogType.COUNT);

    @TempDir
    Path directory;

    private final List<String> problems = new ArrayList<>();

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private boolean exists(String file) {
        return Files.exists(directory.resolve(file));
    }

    @Test
    void aLogLeftBehindIsFoundAndRotated() throws IOException {
        write("conn.log", "rows");
        write(".shadow.conn.log", ".log\nMine::tell\n");
        Files.setLastModifiedTime(directory.resolve(".shadow.conn.log"), FileTime.fromMillis(100_000));
        Files.setLastModifiedTime(directory.resolve("conn.log"), FileTime.fromMillis(200_000));
        LeftoverLog log =
                ShadowFile.leftovers(directory, ".gz", null, problems::add).get(0);
        assertEquals("conn Mine::tell 100.0 200.0", described(log));
        assertEquals(
                directory.resolve("done.log").toString(),
                log.rotate(directory.resolve("done").toString()));
        assertEquals("rows", Files.readString(directory.resolve("done.log")));
        assertFalse(exists(".shadow.conn.log"));
        assertFalse(exists("conn.log"));
        assertEquals(List.of(), problems);
    }

    private static String described(LeftoverLog log) {
        return log.path() + " " + log.postprocessor() + " " + log.openTime() + " " + log.closeTime();
    }

    @Test
    void anUnfinishedShadowLeavesTheUsualSuffix() throws IOException {
        write("conn.txt", "rows");
        write(".shadow.conn.txt", "");
        LeftoverLog log =
                ShadowFile.leftovers(directory, ".txt", null, problems::add).get(0);
        assertEquals("conn", log.path());
        assertEquals("", log.postprocessor());
    }

    @Test
    void aShadowWithoutItsLogGoes() throws IOException {
        write(".shadow.conn.log", ".log\n\n");
        assertEquals(List.of(), ShadowFile.leftovers(directory, ".log", null, problems::add));
        assertFalse(exists(".shadow.conn.log"));
    }

    @Test
    void aLogThatRotatesHasAShadowUntilItDid() {
        try (Logs logs = new Logs(directory)) {
            Map<String, String> options = Map.of("enable_leftover_log_rotation", "T");
            LogWriter rotating = logs.factory.open(
                    "Log::WRITER_ASCII",
                    new LogSchema("conn", List.of(COUNT), options, new RotationPolicy(60, -1, "Mine::tell")),
                    0,
                    logs);
            LogWriter lasting = logs.open("dns", options, COUNT);
            assertTrue(Logs.within(5000, () -> exists(".shadow.conn.log") && exists("dns.log")));
            assertEquals(".log\nMine::tell\n", logs.text(".shadow.conn.log"));
            assertFalse(exists(".shadow.dns.log"));
            rotating.rotate(directory.resolve("old").toString(), 1, 2, true);
            rotating.close();
            lasting.close();
            assertFalse(exists(".shadow.conn.log"));
            assertTrue(exists("old.log"));
        }
    }
}
