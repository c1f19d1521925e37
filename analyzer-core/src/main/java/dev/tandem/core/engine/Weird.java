package dev.tandem.core.engine;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * Reports oddities as the events net_weird, flow_weird and conn_weird, at a sampled rate once a name becomes frequent (zeek
 * {@code src/Reporter.cc}, {@code src/WeirdState.cc}). Engine thread only.
 */
public final class Weird {
    /** Of more pairs of addresses, or names, no account is kept: a flood must not take memory without bound. */
    private static final int MOST_FLOWS = 100_000;

    private static final int MOST_NAMES = 10_000;

    private record Flow(Addr source, Addr destination) {}

    private static final class Count {
        long value;
        double since;
    }

    /** The sampling state of one connection; made when it has its first weird. */
    public static final class Counts {
        private final Map<String, Count> byName = new HashMap<>(4);
    }

    private static final class FlowCounts {
        final double until;
        final Map<String, Count> byName = new HashMap<>(4);

        FlowCounts(double until) {
            this.until = until;
        }
    }

    private final EngineSettings settings;
    private final EventQueue queue;
    private final NetworkTime time;
    private final EngineMetrics metrics;
    private final EventType netWeird;
    private final EventType flowWeird;
    private final EventType connWeird;
    private final Map<String, Count> netCounts = new HashMap<>();
    private final Map<String, Count> totals = new LinkedHashMap<>();
    // In order of their first weird, so that the head expires first.
    private final Map<Flow, FlowCounts> flowCounts = new LinkedHashMap<>();

    public Weird(
            EngineSettings settings, EventRegistry events, EventQueue queue, NetworkTime time, EngineMetrics metrics) {
        this.settings = settings;
        this.queue = queue;
        this.time = time;
        this.metrics = metrics;
        netWeird = events.event("net_weird");
        flowWeird = events.event("flow_weird");
        connWeird = events.event("conn_weird");
    }

    /** An oddity that belongs to no flow. */
    public void net(String name, String detail, String source) {
        met(name);
        boolean permitted = settings.weirdSamplingWhitelist.contains(name) || permitNet(name);
        if (permitted && netWeird.wanted()) {
            queue.add(netWeird, Bytes.of(name), Bytes.of(detail), Bytes.of(source));
        }
    }

    /** An oddity between two addresses. */
    public void flow(Addr from, Addr to, String name, String detail, String source) {
        met(name);
        if (permit(name, () -> permitFlow(from, to, name)) && flowWeird.wanted()) {
            queue.add(flowWeird, Bytes.of(name), from, to, Bytes.of(detail), Bytes.of(source));
        }
    }

    /** An oddity of a connection. The record is asked for only when it is not sampled away. */
    public void connection(
            Counts counts, Supplier<ConnectionRecord> connection, String name, String detail, String source) {
        met(name);
        if (permit(name, () -> permitConnection(counts, name))) {
            // Brought up to date even if nobody hears of the weird: earlier events may wait with the same record.
            ConnectionRecord record = connection.get();
            if (connWeird.wanted()) {
                queue.add(connWeird, Bytes.of(name), record, Bytes.of(detail), Bytes.of(source));
            }
        }
    }

    private void met(String name) {
        metrics.weirdMet();
        Count total = totals.get(name);
        if (total == null) {
            if (totals.size() >= MOST_NAMES) {
                return;
            }
            total = new Count();
            totals.put(name, total);
        }
        total.value++;
    }

    /** Tells how often each name was met, those not reported because of sampling too; in order of their first time. */
    public void byName(ObjLongConsumer<String> action) {
        totals.forEach((name, total) -> action.accept(name, total.value));
    }

    private boolean permit(String name, Supplier<Boolean> own) {
        if (settings.weirdSamplingWhitelist.contains(name)) {
            return true;
        }
        return settings.weirdSamplingGlobalList.contains(name) ? permitNet(name) : own.get();
    }

    private boolean permitNet(String name) {
        Count count = netCounts.computeIfAbsent(name, n -> new Count());
        if (count.value > 0 && time.now() >= count.since + settings.weirdSamplingDuration) {
            count.value = 0;
        }
        if (count.value == 0) {
            count.since = time.now();
        }
        return sampled(++count.value);
    }

    private boolean permitFlow(Addr from, Addr to, String name) {
        Iterator<FlowCounts> oldest = flowCounts.values().iterator();
        while (oldest.hasNext() && (oldest.next().until <= time.now() || flowCounts.size() > MOST_FLOWS)) {
            oldest.remove();
        }
        FlowCounts counts = flowCounts.computeIfAbsent(
                new Flow(from, to), f -> new FlowCounts(time.now() + settings.weirdSamplingDuration));
        return sampled(++counts.byName.computeIfAbsent(name, n -> new Count()).value);
    }

    private boolean permitConnection(Counts counts, String name) {
        Count count = counts.byName.computeIfAbsent(name, n -> new Count());
        count.value++;
        if (count.value == settings.weirdSamplingThreshold + 1) {
            count.since = time.now();
        } else if (count.value > settings.weirdSamplingThreshold
                && time.now() > count.since + settings.weirdSamplingDuration) {
            count.value = 1;
        }
        return sampled(count.value);
    }

    private boolean sampled(long count) {
        long above = count - settings.weirdSamplingThreshold;
        return above <= 0 || settings.weirdSamplingRate > 0 && above % settings.weirdSamplingRate == 0;
    }
}
