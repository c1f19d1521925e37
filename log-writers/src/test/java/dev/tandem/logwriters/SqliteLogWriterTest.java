package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogType;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLogWriterTest {
    private static final LogField TEXT = Logs.field("s", LogType.STRING);

    @TempDir
    Path directory;

    private Logs logs;

    @BeforeEach
    void start() {
        logs = new Logs(directory);
        logs.factory.setSqliteOptions(options("journal_mode", "LogSQLite::SQLITE_JOURNAL_MODE_DEFAULT"));
    }

    private SqliteOptions options(String name, String value) {
        return SqliteOptions.of(Map.of("logdir", directory.toString(), name, value));
    }

    private LogWriter open(String path, Map<String, String> config, LogField... fields) {
        return logs.factory.open("Log::WRITER_SQLITE", new LogSchema(path, List.of(fields), config), 0, logs);
    }

    private List<String> query(String path, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(path + ".sqlite"));
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                StringJoiner row = new StringJoiner("|");
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(r.getObject(i)));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    @Test
    void everyTypeHasItsColumn() throws SQLException {
        LogWriter writer = open(
                "all",
                Map.of("tablename", "it's \"mine\""),
                Logs.field("b", LogType.BOOL),
                Logs.field("id.orig_h", LogType.ADDR),
                Logs.field("id.orig_p", LogType.PORT),
                Logs.field("t", LogType.TIME),
                TEXT,
                Logs.field("none", LogType.COUNT),
                Logs.set("set", LogType.STRING),
                Logs.vector("v", LogType.DOUBLE),
                Logs.vector("empty", LogType.DOUBLE));
        Logs.write(writer, r -> {
            r.bool(true);
            r.addr(Objects.requireNonNull(Addr.parse("1.2.3.4")));
            r.port(Port.of(80, Port.Proto.TCP));
            r.time(1.5);
            r.string(Bytes.of("a'b"));
            r.unset();
            r.beginContainer(3);
            r.string(Bytes.of("x,y"));
            r.string(Bytes.EMPTY);
            r.string(Bytes.of("z"));
            r.endContainer();
            r.beginContainer(2);
            r.number(2);
            r.unset();
            r.endContainer();
            r.beginContainer(0);
            r.endContainer();
        });
        writer.close();
        assertEquals(
                List.of("1|1.2.3.4|80|1.5|a'b|null|x\\x2cy,(empty),z|2.0,-|(empty)"),
                query("all", "SELECT * FROM \"it's \"\"mine\"\"\""));
        assertEquals(List.of(), logs.failures);
    }

    @Test
    void twoLogsMayShareAFile() throws SQLException {
        LogWriter a = open("both", Map.of("tablename", "a"), TEXT);
        LogWriter b = open("both", Map.of("tablename", "b"), TEXT);
        Logs.write(a, r -> r.string(Bytes.of("1")), r -> r.string(Bytes.of("2")));
        Logs.write(b, r -> r.string(Bytes.of("3")));
        a.close();
        Logs.write(b, r -> r.string(Bytes.of("4")));
        b.close();
        assertEquals(List.of("1", "2"), query("both", "SELECT s FROM a"));
        assertEquals(List.of("3", "4"), query("both", "SELECT s FROM b"));
        assertEquals(List.of(), logs.failures);
    }

    @Test
    void flushedRowsCanBeReadWhileTheLogIsOpen() throws SQLException {
        LogWriter writer = open("live", Map.of(), TEXT);
        Logs.write(writer, r -> r.string(Bytes.of("seen")));
        writer.flush();
        assertTrue(Logs.within(5000, () -> logs.factory.statistics().rowsWritten() == 1));
        assertEquals(List.of("seen"), query("live", "SELECT s FROM live"));
        writer.close();
    }

    @Test
    void aTableWithOtherColumnsIsToldOnce() throws SQLException {
        LogWriter before = open("odd", Map.of("tablename", "t"), Logs.field("other", LogType.INT));
        before.close();
        LogWriter after = open("odd", Map.of("tablename", "t"), TEXT);
        Logs.write(after, r -> r.string(Bytes.of("lost")));
        after.flush();
        Logs.write(after, r -> r.string(Bytes.of("lost")));
        after.close();
        assertEquals(
                List.of("odd: SQLite call failed: table t has no column named s", "odd: terminating thread"),
                logs.failures);
        assertEquals(2, logs.factory.statistics().rowsDropped());
    }

    @Test
    void rotationsAreAnsweredAndChangeNothing() throws SQLException {
        LogWriter writer = open("conn", Map.of("tablename", "conn"), TEXT);
        writer.rotate("old", 1, 2, false);
        Logs.write(writer, r -> r.string(Bytes.of("x")));
        writer.close();
        assertEquals(List.of("conn /dev/null 1.0 2.0 false"), logs.rotations);
        assertEquals(List.of("x"), query("conn", "SELECT s FROM conn"));
    }

    @Test
    void pragmasAreSet() throws SQLException {
        logs.factory.setSqliteOptions(options("journal_mode", "LogSQLite::SQLITE_JOURNAL_MODE_WAL"));
        open("wal", Map.of("tablename", "wal"), TEXT).close();
        assertEquals(List.of("wal"), query("wal", "PRAGMA journal_mode"));
    }
}
