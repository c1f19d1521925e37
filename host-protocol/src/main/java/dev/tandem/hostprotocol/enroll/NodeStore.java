package dev.tandem.hostprotocol.enroll;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.sqlite.SQLiteConfig;

/** The nodes on disk: an SQLite database. Its journal is not synced at each commit: a host whose enrolment a power cut takes enrols again. One thread. */
final class NodeStore implements AutoCloseable {
    private static final String SCHEMA =
            "CREATE TABLE IF NOT EXISTS node (id INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT NOT NULL, instance TEXT"
                    + " NOT NULL, key_hash TEXT NOT NULL, details TEXT NOT NULL, enrolled REAL NOT NULL, last_seen REAL"
                    + " NOT NULL, addresses TEXT NOT NULL, groups TEXT NOT NULL, UNIQUE (host, instance))";
    private static final String REVOKED =
            "CREATE TABLE IF NOT EXISTS revoked (host TEXT PRIMARY KEY, time REAL NOT NULL)";

    /** Of hosts that an older version enrolled nothing is known: they pass for those that have asked. */
    private static final String ADD_SCHEDULED = "ALTER TABLE node ADD COLUMN scheduled INTEGER NOT NULL DEFAULT 1";

    private final Connection connection;

    NodeStore(Path file) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(5000);
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SCHEMA);
                statement.execute(REVOKED);
                if (!hasScheduled(statement)) {
                    statement.execute(ADD_SCHEDULED);
                }
            }
        } catch (SQLException e) {
            throw new IOException(file + ": cannot be used as the database of hosts: " + e.getMessage(), e);
        }
    }

    private static boolean hasScheduled(Statement statement) throws SQLException {
        try (ResultSet column =
                statement.executeQuery("SELECT 1 FROM pragma_table_info('node') WHERE name = 'scheduled'")) {
            return column.next();
        }
    }

    /** @param each told every node with the hash of its key */
    void load(BiConsumer<Node, String> each) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM node")) {
            while (row.next()) {
                Node node = new Node(
                        row.getLong("id"),
                        row.getString("host"),
                        row.getString("instance"),
                        map(row.getString("details")),
                        row.getDouble("enrolled"),
                        row.getDouble("last_seen"),
                        row.getBoolean("scheduled"),
                        set(row.getString("addresses")),
                        set(row.getString("groups")));
                each.accept(node, row.getString("key_hash"));
            }
        }
    }

    Set<String> revoked() throws SQLException {
        Set<String> hosts = new LinkedHashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT host FROM revoked")) {
            while (row.next()) {
                hosts.add(row.getString(1));
            }
        }
        return hosts;
    }

    long insert(String host, String instance, String keyHash, Map<String, String> details, double time)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO node (host, instance, key_hash, details, enrolled, last_seen, addresses, groups, scheduled)"
                        + " VALUES (?, ?, ?, ?, ?, ?, '', '', 0) RETURNING id")) {
            statement.setString(1, host);
            statement.setString(2, instance);
            statement.setString(3, keyHash);
            statement.setString(4, text(details));
            statement.setDouble(5, time);
            statement.setDouble(6, time);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    void enrolledAgain(long id, String keyHash, Map<String, String> details, double time) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE node SET key_hash = ?, details = ?, enrolled = ?, last_seen = ?, scheduled = 0 WHERE id = ?")) {
            statement.setString(1, keyHash);
            statement.setString(2, text(details));
            statement.setDouble(3, time);
            statement.setDouble(4, time);
            statement.setLong(5, id);
            statement.executeUpdate();
        }
    }

    /** Stores what has changed of nodes since they enrolled. */
    void update(Collection<Node> nodes) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE node SET last_seen = ?, addresses = ?, groups = ?, scheduled = ? WHERE id = ?")) {
            for (Node node : nodes) {
                statement.setDouble(1, node.lastSeen());
                statement.setString(2, String.join("\n", node.interfaceAddresses()));
                statement.setString(3, String.join("\n", node.groups()));
                statement.setBoolean(4, node.scheduled());
                statement.setLong(5, node.id());
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    void revoke(String host, double time) throws SQLException {
        try (PreparedStatement insert =
                        connection.prepareStatement("INSERT OR REPLACE INTO revoked (host, time) VALUES (?, ?)");
                PreparedStatement forget =
                        connection.prepareStatement("UPDATE node SET key_hash = '' WHERE host = ?")) {
            insert.setString(1, host);
            insert.setDouble(2, time);
            insert.executeUpdate();
            forget.setString(1, host);
            forget.executeUpdate();
        }
    }

    void permit(String host) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM revoked WHERE host = ?")) {
            statement.setString(1, host);
            statement.executeUpdate();
        }
    }

    // A line each, with keys and values parted by TAB: neither can be in them once they are cleaned.

    private static String text(Map<String, String> details) {
        StringBuilder text = new StringBuilder();
        details.forEach((key, value) ->
                text.append(clean(key)).append('\t').append(clean(value)).append('\n'));
        return text.toString();
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static Map<String, String> map(String text) {
        Map<String, String> details = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                details.put(line.substring(0, tab), line.substring(tab + 1));
            }
        });
        return details;
    }

    private static Set<String> set(String text) {
        return text.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(text.split("\n")));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
