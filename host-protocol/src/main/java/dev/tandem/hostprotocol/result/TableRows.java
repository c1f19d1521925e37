package dev.tandem.hostprotocol.result;

import dev.tandem.hostprotocol.query.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table in a database. A row goes by its content, as result lines tell it; where equal rows are,
 * it is one of them that goes. Finding it takes no search of the table.
 */
final class TableRows {
    private final TableSchema schema;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PreparedStatement deleteAll;
    private final Map<List<@Nullable String>, List<Long>> rowIds = new LinkedHashMap<>();
    private final IdentityHashMap<List<String>, int[]> positions = new IdentityHashMap<>();
    private final List<String> columnNames;
    private long nextRowId = 1;

    TableRows(TableSchema schema, Connection connection) throws SQLException {
        this.schema = schema;
        this.columnNames =
                schema.columns().stream().map(TableSchema.Column::name).toList();
        String name = TableSchema.quoted(schema.name());
        String id = schema.position("rowid") < 0 ? "rowid" : "_rowid_";
        StringBuilder sql = new StringBuilder("INSERT OR REPLACE INTO ")
                .append(name)
                .append('(')
                .append(id);
        schema.columns().forEach(c -> sql.append(',').append(TableSchema.quoted(c.name())));
        sql.append(") VALUES (?").append(",?".repeat(schema.columns().size())).append(')');
        this.insert = connection.prepareStatement(sql.toString());
        this.delete = connection.prepareStatement("DELETE FROM " + name + " WHERE " + id + "=?");
        this.deleteAll = connection.prepareStatement("DELETE FROM " + name);
    }

    void add(ResultRow row) throws SQLException {
        @Nullable String[] values = aligned(row);
        long rowId = nextRowId++;
        rowIds.computeIfAbsent(Arrays.asList(values), v -> new ArrayList<>(1)).add(rowId);
        insert(rowId, values);
    }

    /** @return false when there is no such row */
    boolean remove(ResultRow row) throws SQLException {
        List<@Nullable String> key = Arrays.asList(aligned(row));
        List<Long> ids = rowIds.get(key);
        if (ids == null) {
            return false;
        }
        delete.setLong(1, ids.removeLast());
        delete.executeUpdate();
        if (ids.isEmpty()) {
            rowIds.remove(key);
        }
        return true;
    }

    /** Every row that was {@linkplain #add added} and is there, with all of the table's columns. */
    List<ResultRow> all() {
        List<ResultRow> rows = new ArrayList<>();
        rowIds.forEach((values, ids) -> ids.forEach(i -> rows.add(new ResultRow(columnNames, values))));
        return rows;
    }

    /** Puts rows into an empty table for a moment: they cannot be removed one by one. {@link #clear} ends it. */
    void present(List<ResultRow> rows) throws SQLException {
        for (int i = 0; i < rows.size(); i++) {
            insert(i + 1L, aligned(rows.get(i)));
        }
    }

    void clear() throws SQLException {
        deleteAll.executeUpdate();
        rowIds.clear();
    }

    private void insert(long rowId, @Nullable String[] values) throws SQLException {
        insert.setLong(1, rowId);
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value == null) {
                insert.setNull(i + 2, Types.NULL);
            } else {
                insert.setString(i + 2, value);
            }
        }
        insert.executeUpdate();
    }

    /** A row's values in the order of the table's columns; empty text in a column of numbers is NULL, as osquery has it. */
    private @Nullable String[] aligned(ResultRow row) {
        int[] where = positions.get(row.columns());
        if (where == null) {
            where = row.columns().stream()
                    .mapToInt(c -> schema.position(Names.lower(c)))
                    .toArray();
            positions.put(row.columns(), where);
        }
        @Nullable String[] values = new @Nullable String[schema.columns().size()];
        for (int i = 0; i < where.length; i++) {
            String value = row.values().get(i);
            boolean text = schema.columns().get(where[i]).type() == TableSchema.Type.TEXT;
            values[where[i]] = value != null && value.isEmpty() && !text ? null : value;
        }
        return values;
    }
}
