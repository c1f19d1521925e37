package dev.tandem.hostprotocol.query;

import dev.tandem.hostprotocol.query.TableSchema.Column;
import dev.tandem.hostprotocol.query.TableSchema.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables that osquery has, as {@code osquery-tables.txt} lists them. Immutable. */
public final class KnownTables {
    private static final KnownTables SHIPPED = new KnownTables(read("osquery-tables.txt"));

    private final Map<String, TableSchema> byName;

    private KnownTables(Map<String, TableSchema> byName) {
        this.byName = byName;
    }

    public static KnownTables shipped() {
        return SHIPPED;
    }

    public @Nullable TableSchema find(String table) {
        return byName.get(table);
    }

    public Collection<TableSchema> all() {
        return byName.values();
    }

    /**
     * The table that a recorded query selected from. Its name decides when it ends in a table's name (
     * {@code pack_base_process_events}) and that table has the columns; else the first table that has all of them.
     *
     * @param query the query's name in the host's schedule, lower case
     * @param columns the columns of a row, lower case
     * @return null when no table fits: the query renames or computes columns
     */
    public @Nullable TableSchema selectedBy(String query, Collection<String> columns) {
        TableSchema named = byName.get(query);
        if (named != null) {
            return named;
        }
        for (int at = 0; at < query.length(); at++) {
            if (at > 0 && !Character.isLetterOrDigit(query.charAt(at - 1))) {
                named = byName.get(query.substring(at));
                if (named != null && has(named, columns)) {
                    return named;
                }
            }
        }
        for (TableSchema table : columns.isEmpty() ? List.<TableSchema>of() : byName.values()) {
            if (has(table, columns)) {
                return table;
            }
        }
        return null;
    }

    private static boolean has(TableSchema table, Collection<String> columns) {
        return columns.stream().allMatch(c -> table.position(c) >= 0);
    }

    private static Map<String, TableSchema> read(String resource) {
        Map<String, TableSchema> tables = new LinkedHashMap<>();
        try (InputStream in = KnownTables.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    TableSchema table = table(line.split(" "));
                    tables.put(table.name(), table);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
        return tables;
    }

    private static TableSchema table(String[] words) {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            boolean hidden = word.endsWith("*");
            String column = hidden ? word.substring(0, word.length() - 1) : word;
            Type type = column.endsWith(":i") ? Type.INTEGER : column.endsWith(":d") ? Type.REAL : Type.TEXT;
            String name = type == Type.TEXT ? column : column.substring(0, column.length() - 2);
            columns.add(new Column(name, type, hidden));
        }
        return new TableSchema(words[0], columns);
    }
}
