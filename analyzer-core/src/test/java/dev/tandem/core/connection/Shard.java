package dev.tandem.core.connection;

import dev.tandem.core.engine.AnalysisEngine;
import dev.tandem.core.engine.EngineMetrics;
import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.PlainRecords;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** An engine with a tracker, fed packets by hand, and what came of it: for tests here and in other modules. */
public final class Shard implements PacketSource {
    /** Network time of packets sent {@code at} 0. */
    public static final double START = 1_000_000;

    private static final Set<String> ALWAYS =
            Set.of("connection_state_remove", "net_weird", "flow_weird", "conn_weird");

    private record Frame(long nanos, byte[] bytes, int original) {}

    /** An event and its arguments; a connection's record was copied as it was when the event ran. */
    public record Raised(double time, String name, List<Object> arguments) {}

    public final EventRegistry registry = new EventRegistry();
    public final EventQueue queue = new EventQueue();
    public final EngineSettings settings = new EngineSettings();
    public final NetworkTime time = NetworkTime.replay();
    public final EngineMetrics metrics = new EngineMetrics();
    public final ConnectionTracker tracker;
    public final AnalysisEngine engine;

    /** Everything raised of what {@link #listen} asked for. */
    public final List<Raised> raised = new ArrayList<>();

    private final List<Frame> frames = new ArrayList<>();
    private int next;
    private int linkType = LinkType.ETHERNET;
    private double now;

    public Shard() {
        this(settings -> {});
    }

    /** @param choice sets what is looked at when the parts are made */
    public Shard(Consumer<EngineSettings> choice) {
        choice.accept(settings);
        tracker = new ConnectionTracker(
                settings,
                registry,
                queue,
                new PlainRecords(),
                time,
                metrics,
                new UidPool(Seeds.fixed(1), UidPool.CONNECTIONS));
        engine = new AnalysisEngine(settings, registry, queue, time, metrics, tracker);
        engine.source(this);
        listen(ALWAYS.toArray(String[]::new));
    }

    public Shard linkType(int type) {
        linkType = type;
        return this;
    }

    /** Records events of these names from now on. */
    public Shard listen(String... names) {
        for (String name : names) {
            registry.event(name)
                    .handler((type, arguments) ->
                            raised.add(new Raised(time.now(), name, new ArrayList<>(Arrays.asList(arguments)))));
        }
        return this;
    }

    /** Records every event that the parts know. */
    public Shard listenToAll() {
        return listen(registry.all().stream()
                .map(EventType::name)
                .filter(n -> !ALWAYS.contains(n))
                .toArray(String[]::new));
    }

    /** Later packets come that many seconds after the start. */
    public Shard at(double seconds) {
        now = seconds;
        return this;
    }

    public Shard send(byte[]... packets) {
        for (byte[] packet : packets) {
            send(packet, packet.length);
        }
        return this;
    }

    /** A packet of which only the first bytes were captured. */
    public Shard send(byte[] captured, int originalBytes) {
        frames.add(new Frame(Math.round((START + now) * 1e6) * 1000, captured, originalBytes));
        return this;
    }

    /** Runs what was sent, without ending anything. */
    public Shard run() {
        try {
            engine.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Runs what was sent, and the end. */
    public Shard finish() {
        run();
        engine.finishTraffic();
        engine.finishEvents();
        return this;
    }

    /** Names of the raised events, in order. */
    public List<String> names() {
        return raised.stream().map(Raised::name).toList();
    }

    /** Names of all weirds, in order. */
    public List<String> weirds() {
        return raised.stream()
                .filter(r -> r.name().endsWith("_weird"))
                .map(r -> ((Bytes) r.arguments().get(0)).utf8())
                .toList();
    }

    /** The records of removed connections, in order. */
    public List<ConnectionRecord> removed() {
        return raised.stream()
                .filter(r -> r.name().equals("connection_state_remove"))
                .map(r -> (ConnectionRecord) r.arguments().get(0))
                .toList();
    }

    /** The only connection that was removed. */
    public ConnectionRecord only() {
        List<ConnectionRecord> all = removed();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " connections, weirds " + weirds());
        }
        return all.get(0);
    }

    /** States and history of the only connection, e.g. {@code ESTABLISHED CLOSED ShADaf}. */
    public String story() {
        ConnectionRecord c = only();
        return state(c.orig().state) + " " + state(c.resp().state) + " " + c.history;
    }

    private static String state(long number) {
        return EndpointState.values()[(int) number].name();
    }

    @Override
    public int fill(PacketBatch batch) {
        batch.begin(linkType);
        while (next < frames.size() && batch.hasRoom(frames.get(next).bytes().length)) {
            Frame frame = frames.get(next++);
            int at = batch.add(frame.nanos(), frame.bytes().length, frame.original());
            System.arraycopy(frame.bytes(), 0, batch.data(), at, frame.bytes().length);
        }
        return batch.count() == 0 ? END : batch.count();
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public String name() {
        return "packets made by hand";
    }

    @Override
    public void close() {}
}
