package dev.tandem.logwriters;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * An open database file, which the logs that write to it share: rows of all of them are one transaction until {@link
 * #commit}. Writer thread.
 */
final class SqliteDatabase {
    private final Connection connection;
    private final String file;
    private final Map<String, SqliteDatabase> all;
    private int users;

    private SqliteDatabase(String file, SqliteOptions options, Map<String, SqliteDatabase> all) throws SQLException {
        this.file = file;
        this.all = all;
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            if (!options.synchronous().isEmpty()) {
                statement.execute("PRAGMA synchronous=" + options.synchronous());
            }
            if (!options.journalMode().isEmpty()) {
                statement.execute("PRAGMA journal_mode=" + options.journalMode());
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Those that one factory has open, by file. */
    static Map<String, SqliteDatabase> none() {
        return new HashMap<>();
    }

    /** Opens a file, or shares it; each call needs a {@link #release}. */
    static SqliteDatabase open(String file, SqliteOptions options, Map<String, SqliteDatabase> all)
            throws SQLException {
        SqliteDatabase database = all.get(file);
        if (database == null) {
            database = new SqliteDatabase(file, options, all);
            all.put(file, database);
        }
        database.users++;
        return database;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes rows visible to others. */
    void commit() throws SQLException {
        connection.commit();
    }

    void release() throws SQLException {
        if (--users == 0) {
            all.remove(file);
            try {
                connection.commit();
            } finally {
                connection.close();
            }
        }
    }
}
