package dev.tandem.hostprotocol.query;

import dev.tandem.hostprotocol.query.TableSchema.Column;
import dev.tandem.hostprotocol.query.TableSchema.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables that queries can read: those osquery is known to have, and what recorded rows add to them. It grows while
 * rows are {@linkplain #observe shown} to it and is read afterwards.
 *
 * <p>A column counts as a whole number while all text seen in it is one as SQLite would print it, so that
 * {@code uid > 1000} compares numbers; one other value makes it text, so that nothing recorded comes out changed.
 * Empty text does not count: in a column of numbers it is how osquery writes NULL ({@code dynamic_table_row.cpp}).
 */
public final class TableCatalog {
    /** SQLite's own limit is 2000. */
    private static final int MOST_COLUMNS = 1000;

    private final KnownTables known;
    private final Map<String, Growing> recorded = new HashMap<>();
    private final Map<String, TableSchema> schemas = new HashMap<>();

    public TableCatalog(KnownTables known) {
        this.known = known;
    }

    /** The table of that lower-case name; null when there is none. */
    public @Nullable TableSchema find(String table) {
        Growing grown = recorded.get(table);
        return grown == null ? known.find(table) : schemas.computeIfAbsent(table, grown::schema);
    }

    /**
     * Takes a row's columns and values into account.
     *
     * @param table lower case
     * @param columns lower case
     * @return false, and nothing has changed, when the table would get too many columns
     */
    public boolean observe(String table, List<String> columns, List<@Nullable String> values) {
        Growing grown = recorded.computeIfAbsent(table, t -> new Growing(known.find(t)));
        if (columns.size() + grown.columns.size() > MOST_COLUMNS && grown.sizeWith(columns) > MOST_COLUMNS) {
            return false;
        }
        if (grown.observe(columns, values)) {
            schemas.remove(table);
        }
        return true;
    }

    /** Whether SQLite, made to see a number in this text, prints it as the same text again. */
    static boolean isWholeNumber(String text) {
        int length = text.length();
        int first = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        int digits = length - first;
        if (digits == 0 || digits > 18 || text.charAt(first) == '0' && length > 1) {
            return false;
        }
        for (int i = first; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** What has been seen of one column. */
    private enum Seen {
        NOTHING,
        NUMBERS,
        REALS,
        TEXT
    }

    /** Columns of one table, in order, with what is known of their types. */
    private static final class Growing {
        final LinkedHashMap<String, Seen> columns = new LinkedHashMap<>();
        final @Nullable TableSchema start;

        Growing(@Nullable TableSchema start) {
            this.start = start;
            if (start != null) {
                for (Column column : start.columns()) {
                    columns.put(
                            column.name(),
                            switch (column.type()) {
                                case INTEGER -> Seen.NUMBERS;
                                case REAL -> Seen.REALS;
                                case TEXT -> Seen.TEXT;
                            });
                }
            }
        }

        int sizeWith(List<String> more) {
            return columns.size()
                    + (int) more.stream().filter(c -> !columns.containsKey(c)).count();
        }

        boolean observe(List<String> names, List<@Nullable String> values) {
            boolean changed = false;
            for (int i = 0; i < names.size(); i++) {
                String value = values.get(i);
                Seen before = columns.get(names.get(i));
                Seen after = before == null ? Seen.NOTHING : before;
                if (value != null && !value.isEmpty() && (after == Seen.NOTHING || after == Seen.NUMBERS)) {
                    after = isWholeNumber(value) ? Seen.NUMBERS : Seen.TEXT;
                }
                if (after != before) {
                    columns.put(names.get(i), after);
                    changed = true;
                }
            }
            return changed;
        }

        TableSchema schema(String table) {
            List<Column> made = new ArrayList<>();
            columns.forEach((name, seen) -> {
                int at = start == null ? -1 : start.position(name);
                boolean hidden =
                        start != null && at >= 0 && start.columns().get(at).hidden();
                Type type = switch (seen) {
                    case NUMBERS -> Type.INTEGER;
                    case REALS -> Type.REAL;
                    case NOTHING, TEXT -> Type.TEXT;
                };
                made.add(new Column(name, type, hidden));
            });
            return new TableSchema(table, made);
        }
    }
}
