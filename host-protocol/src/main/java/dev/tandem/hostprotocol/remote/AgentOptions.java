package dev.tandem.hostprotocol.remote;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * osquery's options as hosts are given them with their schedule. They go over what a host's flagfile says, but for those that
 * osquery reads from its command line alone.
 *
 * @param values numbers, booleans and texts by the option's name
 */
public record AgentOptions(SortedMap<String, Object> values) {
    private static final int MOST_LINES = 1024;

    /**
     * The usual ones.
     *
     * @param epoch a number that grows with each start of ours: state tables are told whole again, since what scripts knew of
     *     them is gone, and event tables go on
     * @param more what an administrator wants otherwise: text as in a flagfile
     */
    public static AgentOptions of(long epoch, Map<String, String> more) {
        SortedMap<String, Object> values = new TreeMap<>();
        values.put("schedule_epoch", epoch);
        values.put("schedule_splay_percent", 10L);
        values.put("logger_tls_period", 4L);
        values.put("logger_tls_compress", true);
        values.put("logger_tls_backoff_max", 60L);
        values.put("disable_distributed", false);
        values.put("distributed_plugin", "tls");
        values.put("distributed_interval", 10L);
        values.put("events_expiry", 3600L);
        values.put("events_max", 50_000L);
        more.forEach((name, text) -> values.put(name, value(text)));
        return new AgentOptions(values);
    }

    private static Object value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Lines that a host may log at once, unless they turn out to be too long. */
    int mostLines() {
        return values.get("logger_tls_max_lines") instanceof Long lines && lines > 0
                ? (int) Math.min(lines, Integer.MAX_VALUE)
                : MOST_LINES;
    }

    /** Seconds between a host's questions for distributed queries. */
    public long distributedInterval() {
        return values.get("distributed_interval") instanceof Long seconds && seconds > 0 ? seconds : 60;
    }
}
