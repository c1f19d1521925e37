package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query of a SQLite database answers (zeek {@code src/input/readers/sqlite/SQLite.cc}). The source is the database's
 * file without {@code .sqlite}, the query is the option {@code query}.
 */
final class SqliteReader implements Reader {
    /** The reason was told already. */
    @SuppressWarnings("serial")
    private static final class Unusable extends Exception {}

    private final ReaderJob job;
    private final ReaderFeed feed;
    private final Path file;
    private final FieldText fields;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement statement;

    SqliteReader(ReaderJob job, ReaderFeed feed, ReaderOptions options, Path directory) {
        this.job = job;
        this.feed = feed;
        file = directory.resolve(job.source() + ".sqlite");
        fields = new FieldText(
                options.text("set_separator", ","),
                options.text("empty_field", "(empty)"),
                options.text("unset_field", "-"),
                feed::warning);
    }

    @Override
    public boolean open() {
        if (job.mode() != ReadMode.MANUAL) {
            feed.error("SQLite only supports manual reading mode.");
            return false;
        }
        String query = job.config().get("query");
        if (query == null) {
            feed.error("No query specified when setting up SQLite data source " + job.source() + ". Aborting.");
            return false;
        }
        try {
            if (!Files.exists(file)) {
                throw new SQLException("unable to open database file");
            }
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            String sql = new String(query.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            statement = connection.prepareStatement(sql);
        } catch (SQLException e) {
            failed(e);
            return false;
        }
        boolean unused = update();
        return true;
    }

    private void failed(SQLException e) {
        String message = String.valueOf(e.getMessage());
        // The driver puts a code before SQLite's own words, and in brackets around them.
        int open = message.indexOf('(');
        if (message.startsWith("[SQLITE_") && open > 0 && message.endsWith(")")) {
            message = message.substring(open + 1, message.length() - 1);
        }
        feed.error("SQLite call failed: " + message);
    }

    @Override
    public boolean update() {
        PreparedStatement query = statement;
        if (query == null) {
            return false;
        }
        try (ResultSet rows = query.executeQuery()) {
            int[] places = new int[job.columns().size()];
            int[] protocols = new int[places.length];
            find(rows.getMetaData(), places, protocols);
            while (rows.next()) {
                @Nullable Object[] values = new Object[places.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(rows, job.columns().get(i), places[i], protocols[i]);
                }
                feed.entry(values);
            }
        } catch (SQLException e) {
            failed(e);
            return false;
        } catch (Unusable e) {
            return false;
        }
        feed.end();
        return true;
    }

    /** Finds the columns by name; 0 where a port has no protocol column. */
    private void find(ResultSetMetaData answer, int[] places, int[] protocols) throws SQLException, Unusable {
        List<Column> columns = job.columns();
        for (int at = 1; at <= answer.getColumnCount(); at++) {
            String name = answer.getColumnLabel(at);
            for (int i = 0; i < places.length; i++) {
                boolean isTwice = false;
                if (columns.get(i).name().equals(name)) {
                    isTwice = places[i] != 0;
                    places[i] = at;
                }
                if (name.equals(columns.get(i).protocolColumn())) {
                    isTwice |= protocols[i] != 0;
                    protocols[i] = at;
                }
                if (isTwice) {
                    throw unusable("SQLite statement returns several columns with name " + name
                            + "! Cannot decide which to choose, aborting");
                }
            }
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] == 0) {
                throw unusable("Required field " + columns.get(i).name() + " not found after SQLite statement");
            }
        }
    }

    private Unusable unusable(String message) {
        feed.error(message);
        return new Unusable();
    }

    private @Nullable Object value(ResultSet rows, Column column, int at, int protocolAt)
            throws SQLException, Unusable {
        Object stored = rows.getObject(at);
        if (stored == null) {
            return null;
        }
        switch (column.type().tag()) {
            case STRING, ENUM -> {
                return stored instanceof byte[] blob ? Bytes.wrap(blob) : Bytes.of(rows.getString(at));
            }
            case BOOL -> {
                if (!(stored instanceof Number n)) {
                    throw unusable("Invalid data type for boolean - expected Integer");
                }
                if (n.longValue() != 0 && n.longValue() != 1) {
                    throw unusable("Invalid value for boolean: " + n.longValue());
                }
                return n.longValue() == 1;
            }
            case INT, COUNT -> {
                return rows.getLong(at);
            }
            case DOUBLE, TIME, INTERVAL -> {
                return rows.getDouble(at);
            }
            case PORT -> {
                return port(rows, at, protocolAt);
            }
            default -> {
                String text =
                        new String(rows.getString(at).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                Object value = fields.read(text, column.name(), column.type());
                if (value == null) {
                    throw unusable("Invalid value for " + column.name() + ": " + text);
                }
                return value == FieldText.UNSET ? null : value;
            }
        }
    }

    private Port port(ResultSet rows, int at, int protocolAt) throws SQLException, Unusable {
        int number = rows.getInt(at);
        if (number < 0 || number > 65535) {
            throw unusable("Invalid value for port: " + number);
        }
        Port.Proto proto = Port.Proto.UNKNOWN;
        if (protocolAt > 0) {
            String text = rows.getString(protocolAt);
            if (text == null) {
                throw unusable("Port protocol definition did not contain text");
            }
            proto = fields.protocolField(text);
        }
        return Port.of(number, proto);
    }

    @Override
    public void close() {
        Closing.quietly(statement, connection);
    }
}
