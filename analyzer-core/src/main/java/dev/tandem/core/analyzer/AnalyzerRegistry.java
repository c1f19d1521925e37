package dev.tandem.core.analyzer;

import dev.tandem.core.connection.Connection;
import dev.tandem.core.connection.StreamConsumer;
import dev.tandem.core.connection.StreamConsumers;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Port;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of analyzers that an engine has, the ports they are registered for, and the connections that scripts expect one on.
 * Builds the {@link AnalyzerTree} of each new connection that anything may come of. Engine thread.
 */
public final class AnalyzerRegistry implements StreamConsumers {
    private static final List<AnalyzerTag> NONE = List.of();

    /** A connection to come. @param originator null is any */
    private record Expected(@Nullable Addr originator, Addr responder, Port port) {}

    private record Scheduled(AnalyzerTag tag, double until) {}

    private final EventQueue queue;
    private final RecordFactory records;
    private final DoubleSupplier clock;
    private final EventType confirmation;
    private final EventType violation;
    private final EventType scheduledApplied;
    private final Map<String, AnalyzerTag> byName = new LinkedHashMap<>();
    private final Map<Port, List<AnalyzerTag>> byPort = new HashMap<>();
    private final Map<Expected, List<Scheduled>> scheduled = new HashMap<>();
    private final List<AnalyzerTag> tcpDetectable = new ArrayList<>();
    private final List<AnalyzerTag> udpDetectable = new ArrayList<>();
    private long lastId;

    /** @param clock network time, seconds since 1970 */
    public AnalyzerRegistry(EventRegistry events, EventQueue queue, RecordFactory records, DoubleSupplier clock) {
        this.queue = queue;
        this.records = records;
        this.clock = clock;
        confirmation = events.event("analyzer_confirmation_info");
        violation = events.event("analyzer_violation_info");
        scheduledApplied = events.event("scheduled_analyzer_applied");
    }

    /** Adds a kind of analyzer; its name must be new. */
    public void add(AnalyzerTag tag) {
        if (byName.put(tag.name(), tag) != null) {
            throw new IllegalStateException("analyzer " + tag.name() + " is registered twice");
        }
        if (tag.detector() != null) {
            (tag.transport() == Port.Proto.UDP ? udpDetectable : tcpDetectable).add(tag);
        }
    }

    /** Null when there is none of that name. */
    public @Nullable AnalyzerTag tag(String name) {
        return byName.get(name);
    }

    /** In order of registration. */
    public Collection<AnalyzerTag> tags() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Attaches that kind to connections to the port from now on. */
    public void registerPort(AnalyzerTag tag, Port port) {
        List<AnalyzerTag> there = byPort.computeIfAbsent(port, p -> new ArrayList<>(1));
        if (!there.contains(tag)) {
            there.add(tag);
        }
    }

    /**
     * Attaches that kind to one connection to come.
     *
     * @param originator null or an unspecified address is any
     * @param seconds how long it may take to come
     */
    public void schedule(@Nullable Addr originator, Addr responder, Port port, AnalyzerTag tag, double seconds) {
        double now = clock.getAsDouble();
        scheduled.values().forEach(list -> list.removeIf(s -> s.until < now));
        scheduled.values().removeIf(List::isEmpty);
        boolean any = originator == null || originator.equals(Addr.V4_ZERO) || originator.equals(Addr.V6_ZERO);
        scheduled
                .computeIfAbsent(new Expected(any ? null : originator, responder, port), e -> new ArrayList<>(1))
                .add(new Scheduled(tag, now + seconds));
    }

    @Override
    public @Nullable StreamConsumer consumer(Connection c) {
        Port.Proto transport = c.transport();
        if (transport != Port.Proto.TCP && transport != Port.Proto.UDP) {
            return null;
        }
        List<AnalyzerTag> atPort = byPort.isEmpty() ? null : byPort.get(Port.of(c.responderPort(), transport));
        List<AnalyzerTag> detectable = wanted(transport == Port.Proto.TCP ? tcpDetectable : udpDetectable);
        if (atPort == null && detectable.isEmpty() && scheduled.isEmpty()) {
            return null;
        }
        AnalyzerTree tree = new AnalyzerTree(this, c, detectable);
        if (!scheduled.isEmpty()) {
            applyScheduled(tree, c);
        }
        if (atPort != null) {
            for (AnalyzerTag tag : atPort) {
                if (tag.isWanted()) {
                    tree.attach(tag);
                }
            }
        }
        return tree.isIdle() ? null : tree;
    }

    private void applyScheduled(AnalyzerTree tree, Connection c) {
        Port port = Port.of(c.responderPort(), c.transport());
        applyScheduled(tree, c, new Expected(c.originator(), c.responder(), port));
        applyScheduled(tree, c, new Expected(null, c.responder(), port));
    }

    private void applyScheduled(AnalyzerTree tree, Connection c, Expected expected) {
        List<Scheduled> due = scheduled.remove(expected);
        if (due == null) {
            return;
        }
        for (Scheduled s : due) {
            if (s.until >= clock.getAsDouble() && s.tag.isEnabled() && tree.attach(s.tag) != null) {
                if (scheduledApplied.wanted()) {
                    queue.add(scheduledApplied, c.record(), records.enumValue(s.tag.scriptName()));
                }
            }
        }
    }

    /** The list itself when all of it is wanted, which is the usual case and costs nothing. */
    private static List<AnalyzerTag> wanted(List<AnalyzerTag> tags) {
        int wanted = 0;
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).isWanted()) {
                wanted++;
            }
        }
        if (wanted == tags.size()) {
            return tags;
        }
        return wanted == 0 ? NONE : tags.stream().filter(AnalyzerTag::isWanted).toList();
    }

    /** A tree for what another protocol carries, with detection from its first byte. */
    public AnalyzerTree innerTree(Connection c) {
        return new AnalyzerTree(this, c, wanted(tcpDetectable));
    }

    long nextId() {
        return ++lastId;
    }

    public EventQueue queue() {
        return queue;
    }

    public RecordFactory records() {
        return records;
    }

    EventType confirmation() {
        return confirmation;
    }

    EventType violation() {
        return violation;
    }
}
