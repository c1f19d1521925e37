package dev.tandem.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A log in Zeek's tab-separated form, read back. Columns are found by the names in its header, so it does not matter which
 * others scripts have added.
 */
final class TsvLog {
    private static final String FIELDS = "#fields\t";

    /** One line. */
    record Row(Map<String, Integer> columns, String[] cells) {
        /** The text of the first of the named columns that is there and set; empty when none is. */
        String first(String... names) {
            for (String name : names) {
                Integer column = columns.get(name);
                if (column != null && column < cells.length) {
                    String cell = cells[column];
                    if (!cell.equals("-") && !cell.equals("(empty)")) {
                        return cell;
                    }
                }
            }
            return "";
        }
    }

    private TsvLog() {}

    /** @throws IOException when it cannot be read */
    static List<Row> read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> columns = new HashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.startsWith(FIELDS)) {
                String[] names = line.substring(FIELDS.length()).split("\t", -1);
                columns = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    columns.put(names[i], i);
                }
            } else if (!line.startsWith("#") && !line.isEmpty()) {
                rows.add(new Row(columns, line.split("\t", -1)));
            }
        }
        return rows;
    }
}
