package dev.tandem.logwriters;

import static dev.tandem.logwriters.Logs.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogType;
import dev.tandem.core.log.LogWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFilesTest {
    private static final Map<String, String> PLAIN = Map.of("include_meta", "F");
    private static final LogField COUNT = field("c", LogType.COUNT);
    private static final LogField TEXT = field("s", LogType.STRING);

    @TempDir
    Path directory;

    private static LogWriter open(QueuedLogWriterFactory factory, Logs listener, LogField... fields) {
        return factory.open("Log::WRITER_ASCII", new LogSchema("conn", List.of(fields), PLAIN), 0, listener);
    }

    private String rotated(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void enginesThatEndTogetherRotateTheirFileOnce() {
        try (Logs logs = new Logs(directory)) {
            QueuedLogWriterFactory other = logs.factory.ofEngine("worker-1-1");
            LogWriter a = open(logs.factory, logs, COUNT);
            LogWriter b = open(other, logs, COUNT);
            Logs.write(a, r -> r.count(1));
            Logs.write(b, r -> r.count(2));
            a.rotate(rotated("old"), 1, 2, true);
            b.rotate(rotated("old"), 1, 2, true);
            a.close();
            b.close();
            other.close();
            assertEquals("1\n2\n", logs.text("old.log"));
            assertFalse(Files.exists(directory.resolve("conn.log")));
            assertEquals(List.of("conn " + rotated("old.log") + " 1.0 2.0 true"), logs.rotations);
        }
    }

    @Test
    void theFirstOfAnIntervalRotatesForAll() {
        try (Logs logs = new Logs(directory)) {
            QueuedLogWriterFactory other = logs.factory.ofEngine("worker-1-1");
            LogWriter a = open(logs.factory, logs, COUNT);
            LogWriter b = open(other, logs, COUNT);
            Logs.write(a, r -> r.count(1));
            a.rotate(rotated("old"), 1, 2, false);
            Logs.write(a, r -> r.count(2));
            b.rotate(rotated("old"), 1, 2, false);
            Logs.write(b, r -> r.count(3));
            a.close();
            b.close();
            other.close();
            assertEquals("1\n", logs.text("old.log"));
            assertEquals("2\n3\n", logs.text("conn.log"));
        }
    }

    @Test
    void otherColumnsAreAFileApartAndStayOneWhenRotated() {
        try (Logs logs = new Logs(directory)) {
            QueuedLogWriterFactory other = logs.factory.ofEngine("worker-1-1");
            LogWriter a = open(logs.factory, logs, COUNT);
            LogWriter b = open(other, logs, TEXT);
            assertEquals(
                    List.of("conn: other columns than in another shard; rows of this one go to conn.worker-1-1"),
                    logs.failures);
            Logs.write(a, r -> r.count(1));
            Logs.write(b, r -> r.count(2));
            a.rotate(rotated("old"), 1, 2, true);
            b.rotate(rotated("old"), 1, 2, true);
            a.close();
            b.close();
            other.close();
            assertEquals("1\n", logs.text("old.log"));
            assertEquals("2\n", logs.text("old-2.log"));
        }
    }
}
