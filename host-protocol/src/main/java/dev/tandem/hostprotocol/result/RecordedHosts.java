package dev.tandem.hostprotocol.result;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.value.Subnet;
import dev.tandem.hostprotocol.query.HostGroups;
import dev.tandem.hostprotocol.query.QueryPlanner;
import dev.tandem.hostprotocol.query.Subscriptions;
import dev.tandem.hostprotocol.query.TableCatalog;
import dev.tandem.hostprotocol.query.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that answer out of a file of result lines, at the times those arrived. They stand in for live hosts in replay.
 *
 * <p>What a host's lines tell is kept as the host's tables; the subscribed SQL runs on those, so it does not matter which
 * queries were recorded as long as they held the columns:
 *
 * <ul>
 *   <li>A row of an event table is put before every query that reads that table, alone, and what they make of it comes
 *       as ADD (to a SNAPSHOT subscriber as SNAPSHOT). The other tables of such a query are as they are at that time.
 *   <li>When another table has changed, the queries that read it run again, and the difference to their last result
 *       comes as REMOVE and ADD. A query's interval does not matter here: what was recorded sets the pace.
 *   <li>A SNAPSHOT subscription is given its whole result when a table it reads has changed, but not before its interval
 *       is over; then at the host's next line, or at the end.
 *   <li>A query asked once is answered out of the tables of that time; event tables are empty to it.
 * </ul>
 *
 * <p>A host is there from its first line on, and stays. All calls on the engine thread.
 */
public final class RecordedHosts implements HostQueries {
    /** Seconds after a host's first line within which the first runs of its queries are taken to come. */
    private static final double FIRST_RUNS = 10;

    private final TableCatalog catalog;
    private final int accepted;
    private final int refused;
    private final Deque<Batch> coming;
    private final QueryPlanner planner;
    private final TableDatabase scratch;
    private final Map<String, Set<String>> firstTables = new HashMap<>();
    private final Map<String, RecordedHost> hosts = new LinkedHashMap<>();
    private final Subscriptions subscriptions = new Subscriptions();
    private final HostGroups groups = new HostGroups();
    private final Deque<HostEvent> out = new ArrayDeque<>();
    private final QueryFailures failures = new QueryFailures(out::add);
    private double now;

    private RecordedHosts(Recording recording) {
        this.catalog = recording.catalog();
        this.accepted = recording.lines();
        this.refused = recording.refused();
        this.coming = new ArrayDeque<>(recording.batches());
        this.planner = new QueryPlanner(catalog);
        this.scratch = new TableDatabase(catalog);
        Map<String, Double> firstLines = new HashMap<>();
        for (Batch batch : coming) {
            double first = firstLines.computeIfAbsent(batch.hostId(), h -> batch.arrival());
            if (batch.arrival() - first <= FIRST_RUNS && !TableSchema.isEvents(batch.table())) {
                firstTables
                        .computeIfAbsent(batch.hostId(), h -> new HashSet<>())
                        .add(batch.table());
            }
        }
    }

    /**
     * Reads a recording. Files may be gzipped.
     *
     * @param results osquery's result lines, one JSON object a line
     * @param arrivals for each line the time it arrived, seconds since 1970; null when that is its unixTime
     * @param complaints is told of each line that is refused: {@code file:line: reason}. Other lines do not suffer.
     * @throws IOException when a file cannot be read; its message names the file
     */
    public static RecordedHosts open(Path results, @Nullable Path arrivals, Consumer<String> complaints)
            throws IOException {
        return new RecordedHosts(Recording.read(results, arrivals, complaints));
    }

    /** How many result lines were read and understood. */
    public int acceptedLines() {
        return accepted;
    }

    /** How many lines were refused. */
    public int refusedLines() {
        return refused;
    }

    @Override
    public void subscribe(HostQuery query, QueryTarget target) {
        subscriptions.add(query, target);
        hosts.values().forEach(this::update);
    }

    @Override
    public void unsubscribe(HostQuery query, QueryTarget target) {
        if (subscriptions.remove(query, target)) {
            failures.forget(query);
            scratch.forget(planner.plan(query.sql()));
            hosts.values().forEach(this::update);
        }
    }

    @Override
    public void execute(HostQuery query, QueryTarget target) {
        for (RecordedHost host : hosts.values()) {
            if (Subscriptions.covers(target, host.id(), host.groups())) {
                host.setNow(now);
                host.ask(query);
            }
        }
    }

    @Override
    public void join(Subnet range, String group) {
        if (groups.join(range, group)) {
            hosts.values().forEach(this::update);
        }
    }

    @Override
    public void leave(Subnet range, String group) {
        if (groups.leave(range, group)) {
            hosts.values().forEach(this::update);
        }
    }

    /** Gives a host the groups and queries that are its own by now. */
    private void update(RecordedHost host) {
        host.setNow(now);
        host.setGroups(groups.of(host.addresses()));
        host.watch(subscriptions.of(host.id(), host.groups()));
    }

    @Override
    public int poll(double networkTime, Sink sink) {
        int delivered = takeUntil(networkTime, sink);
        now = Math.max(now, networkTime);
        return delivered;
    }

    @Override
    public double nextArrival() {
        Batch next = coming.peek();
        return !out.isEmpty() ? now : next != null ? next.arrival() : Double.POSITIVE_INFINITY;
    }

    @Override
    public void drain(Sink sink) {
        takeUntil(Double.POSITIVE_INFINITY, sink);
        for (RecordedHost host : hosts.values()) {
            host.setNow(now);
            host.finish();
        }
        deliver(sink);
    }

    private int takeUntil(double time, Sink sink) {
        int delivered = deliver(sink);
        for (Batch next = coming.peek(); next != null && next.arrival() <= time; next = coming.peek()) {
            coming.remove();
            take(next);
            delivered += deliver(sink);
        }
        return delivered;
    }

    private int deliver(Sink sink) {
        int count = 0;
        for (HostEvent event = out.poll(); event != null; event = out.poll()) {
            sink.accept(event);
            count++;
        }
        return count;
    }

    private void take(Batch batch) {
        now = Math.max(now, batch.arrival());
        RecordedHost host = hosts.get(batch.hostId());
        if (host == null) {
            host = connect(batch);
        }
        if (host.take(batch)) {
            update(host);
        }
    }

    private RecordedHost connect(Batch batch) {
        Set<String> first = firstTables.getOrDefault(batch.hostId(), new HashSet<>());
        RecordedHost host = new RecordedHost(
                batch.hostId(), first, new TableDatabase(catalog), scratch, planner, failures, out::add);
        host.setNow(batch.arrival(), batch.hostTime());
        hosts.put(batch.hostId(), host);
        out.add(new HostEvent.Connected(batch.hostId()));
        update(host);
        return host;
    }

    @Override
    public void close() {
        hosts.values().forEach(RecordedHost::close);
        scratch.close();
        planner.close();
    }
}
