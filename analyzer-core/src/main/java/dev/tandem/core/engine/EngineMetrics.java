package dev.tandem.core.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the engine has done so far. Written by the engine thread; any thread may read, and sees values at most one turn old.
 */
public final class EngineMetrics {
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong unprocessed = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong weirds = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong liveConnections = new AtomicLong();
    private final AtomicLong timersFired = new AtomicLong();

    /** Packets taken from the sources. */
    public long packets() {
        return packets.get();
    }

    /** Bytes of these packets on the wire. */
    public long bytes() {
        return bytes.get();
    }

    /** Packets that no analysis took. */
    public long unprocessed() {
        return unprocessed.get();
    }

    /** Packets lost before they reached the engine. */
    public long dropped() {
        return dropped.get();
    }

    /** Packets that interfaces saw, those dropped among them, as the kernel counts; 0 for trace files. */
    public long received() {
        return received.get();
    }

    /** Events handed to handlers. */
    public long events() {
        return events.get();
    }

    /** Oddities met, including those not reported because of sampling. */
    public long weirds() {
        return weirds.get();
    }

    /** Connections begun. */
    public long connections() {
        return connections.get();
    }

    /** Connections being tracked. */
    public long liveConnections() {
        return liveConnections.get();
    }

    /** Timers that fired. */
    public long timersFired() {
        return timersFired.get();
    }

    void packetTaken(int wireBytes) {
        add(packets, 1);
        add(bytes, wireBytes);
    }

    void publish(long newEvents, long newTimers, long droppedSoFar, long receivedSoFar) {
        add(events, newEvents);
        add(timersFired, newTimers);
        dropped.lazySet(droppedSoFar);
        received.lazySet(receivedSoFar);
    }

    public void packetUnprocessed() {
        add(unprocessed, 1);
    }

    public void weirdMet() {
        add(weirds, 1);
    }

    public void connectionBegan() {
        add(connections, 1);
        add(liveConnections, 1);
    }

    public void connectionEnded() {
        add(liveConnections, -1);
    }

    /** One writer, so no atomic update is needed. */
    private static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }
}
