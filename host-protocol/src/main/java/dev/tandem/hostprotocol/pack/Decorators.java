package dev.tandem.hostprotocol.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Queries whose columns a host adds to each line of its results (osquery {@code config/parsers/decorators.cpp}).
 *
 * @param load run when the host gets its configuration
 * @param always run before each query
 * @param interval run every so many seconds
 */
public record Decorators(List<String> load, List<String> always, SortedMap<Long, List<String>> interval) {
    /** osquery takes no other intervals than multiples of this. */
    private static final long STEP_SECONDS = 60;

    public static final Decorators NONE = new Decorators(List.of(), List.of(), new TreeMap<>());

    public Decorators {
        load = List.copyOf(load);
        always = List.copyOf(always);
        interval = new TreeMap<>(interval);
    }

    public boolean isEmpty() {
        return load.isEmpty() && always.isEmpty() && interval.isEmpty();
    }

    /** Adds what is wrong, fit for the user. */
    void check(PackFile.SqlCheck sql, List<String> faults) {
        check("Hosts::decorators_load", load, sql, faults);
        check("Hosts::decorators_always", always, sql, faults);
        for (Map.Entry<Long, List<String>> each : interval.entrySet()) {
            String place = "Hosts::decorators_interval[" + each.getKey() + "sec]";
            if (each.getKey() <= 0 || each.getKey() % STEP_SECONDS != 0) {
                faults.add(place + ": osquery runs decorators every whole minute only: say 1min, 5min, 1hr, ...");
            }
            check(place, each.getValue(), sql, faults);
        }
    }

    private static void check(String place, List<String> queries, PackFile.SqlCheck sql, List<String> faults) {
        for (String query : new ArrayList<>(queries)) {
            String error = sql.error(query);
            if (error != null) {
                faults.add(place + ": \"" + query + "\": " + error + ": correct the query");
            }
        }
    }
}
