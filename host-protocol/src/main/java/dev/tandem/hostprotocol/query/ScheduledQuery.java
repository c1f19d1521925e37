package dev.tandem.hostprotocol.query;

import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.UpdateType;

/**
 * An entry of a host's schedule.
 *
 * @param name in the schedule and in every line it gives
 * @param query as subscribed, with the cookie that its rows bear
 */
public record ScheduledQuery(String name, HostQuery query) {
    /** osquery takes no longer interval: a week. */
    private static final long LONGEST_INTERVAL = 604_800;

    /** Whether each run gives its whole result. */
    public boolean snapshot() {
        return query.updates() == UpdateType.SNAPSHOT;
    }

    /** Whether rows that went are to be told. */
    public boolean removed() {
        return query.updates() == UpdateType.BOTH || query.updates() == UpdateType.REMOVE;
    }

    /** Seconds. */
    public long interval() {
        return Math.max(1, Math.min(LONGEST_INTERVAL, query.intervalSeconds()));
    }

    /** Whether the subscriber wants such a row. */
    public boolean wants(UpdateType update) {
        return switch (query.updates()) {
            case ADD -> update == UpdateType.ADD;
            case REMOVE -> update == UpdateType.REMOVE;
            case BOTH -> update != UpdateType.SNAPSHOT;
            case SNAPSHOT -> update == UpdateType.SNAPSHOT;
        };
    }
}
