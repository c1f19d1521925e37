package dev.tandem.script.framework;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Subnet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hosts that say what a test tells them to, and keep what they were asked. */
public final class ScriptedHosts implements HostQueries {
    public final List<String> asked = new ArrayList<>();
    public final List<HostQuery> queries = new ArrayList<>();
    private final Deque<HostEvent> waiting = new ArrayDeque<>();
    private boolean tellsTheTime;
    private double now;

    /** From now on rows are made and arrive at the time when they are heard, not at 100 and 101. */
    public ScriptedHosts tellingTheTime() {
        tellsTheTime = true;
        return this;
    }

    public void say(HostEvent event) {
        waiting.add(event);
    }

    /** A row of a query; null values are SQL NULL. */
    public void row(String host, HostQuery query, UpdateType update, @Nullable String... values) {
        List<String> columns = new ArrayList<>();
        List<@Nullable Bytes> texts = new ArrayList<>();
        for (String value : values) {
            columns.add("c" + columns.size());
            texts.add(value == null ? null : Bytes.of(value));
        }
        say(new HostEvent.Row(host, query, update, columns, texts, java.util.Map.of(), 100, 101));
    }

    /** The query asked so far whose text contains this. */
    public HostQuery query(String part) {
        return queries.stream().filter(q -> q.sql().contains(part)).findFirst().orElseThrow();
    }

    @Override
    public void subscribe(HostQuery query, QueryTarget target) {
        queries.add(query);
        asked.add("subscribe " + query.event() + " " + target);
    }

    @Override
    public void unsubscribe(HostQuery query, QueryTarget target) {
        asked.add("unsubscribe " + query.event() + " " + target);
    }

    @Override
    public void execute(HostQuery query, QueryTarget target) {
        queries.add(query);
        asked.add("execute " + query.event() + " " + target);
    }

    @Override
    public void join(Subnet range, String group) {
        asked.add("join " + range + " " + group);
    }

    @Override
    public void leave(Subnet range, String group) {
        asked.add("leave " + range + " " + group);
    }

    @Override
    public int poll(double networkTime, Sink sink) {
        int n = waiting.size();
        now = networkTime;
        drain(sink);
        return n;
    }

    @Override
    public double nextArrival() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public void drain(Sink sink) {
        for (HostEvent e = waiting.poll(); e != null; e = waiting.poll()) {
            sink.accept(tellsTheTime && e instanceof HostEvent.Row r ? timed(r) : e);
        }
    }

    private HostEvent timed(HostEvent.Row r) {
        return new HostEvent.Row(
                r.hostId(), r.query(), r.update(), r.columns(), r.values(), r.decorations(), Math.floor(now), now);
    }

    @Override
    public void close() {}
}
