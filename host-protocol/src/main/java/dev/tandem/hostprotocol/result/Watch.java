package dev.tandem.hostprotocol.result;

import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.value.Bytes;
import dev.tandem.hostprotocol.query.QueryPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subscription on one host, with the result it had last. Results are compared as osquery compares those of scheduled
 * queries: by how often each row occurs, rows that went told before rows that came ({@code osquery/core/query.cpp}).
 */
final class Watch {
    /** Takes a row that is to be delivered. */
    interface Delivery {
        void row(UpdateType update, List<String> columns, List<@Nullable Bytes> values);
    }

    private final HostQuery query;
    private final QueryPlan plan;
    private TableDatabase.@Nullable Result last;
    private double delivered = Double.NEGATIVE_INFINITY;
    private boolean stale;
    private boolean broken;

    Watch(HostQuery query, QueryPlan plan) {
        this.query = query;
        this.plan = plan;
    }

    HostQuery query() {
        return query;
    }

    QueryPlan plan() {
        return plan;
    }

    boolean wantsSnapshots() {
        return query.updates() == UpdateType.SNAPSHOT;
    }

    /** Marks the result as one that may have changed. */
    void touch() {
        stale = true;
    }

    /** Whether a whole result is to be delivered now: it may have changed, and the interval is over. */
    boolean isDue(double now) {
        return stale && now - delivered >= query.intervalSeconds();
    }

    boolean isStale() {
        return stale;
    }

    /** Never to be run again. */
    void setBroken() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /** Delivers a whole result. */
    void snapshot(TableDatabase.Result result, double now, Delivery delivery) {
        delivered = now;
        stale = false;
        result.rows().forEach(row -> delivery.row(UpdateType.SNAPSHOT, result.columns(), row));
    }

    /** Delivers what an event row gave; none of it ever goes again. */
    void event(TableDatabase.Result result, Delivery delivery) {
        if (query.updates() != UpdateType.REMOVE) {
            UpdateType update = wantsSnapshots() ? UpdateType.SNAPSHOT : UpdateType.ADD;
            result.rows().forEach(row -> delivery.row(update, result.columns(), row));
        }
    }

    /** Whether its first result has been delivered. */
    boolean hasStarted() {
        return last != null;
    }

    /** Delivers the difference between the last result and this one, and keeps this one. */
    void next(TableDatabase.Result result, Delivery delivery) {
        TableDatabase.Result before = last;
        // A query that takes its table row by row is told what changed and needs no memory.
        last = plan.rowByRow() ? new TableDatabase.Result(result.columns(), List.of()) : result;
        difference(before, result, delivery);
    }

    /**
     * Delivers the difference of two results, or of two parts of results whose other parts are equal.
     *
     * @param earlier null stands for no rows, as does a null {@code later}
     */
    void difference(TableDatabase.@Nullable Result earlier, TableDatabase.@Nullable Result later, Delivery delivery) {
        List<List<@Nullable Bytes>> before = earlier == null ? List.of() : earlier.rows();
        List<List<@Nullable Bytes>> after = later == null ? List.of() : later.rows();
        List<String> columns = later != null ? later.columns() : earlier != null ? earlier.columns() : List.of();
        Map<List<@Nullable Bytes>, int[]> gone = new HashMap<>();
        before.forEach(row -> gone.computeIfAbsent(row, r -> new int[1])[0]++);
        List<List<@Nullable Bytes>> added = new ArrayList<>();
        for (List<@Nullable Bytes> row : after) {
            if (!takeOne(gone, row)) {
                added.add(row);
            }
        }
        if (query.updates() != UpdateType.ADD) {
            for (List<@Nullable Bytes> row : before) {
                if (takeOne(gone, row)) {
                    delivery.row(UpdateType.REMOVE, columns, row);
                }
            }
        }
        if (query.updates() != UpdateType.REMOVE) {
            added.forEach(row -> delivery.row(UpdateType.ADD, columns, row));
        }
    }

    private static boolean takeOne(Map<List<@Nullable Bytes>, int[]> counts, List<@Nullable Bytes> row) {
        int[] count = counts.get(row);
        if (count == null || count[0] == 0) {
            return false;
        }
        count[0]--;
        return true;
    }
}
