package dev.tandem.control.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.control.node.Console;
import dev.tandem.control.socket.ControlException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the rows of hosts are printed. */
interface RowFormat {
    /** @param columns an object of the columns in their order */
    void add(String host, JsonNode columns);

    /** There are no more. */
    default void end() {}

    /** @throws ControlException when there is no such format */
    static RowFormat named(String name, Console console) throws ControlException {
        return switch (name) {
            case "table" -> new Table(console);
            case "csv" -> new Csv(console);
            case "json" ->
                (host, columns) -> {
                    ObjectNode row = JsonNodeFactory.instance.objectNode();
                    console.info(row.put("host", host).set("columns", columns).toString());
                };
            default -> throw new ControlException("--format takes table, csv or json, not " + name);
        };
    }

    private static List<String> headings(JsonNode columns) {
        List<String> names = new ArrayList<>(List.of("host"));
        columns.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> cells(String host, JsonNode columns) {
        List<String> cells = new ArrayList<>(List.of(host));
        columns.forEach(cell -> cells.add(cell.isNull() ? "" : cell.asText()));
        return cells;
    }

    /** As wide as the widest cell, so it is printed at the end. */
    final class Table implements RowFormat {
        private final Console console;
        private @Nullable TextTable table;

        Table(Console console) {
            this.console = console;
        }

        @Override
        public void add(String host, JsonNode columns) {
            TextTable known = table;
            if (known == null) {
                known = new TextTable(headings(columns));
                table = known;
            }
            known.add(cells(host, columns));
        }

        @Override
        public void end() {
            if (table != null) {
                console.info(table.text());
            }
        }
    }

    /** RFC 4180. */
    final class Csv implements RowFormat {
        private final Console console;
        private boolean begun;

        Csv(Console console) {
            this.console = console;
        }

        @Override
        public void add(String host, JsonNode columns) {
            if (!begun) {
                begun = true;
                console.info(line(headings(columns)));
            }
            console.info(line(cells(host, columns)));
        }

        private static String line(List<String> cells) {
            return cells.stream().map(Csv::quoted).collect(Collectors.joining(","));
        }

        private static String quoted(String cell) {
            boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            return isPlain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
        }
    }
}
