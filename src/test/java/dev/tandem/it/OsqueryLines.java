package dev.tandem.it;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lines as osquery logs them. */
final class OsqueryLines {
    private OsqueryLines() {}

    /** A differential line: columns are names and values by turns. */
    static String line(String query, String host, String action, long unixTime, long counter, String... columns) {
        ObjectNode line = SimulatedHost.JSON.createObjectNode();
        line.put("name", query)
                .put("hostIdentifier", host)
                .put("calendarTime", "Mon May  8 22:15:00 2023 UTC")
                .put("unixTime", unixTime)
                .put("epoch", 0)
                .put("counter", counter)
                .put("numerics", false);
        ObjectNode row = line.putObject("columns");
        for (int i = 0; i < columns.length; i += 2) {
            row.put(columns[i], columns[i + 1]);
        }
        return line.put("action", action).toString();
    }

    static String added(String query, String host, long unixTime, long counter, String... columns) {
        return line(query, host, "added", unixTime, counter, columns);
    }
}
