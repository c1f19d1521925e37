package dev.tandem.hostprotocol.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An osquery table: its name and columns. Names are lower case. */
public final class TableSchema {
    /** What a column's text means to SQL. */
    public enum Type {
        INTEGER,
        REAL,
        TEXT
    }

    /** @param hidden left out of {@code SELECT *} */
    public record Column(String name, Type type, boolean hidden) {}

    private final String name;
    private final List<Column> columns;
    private final Map<String, Integer> positions;

    public TableSchema(String name, List<Column> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.positions = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
        }
    }

    public String name() {
        return name;
    }

    public List<Column> columns() {
        return columns;
    }

    /** Position of a column by its lower-case name, -1 when there is none. */
    public int position(String column) {
        return positions.getOrDefault(column, -1);
    }

    /** Whether rows are things that happened, each told once, and not a state. */
    public boolean events() {
        return isEvents(name);
    }

    public boolean hasHiddenColumns() {
        return columns.stream().anyMatch(Column::hidden);
    }

    /** osquery's event tables are named so; {@code osquery_events} is a table about them. */
    public static boolean isEvents(String table) {
        return (table.endsWith("_events") || table.endsWith("_events_v2")) && !table.equals("osquery_events");
    }

    /** The statement that makes the table in SQLite; hidden columns are plain ones there. */
    public String createStatement() {
        StringBuilder sql =
                new StringBuilder("CREATE TABLE ").append(quoted(name)).append('(');
        for (Column column : columns) {
            sql.append(quoted(column.name())).append(' ').append(column.type()).append(',');
        }
        sql.setCharAt(sql.length() - 1, ')');
        return sql.toString();
    }

    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
