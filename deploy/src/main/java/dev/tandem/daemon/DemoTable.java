package dev.tandem.daemon;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributed connections of a {@code conn.log} for reading: 120 columns, in order of time. Connections that differ in
 * the originator's port only are one line, which says how many they are.
 */
final class DemoTable {
    private static final int WIDTH = 120;
    private static final int MOST_LINES = 40;
    private static final int LEAST_CUT = 12;
    private static final String[] HEAD = {
        "TIME (UTC)", "N", "PROTO", "ORIGINATOR", "WHO", "RESPONDER", "WHO", "SERVICE", "BYTES", "STATE"
    };
    private static final boolean[] RIGHT = {false, true, false, false, false, false, false, false, true, false};

    /** Columns that give way when a line is too long. */
    private static final int[] CUT = {4, 6};

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private static final class Group {
        final TsvLog.Row first;
        final AttributedEnd originator;
        final AttributedEnd responder;
        int count;
        long bytes;

        Group(TsvLog.Row first, AttributedEnd originator, AttributedEnd responder) {
            this.first = first;
            this.originator = originator;
            this.responder = responder;
        }
    }

    private final List<Group> groups;
    private final int connections;
    private int attributed;
    private int originators;
    private int responders;

    DemoTable(List<TsvLog.Row> rows) {
        List<TsvLog.Row> byTime = new ArrayList<>(rows);
        byTime.sort(Comparator.comparing(row -> time(row)));
        connections = rows.size();
        Map<List<String>, Group> found = new LinkedHashMap<>();
        for (TsvLog.Row row : byTime) {
            AttributedEnd originator = AttributedEnd.of(row, "orig");
            AttributedEnd responder = AttributedEnd.of(row, "resp");
            originators += originator.isKnown() ? 1 : 0;
            responders += responder.isKnown() ? 1 : 0;
            if (originator.isKnown() || responder.isKnown()) {
                attributed++;
                Group group = found.computeIfAbsent(
                        key(row, originator, responder), k -> new Group(row, originator, responder));
                group.count++;
                group.bytes += number(row.first("orig_bytes")) + number(row.first("resp_bytes"));
            }
        }
        groups = List.copyOf(found.values());
    }

    private static List<String> key(TsvLog.Row row, AttributedEnd originator, AttributedEnd responder) {
        return List.of(
                row.first("proto"),
                row.first("id.orig_h"),
                originator.toString(),
                row.first("id.resp_h"),
                row.first("id.resp_p"),
                responder.toString(),
                row.first("service"),
                row.first("conn_state"));
    }

    private static BigDecimal time(TsvLog.Row row) {
        try {
            return new BigDecimal(row.first("ts"));
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    private static long number(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    void print(PrintStream out) {
        List<String[]> lines = new ArrayList<>();
        lines.add(HEAD);
        for (Group group : groups.subList(0, Math.min(groups.size(), MOST_LINES))) {
            lines.add(cells(group));
        }
        int[] widths = widths(lines);
        for (String[] line : lines) {
            out.println(text(line, widths));
        }
        if (groups.size() > MOST_LINES) {
            out.println("... and " + (groups.size() - MOST_LINES) + " more lines");
        }
        out.println();
        out.println(connections + " connections, " + attributed + " of them attributed: " + originators
                + " originator ends, " + responders + " responder ends");
    }

    private static String[] cells(Group group) {
        TsvLog.Row row = group.first;
        String port = group.count == 1 ? row.first("id.orig_p") : "*";
        long millis = time(row).movePointRight(3).longValue();
        return new String[] {
            TIME.format(Instant.ofEpochMilli(millis)),
            Integer.toString(group.count),
            row.first("proto"),
            end(row.first("id.orig_h"), port),
            group.originator.toString(),
            end(row.first("id.resp_h"), row.first("id.resp_p")),
            group.responder.toString(),
            row.first("service"),
            Long.toString(group.bytes),
            row.first("conn_state")
        };
    }

    private static String end(String address, String port) {
        return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
    }

    /** As wide as the widest cell; beyond 120 in all, the names of who it was are cut, the longer ones first. */
    private static int[] widths(List<String[]> lines) {
        int[] widths = new int[HEAD.length];
        int total = HEAD.length - 1;
        for (int column = 0; column < widths.length; column++) {
            for (String[] line : lines) {
                widths[column] = Math.max(widths[column], line[column].length());
            }
            total += widths[column];
        }
        for (; total > WIDTH; total--) {
            int widest = widths[CUT[0]] >= widths[CUT[1]] ? CUT[0] : CUT[1];
            if (widths[widest] <= LEAST_CUT) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String text(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder(WIDTH);
        for (int column = 0; column < cells.length; column++) {
            String cell = cells[column];
            if (cell.length() > widths[column]) {
                cell = cell.substring(0, widths[column] - 1) + "~";
            }
            String pad = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : " ");
            line.append(RIGHT[column] ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing();
    }
}
