package dev.tandem.script.log;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a stream that wait, oldest first. */
final class DelayedRows {
    private final Set<DelayedRow> queue = new LinkedHashSet<>();
    private final Map<Long, DelayedRow> byToken = new HashMap<>();

    /** Seconds a row waits at most. */
    double maxInterval;

    /** Rows that may wait at a time. */
    long maxSize;

    /** Set while the oldest are let go to make room. */
    boolean isEvicting;

    DelayedRows(double maxInterval, long maxSize) {
        this.maxInterval = maxInterval;
        this.maxSize = maxSize;
    }

    int size() {
        return queue.size();
    }

    @Nullable
    DelayedRow oldest() {
        return queue.isEmpty() ? null : queue.iterator().next();
    }

    @Nullable
    DelayedRow byToken(long token) {
        return byToken.get(token);
    }

    /** Makes the row known by its token; it does not wait yet. */
    void register(DelayedRow row) {
        byToken.put(row.token.number(), row);
    }

    void enqueue(DelayedRow row) {
        queue.add(row);
        row.isQueued = true;
    }

    void forget(DelayedRow row) {
        queue.remove(row);
        byToken.remove(row.token.number());
    }
}
