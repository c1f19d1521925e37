package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.pack.Decorators;
import dev.tandem.hostprotocol.query.HostSchedule;
import dev.tandem.hostprotocol.query.ScheduledQuery;
import java.nio.charset.StandardCharsets;

/**
 * The configuration that a host is given. Its text depends on nothing but what it says: osquery compares it by a hash and
 * sets up its schedule anew when that differs (osquery {@code config/config.cpp}).
 */
public final class ConfigDocument {
    /** The entry by which we learn a host's addresses, and so its groups. */
    public static final String ADDRESSES = "tandem/addresses";

    private static final String ADDRESSES_SQL = "SELECT interface, address FROM interface_addresses";
    private static final int ADDRESSES_INTERVAL = 30;

    private ConfigDocument() {}

    /**
     * @param prefix of the paths that the host uses
     * @param mostLines how many lines it may log at once
     */
    static byte[] text(HostSchedule schedule, AgentConfig config, String prefix, int mostLines) {
        return schedule.text(prefix + " " + mostLines, () -> make(schedule, config, prefix, mostLines));
    }

    private static byte[] make(HostSchedule schedule, AgentConfig config, String prefix, int mostLines) {
        ObjectNode document = JsonBody.MAPPER.createObjectNode();
        ObjectNode given = document.putObject("options");
        config.options().values().forEach((name, value) -> put(given, name, value));
        given.put("logger_tls_max_lines", mostLines);
        given.put("distributed_tls_read_endpoint", prefix + "/distributed/read");
        given.put("distributed_tls_write_endpoint", prefix + "/distributed/write");
        ObjectNode entries = document.putObject("schedule");
        put(entries, ADDRESSES, ADDRESSES_SQL, ADDRESSES_INTERVAL);
        for (ScheduledQuery query : schedule.queries()) {
            ObjectNode entry = put(entries, query.name(), query.query().sql(), query.interval());
            if (query.snapshot()) {
                entry.put("snapshot", true);
            } else if (!query.removed()) {
                entry.put("removed", false);
            }
        }
        schedule.packs().writeTo(document);
        if (!config.decorators().isEmpty()) {
            decorators(document.putObject("decorators"), config.decorators());
        }
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode put(ObjectNode entries, String name, String sql, long interval) {
        return entries.putObject(name).put("query", sql).put("interval", interval);
    }

    private static void decorators(ObjectNode given, Decorators decorators) {
        decorators.load().forEach(given.putArray("load")::add);
        decorators.always().forEach(given.putArray("always")::add);
        ObjectNode interval = given.putObject("interval");
        decorators
                .interval()
                .forEach((seconds, queries) -> queries.forEach(interval.putArray(Long.toString(seconds))::add));
    }

    private static void put(ObjectNode options, String name, Object value) {
        switch (value) {
            case Long number -> options.put(name, number);
            case Boolean flag -> options.put(name, flag);
            default -> options.put(name, value.toString());
        }
    }
}
