import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.engine.AnalysisEngine;
import dev.tandem.core.engine.EngineMetrics;
import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.core.record.RecordFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.util.SplittableRandom;

/**
 * What a packet costs the tracker with so many live TCP connections, for packets of connections drawn at random, and the
 * longest time that 512 packets took: {@code java -cp 'deploy/target/tandem/lib/*' src/bench/LiveCurve.java [CONNECTIONS...]}.
 * Decoding, tracking and timers, without scripts. The packets are made between measurements.
 */
final class LiveCurve implements PacketSource {
    private static final int PACKETS = 4_000_000;
    private static final int FRAME = 14 + 20 + 20 + 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int connections;
    private final SplittableRandom random = new SplittableRandom(11);
    private final int[] sequence;
    private final byte[] frame = new byte[FRAME];
    private long sent;
    private long nanos = 1_700_000_000_000_000_000L;

    private long cpuAtHandover;
    private long wallAtHandover;
    private long cpu;
    private long measured;
    private long longestWall;
    private long longestOpening;
    private long opened;

    private LiveCurve(int connections) {
        this.connections = connections;
        sequence = new int[connections];
        frame[12] = 8;
        frame[14] = 0x45;
        frame[22] = 64;
        frame[23] = 6;
        frame[46] = 0x50;
        put2(48, 8192);
    }

    public static void main(String[] args) throws IOException {
        int[] sizes = args.length == 0
                ? new int[] {1_000, 10_000, 100_000, 1_000_000}
                : java.util.Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        new LiveCurve(1_000).measure(); // warms up
        System.out.printf(
                "%12s %14s %22s %20s%n", "connections", "ns a packet", "longest of 512, ms", "while opening, ms");
        for (int size : sizes) {
            LiveCurve curve = new LiveCurve(size);
            curve.measure();
            System.out.printf(
                    "%12d %14.0f %22.1f %20.1f%n",
                    size, (double) curve.cpu / curve.measured, curve.longestWall / 1e6, curve.longestOpening / 1e6);
        }
    }

    private void measure() throws IOException {
        EngineSettings settings = new EngineSettings();
        settings.ip.ignoreChecksums = true;
        EventRegistry registry = new EventRegistry();
        EventQueue queue = new EventQueue();
        NetworkTime time = NetworkTime.replay();
        EngineMetrics metrics = new EngineMetrics();
        RecordFactory none = (RecordFactory) Proxy.newProxyInstance(
                LiveCurve.class.getClassLoader(), new Class<?>[] {RecordFactory.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("no event asks for records");
                });
        ConnectionTracker tracker = new ConnectionTracker(settings, registry, queue, none, time, metrics, () -> 0);
        AnalysisEngine engine = new AnalysisEngine(settings, registry, queue, time, metrics, tracker);
        engine.source(this);
        engine.run();
        if (tracker.table().size() != connections) {
            throw new IllegalStateException(tracker.table().size() + " connections live");
        }
    }

    @Override
    public int fill(PacketBatch batch) {
        account();
        batch.begin(LinkType.ETHERNET);
        long all = 3L * connections + PACKETS;
        while (sent < all && batch.hasRoom(FRAME)) {
            if (sent < 3L * connections) {
                handshake((int) (sent / 3), (int) (sent % 3));
            } else {
                data(random.nextInt(connections));
            }
            sent++;
            nanos += 1000;
            System.arraycopy(frame, 0, batch.data(), batch.add(nanos, FRAME, FRAME), FRAME);
        }
        cpuAtHandover = THREADS.getCurrentThreadCpuTime();
        wallAtHandover = System.nanoTime();
        return batch.count() == 0 ? END : batch.count();
    }

    private void account() {
        if (wallAtHandover == 0) {
            return;
        }
        long wall = System.nanoTime() - wallAtHandover;
        if (sent <= 3L * connections) {
            longestOpening = Math.max(longestOpening, wall);
            opened = sent;
        } else {
            cpu += THREADS.getCurrentThreadCpuTime() - cpuAtHandover;
            measured = sent - opened;
            longestWall = Math.max(longestWall, wall);
        }
    }

    private void handshake(int connection, int step) {
        switch (step) {
            case 0 -> segment(connection, true, 0x02, 1000, 0, 0);
            case 1 -> segment(connection, false, 0x12, 5000, 1001, 0);
            default -> segment(connection, true, 0x10, 1001, 5001, 0);
        }
    }

    private void data(int connection) {
        segment(connection, true, 0x18, 1001 + sequence[connection], 5001, 100);
        sequence[connection] += 100;
    }

    private void segment(int connection, boolean forth, int flags, int seq, int ack, int payload) {
        put2(16, 40 + payload);
        put4(26, forth ? 0x0a000000 + connection : 0xc0000201);
        put4(30, forth ? 0xc0000201 : 0x0a000000 + connection);
        put2(34, forth ? 1024 + connection % 50_000 : 443);
        put2(36, forth ? 443 : 1024 + connection % 50_000);
        put4(38, seq);
        put4(42, ack);
        frame[47] = (byte) flags;
    }

    private void put2(int at, int value) {
        frame[at] = (byte) (value >>> 8);
        frame[at + 1] = (byte) value;
    }

    private void put4(int at, int value) {
        put2(at, value >>> 16);
        put2(at + 2, value);
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public int linkType() {
        return LinkType.ETHERNET;
    }

    @Override
    public String name() {
        return "made as it goes";
    }

    @Override
    public void close() {}
}
