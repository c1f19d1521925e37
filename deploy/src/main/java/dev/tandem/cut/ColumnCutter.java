package dev.tandem.cut;

import dev.tandem.program.TimeFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints some columns of logs with headers. A header may come anywhere, as in several logs put together, and what follows
 * goes by it. Text passes as it is: lines are read and written as ISO 8859-1.
 */
final class ColumnCutter {
    /**
     * What to print.
     *
     * @param columns in the order to print; empty for all
     * @param excludes whether columns are those not to print
     * @param headers which header lines to print
     * @param minimal print the names of the columns instead of the header lines
     * @param times makes times readable; null leaves them
     * @param separator between columns; null takes the log's
     */
    record Choice(
            List<String> columns,
            boolean excludes,
            HeaderMode headers,
            boolean minimal,
            @Nullable TimeFormat times,
            @Nullable String separator) {
        Choice {
            columns = List.copyOf(columns);
        }
    }

    private final Choice choice;
    private final PrintStream out;
    private final List<String> header = new ArrayList<>();
    private String separator = "\t";
    private String setSeparator = ",";
    private String unset = "-";
    private int[] printed = {};
    private boolean[] isTime = {};
    private int headersSeen;
    private boolean hasFields;

    ColumnCutter(Choice choice, PrintStream out) {
        this.choice = choice;
        this.out = out;
    }

    /** Goes through one input. Returns false when it has rows but no header that names their columns. */
    boolean cut(BufferedReader log) throws IOException {
        header.clear();
        hasFields = false;
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.startsWith("#")) {
                header(line);
            } else if (hasFields) {
                row(line);
            } else {
                return false;
            }
        }
        return true;
    }

    private void header(String line) {
        if (line.startsWith("#separator ")) {
            separator = unescaped(line.substring("#separator ".length()));
            headersSeen++;
        }
        String[] words = split(line);
        String[] values = Arrays.copyOfRange(words, Math.min(1, words.length), words.length);
        switch (words[0]) {
            case "#set_separator" -> setSeparator = values.length == 0 ? setSeparator : values[0];
            case "#unset_field" -> unset = values.length == 0 ? unset : values[0];
            case "#fields" -> {
                hasFields = true;
                isTime = new boolean[values.length];
                choose(values);
            }
            case "#types" -> {
                for (int i = 0; i < Math.min(isTime.length, values.length); i++) {
                    isTime[i] = values[i].equals("time") || values[i].endsWith("[time]");
                }
            }
            default -> {
                // Nothing that changes how rows are read.
            }
        }
        print(line, words[0], values);
    }

    private void choose(String[] fields) {
        List<String> names = List.of(fields);
        if (choice.columns().isEmpty()) {
            printed = IntStream.range(0, fields.length).toArray();
        } else if (choice.excludes()) {
            printed = IntStream.range(0, fields.length)
                    .filter(i -> !choice.columns().contains(fields[i]))
                    .toArray();
        } else {
            printed = choice.columns().stream().mapToInt(names::indexOf).toArray();
        }
    }

    private void print(String line, String key, String[] values) {
        boolean isWanted =
                choice.headers() == HeaderMode.ALL || choice.headers() == HeaderMode.FIRST && headersSeen <= 1;
        boolean isOfColumns = key.equals("#fields") || key.equals("#types");
        if (!isWanted || choice.minimal() && !key.equals("#fields")) {
            return;
        }
        if (!isOfColumns) {
            out.print(line + "\n");
            return;
        }
        StringBuilder text = new StringBuilder(choice.minimal() ? "" : key);
        for (int column : printed) {
            String value = column >= 0 && column < values.length ? values[column] : "";
            boolean becomesText = choice.times() != null && key.equals("#types");
            text.append(text.isEmpty() ? "" : outSeparator())
                    .append(becomesText && value.equals("time") ? "string" : value);
        }
        out.print(text + "\n");
    }

    private String outSeparator() {
        return choice.separator() != null ? choice.separator() : separator;
    }

    private void row(String line) {
        String[] values = split(line);
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < printed.length; i++) {
            if (i > 0) {
                text.append(outSeparator());
            }
            int column = printed[i];
            if (column >= 0 && column < values.length) {
                text.append(shown(values[column], column));
            }
        }
        out.print(text.append('\n'));
    }

    private String shown(String value, int column) {
        TimeFormat times = choice.times();
        if (times == null || column >= isTime.length || !isTime[column] || value.equals(unset)) {
            return value;
        }
        if (!value.contains(setSeparator)) {
            return times.format(value);
        }
        List<String> all = new ArrayList<>();
        for (String one : value.split(java.util.regex.Pattern.quote(setSeparator))) {
            all.add(times.format(one));
        }
        return String.join(setSeparator, all);
    }

    /** At the separator, without the cost of a pattern: a row is split for every line. */
    private String[] split(String line) {
        List<String> values = new ArrayList<>();
        int from = 0;
        for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, from)) {
            values.add(line.substring(from, at));
            from = at + separator.length();
        }
        values.add(line.substring(from));
        return values.toArray(String[]::new);
    }

    /** {@code \x09} and the like. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i) && i + 4 <= text.length()) {
                try {
                    plain.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                    i += 3;
                    continue;
                } catch (NumberFormatException e) {
                    // Stays as it is.
                }
            }
            plain.append(text.charAt(i));
        }
        return plain.isEmpty() ? "\t" : plain.toString();
    }
}
