package dev.tandem.logwriters;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriterFactory;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One log on the writer thread: a table of its own, created when it is not there. A table that was there is added to, also
 * when it is another run's. What fails is told once and ends this log only; later rows are counted as dropped.
 */
final class SqliteTable {
    private final LogSchema schema;
    private final SqliteOptions options;
    private final LogWriterFactory.Listener listener;
    private final LogWriterThread thread;
    private final Map<String, SqliteDatabase> databases;

    private @Nullable SqliteDatabase database;
    private @Nullable PreparedStatement insert;

    SqliteTable(
            LogSchema schema,
            SqliteOptions options,
            LogWriterFactory.Listener listener,
            LogWriterThread thread,
            Map<String, SqliteDatabase> databases) {
        this.schema = schema;
        this.options = options;
        this.listener = listener;
        this.thread = thread;
        this.databases = databases;
    }

    void open() {
        String name = schema.options().get("tablename");
        if (name == null) {
            listener.told(schema, "tablename configuration option not found. Defaulting to path " + schema.path());
            name = schema.path();
        }
        String file =
                Path.of(options.logdir()).resolve(schema.path() + ".sqlite").toString();
        try {
            SqliteDatabase opened = SqliteDatabase.open(file, options, databases);
            database = opened;
            opened.execute(create(name));
            opened.commit();
            insert = opened.prepare(insert(name));
        } catch (SQLException e) {
            fail(e);
        }
    }

    private String create(String table) {
        return schema.fields().stream()
                .map(f -> quoted(f.name()) + " " + type(f))
                .collect(Collectors.joining(", ", "CREATE TABLE IF NOT EXISTS " + quoted(table) + " (", ")"));
    }

    private String insert(String table) {
        return "INSERT INTO " + quoted(table)
                + schema.fields().stream().map(f -> quoted(f.name())).collect(Collectors.joining(", ", " (", ")"))
                + schema.fields().stream().map(f -> "?").collect(Collectors.joining(", ", " VALUES (", ")"));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String type(LogField field) {
        if (field.container() != LogField.Container.SINGLE) {
            return "text";
        }
        return switch (field.type()) {
            case BOOL -> "boolean";
            case INT, COUNT, PORT -> "integer";
            case TIME, INTERVAL, DOUBLE -> "double precision";
            case ADDR, SUBNET, ENUM, STRING, PATTERN, FILE, FUNC -> "text";
        };
    }

    /** Adds rows and commits them. */
    void write(List<@Nullable Object[]> rows) {
        PreparedStatement statement = insert;
        SqliteDatabase opened = database;
        if (statement == null || opened == null) {
            thread.rowsDropped.add(rows.size());
            return;
        }
        try {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
                statement.executeUpdate();
            }
            opened.commit();
            thread.rowsWritten.add(rows.size());
        } catch (SQLException e) {
            thread.rowsDropped.add(rows.size());
            fail(e);
        }
    }

    private void fail(SQLException e) {
        tell(e);
        listener.failed(schema, "terminating thread");
        close();
    }

    private void tell(SQLException e) {
        listener.failed(schema, "SQLite call failed: " + reason(String.valueOf(e.getMessage())));
    }

    /** SQLite's own words, which the driver puts in parentheses behind a code and its meaning. */
    private static String reason(String message) {
        int start = message.indexOf(" (");
        return message.startsWith("[SQLITE_") && start > 0 && message.endsWith(")")
                ? message.substring(start + 2, message.length() - 1)
                : message;
    }

    void close() {
        SqliteDatabase opened = database;
        database = null;
        insert = null;
        if (opened != null) {
            try {
                opened.release();
            } catch (SQLException e) {
                tell(e);
            }
        }
    }
}
