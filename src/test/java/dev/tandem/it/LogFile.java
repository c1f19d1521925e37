package dev.tandem.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A log as it lies on the disk.
 *
 * @param lines all of them, without their ends
 */
record LogFile(List<String> lines) {
    static LogFile read(Path file) {
        try {
            return new LogFile(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rest of the header line that begins with {@code #} and the name. */
    String header(String name) {
        for (String line : lines) {
            if (line.startsWith("#" + name + "\t") || line.startsWith("#" + name + " ")) {
                return line.substring(name.length() + 2);
            }
        }
        throw new AssertionError("no #" + name);
    }

    /** Names of the columns. */
    List<String> fields() {
        return List.of(header("fields").split("\t"));
    }

    /** Each column as {@code name:type}. */
    List<String> columns() {
        String[] types = header("types").split("\t");
        List<String> columns = new ArrayList<>(fields());
        for (int i = 0; i < columns.size(); i++) {
            columns.set(i, columns.get(i) + ":" + types[i]);
        }
        return columns;
    }

    /** The lines that are rows. */
    List<String> rowLines() {
        return lines.stream().filter(line -> !line.startsWith("#")).toList();
    }

    /** The rows, by column. */
    List<Map<String, String>> rows() {
        List<String> names = fields();
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : rowLines()) {
            String[] values = line.split("\t", -1);
            if (values.length != names.size()) {
                throw new AssertionError(values.length + " values for " + names.size() + " columns: " + line);
            }
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < values.length; i++) {
                row.put(names.get(i), values[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** The values of some columns of each row, with blanks between. */
    List<String> select(String... columns) {
        List<String> selected = new ArrayList<>();
        for (Map<String, String> row : rows()) {
            List<String> values = new ArrayList<>();
            for (String column : columns) {
                values.add(row.get(column));
            }
            selected.add(String.join(" ", values));
        }
        return selected;
    }

    boolean isClosed() {
        return !lines.isEmpty() && lines.getLast().startsWith("#close\t");
    }
}
