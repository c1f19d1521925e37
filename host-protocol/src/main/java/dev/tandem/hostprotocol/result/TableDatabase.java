package dev.tandem.hostprotocol.result;

import dev.tandem.core.value.Bytes;
import dev.tandem.hostprotocol.query.QueryPlan;
import dev.tandem.hostprotocol.query.TableCatalog;
import dev.tandem.hostprotocol.query.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * osquery's tables as an SQLite database in memory: queries run on it as they would on a host, and mean the same. Tables
 * appear when a row or a query needs them. One thread.
 */
final class TableDatabase implements AutoCloseable {
    /** SQLite steps that one run of a query may take: seconds, where a query that is meant to end takes milliseconds. */
    private static final int MOST_STEPS = 100_000_000;

    private static final int STEPS_PER_CHECK = 1_000_000;

    /** @param rows values in column order, null for NULL */
    record Result(List<String> columns, List<List<@Nullable Bytes>> rows) {}

    /** A query that is run again and again. */
    private record Prepared(PreparedStatement statement, List<String> columns) {}

    private final TableCatalog catalog;
    private final Connection connection;
    private final Map<String, TableRows> tables = new HashMap<>();
    private final Map<String, Prepared> prepared = new HashMap<>();
    private int checksLeft;

    /** @throws IllegalStateException when SQLite does not start */
    TableDatabase(TableCatalog catalog) {
        this.catalog = catalog;
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.OFF);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setPageSize(1024);
        try {
            this.connection = config.createConnection("jdbc:sqlite::memory:");
            ProgressHandler.setHandler(connection, STEPS_PER_CHECK, new ProgressHandler() {
                @Override
                protected int progress() {
                    return --checksLeft < 0 ? 1 : 0;
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite does not start: " + e.getMessage(), e);
        }
    }

    /** The rows of a table that the catalog has. */
    TableRows table(String name) throws SQLException {
        TableRows rows = tables.get(name);
        if (rows == null) {
            TableSchema schema = catalog.find(name);
            if (schema == null) {
                throw new SQLException("no such table: " + name);
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(schema.createStatement());
            }
            rows = new TableRows(schema, connection);
            tables.put(name, rows);
        }
        return rows;
    }

    /** Runs a query that will come again. */
    Result run(QueryPlan plan) throws SQLException {
        Prepared query = prepared.get(plan.sql());
        if (query == null) {
            query = prepare(plan);
            prepared.put(plan.sql(), query);
        }
        return run(query);
    }

    /** Runs a query that will not. */
    Result runOnce(QueryPlan plan) throws SQLException {
        Prepared query = prepare(plan);
        try (PreparedStatement statement = query.statement()) {
            return run(new Prepared(statement, query.columns()));
        }
    }

    /** Lets go of what {@link #run} keeps for a query. */
    void forget(QueryPlan plan) {
        Prepared query = prepared.remove(plan.sql());
        if (query != null) {
            try {
                query.statement().close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Whether a query was stopped because it would not end. */
    static boolean tookTooLong(SQLException e) {
        return e.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code;
    }

    private Prepared prepare(QueryPlan plan) throws SQLException {
        for (String mentioned : plan.mentions()) {
            table(mentioned);
        }
        PreparedStatement statement = connection.prepareStatement(plan.sql());
        ResultSetMetaData meta = statement.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnName(i));
        }
        return new Prepared(statement, List.copyOf(names));
    }

    private Result run(Prepared query) throws SQLException {
        checksLeft = MOST_STEPS / STEPS_PER_CHECK;
        int width = query.columns().size();
        List<List<@Nullable Bytes>> rows = new ArrayList<>();
        try (ResultSet result = query.statement().executeQuery()) {
            while (result.next()) {
                @Nullable Bytes[] values = new @Nullable Bytes[width];
                for (int i = 0; i < width; i++) {
                    byte[] text = result.getBytes(i + 1);
                    values[i] = text == null ? null : Bytes.wrap(text);
                }
                rows.add(Collections.unmodifiableList(Arrays.asList(values)));
            }
        } finally {
            checksLeft = Integer.MAX_VALUE;
        }
        return new Result(query.columns(), rows);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
