package dev.tandem.hostprotocol.live;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees of a host.
 *
 * @param isOnline whether it was heard of lately
 * @param lastSeen when it last made a good request, seconds since 1970; 0 when never
 * @param queries how many queries are on its schedule
 * @param lines how many lines of results it has logged in this run
 * @param lag seconds between the time of its newest line and its arrival; NaN when it has logged nothing in this run
 * @param hint why it may be that it gives no data, and what to do; null when nothing looks wrong
 */
public record HostReport(
        String hostId,
        String instance,
        boolean isOnline,
        double lastSeen,
        double enrolled,
        String peer,
        String version,
        Set<String> groups,
        List<String> addresses,
        int queries,
        long lines,
        double lag,
        @Nullable String hint) {
    /** What a host has logged in this run. Engine thread. */
    static final class Activity {
        private long lines;
        private double lag = Double.NaN;
        private String complaint = "";

        void logged(int count, double newest, double arrival) {
            lines += count;
            lag = newest > 0 ? arrival - newest : lag;
        }

        void complained(String message) {
            complaint = message;
        }

        long lines() {
            return lines;
        }

        double lag() {
            return lag;
        }
    }

    /** What its agent says when it loses events, by a piece of the message (osquery {@code events/}, {@code audit}). */
    private static final Map<String, String> LOSSES = Map.of(
            "dropped", "its agent drops events: audit is too busy, or events_max is too small",
            "overflow", "its agent's event queue overflows",
            "denylist", "its agent has put a query on its denylist: it was stopped for using too much memory or time",
            "blacklist", "its agent has put a query on its denylist: it was stopped for using too much memory or time");

    static @Nullable String hint(
            boolean isOnline, boolean isScheduled, int queries, Activity activity, boolean isRevoked) {
        if (isRevoked) {
            return "revoked: it may not enrol";
        }
        if (!isOnline) {
            return "not heard of: is the machine up, osqueryd running, and this port reachable from it?";
        }
        if (!isScheduled) {
            return "has enrolled but never asked for its schedule: its flags need --config_plugin=tls";
        }
        for (Map.Entry<String, String> loss : LOSSES.entrySet()) {
            if (activity.complaint.contains(loss.getKey())) {
                return loss.getValue() + " (" + activity.complaint + ")";
            }
        }
        if (queries == 0) {
            return "no query is meant for it: is it in the right group?";
        }
        if (activity.lines == 0) {
            return "runs its schedule but logs nothing: its flags need --logger_plugin=tls, event tables"
                    + " --disable_events=false; see its lines in osquery_status.log";
        }
        return activity.lag > 600 ? "its clock is behind, or its results waited long" : null;
    }
}
