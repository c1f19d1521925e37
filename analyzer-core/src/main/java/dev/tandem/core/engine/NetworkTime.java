package dev.tandem.core.engine;

import java.util.function.DoubleSupplier;

/**
 * The only place that knows what time it is. In replay it is the time of the packets; live it is that too while packets
 * come, and the clock when they do not. It never runs backwards: when the clock is set back, it goes on at half speed until the
 * clock has caught up, so that time-outs go on too and logs are right again in the end. Seconds since 1970 as doubles, as scripts see them. Engine
 * thread only.
 */
public final class NetworkTime {
    /** Packets and clock differ by less. */
    private static final double SET_BACK = 1;

    private final boolean live;
    private final DoubleSupplier clock;
    private final DoubleSupplier stopwatch;
    private boolean clockHeld;
    private double lastTick;
    private double now;
    private double packetTime;
    private double start;

    private NetworkTime(boolean live, DoubleSupplier clock, DoubleSupplier stopwatch) {
        this.live = live;
        this.clock = clock;
        this.stopwatch = stopwatch;
        lastTick = stopwatch.getAsDouble();
    }

    /** Time of packets only: 0 before the first. */
    public static NetworkTime replay() {
        return new NetworkTime(false, () -> 0, () -> 0);
    }

    /** @param clock seconds since 1970 */
    public static NetworkTime live(DoubleSupplier clock) {
        return live(clock, () -> System.nanoTime() / 1e9);
    }

    /**
     * @param clock seconds since 1970
     * @param stopwatch seconds since some moment, which nobody sets
     */
    static NetworkTime live(DoubleSupplier clock, DoubleSupplier stopwatch) {
        return new NetworkTime(true, clock, stopwatch);
    }

    /** The system's clock. */
    public static NetworkTime live() {
        return live(() -> System.currentTimeMillis() / 1000.0);
    }

    public boolean isLive() {
        return live;
    }

    public double now() {
        return now;
    }

    /** What the clock says, live; 0 in replay. */
    double clock() {
        return clock.getAsDouble();
    }

    /** Time stamp of the packet being processed as it came, even when that is before {@link #now()}; 0 between packets. */
    public double packetTime() {
        return packetTime;
    }

    /** Time stamp of the first packet, 0 before it. */
    public double start() {
        return start;
    }

    /** A packet's turn begins. Returns whether it is the first packet. */
    boolean beginPacket(double stamp) {
        packetTime = stamp;
        if (stamp > now) {
            now = stamp;
        }
        if (start == 0) {
            start = stamp;
            return true;
        }
        return false;
    }

    void endPacket() {
        packetTime = 0;
    }

    /** Packets have moved time on so far: how long it was without them counts from here. */
    void packetsCame() {
        if (live) {
            lastTick = stopwatch.getAsDouble();
        }
    }

    /** From now on only packets and {@link #advanceTo} move it, never the clock. */
    public void holdClock() {
        clockHeld = true;
    }

    /** No packets at the moment: live, time goes on with the clock. Before this and the first packet it is 0. */
    public void tick() {
        if (!live || clockHeld) {
            return;
        }
        double wall = clock.getAsDouble();
        double tick = stopwatch.getAsDouble();
        now = wall < now - SET_BACK ? now + (tick - lastTick) / 2 : Math.max(now, wall);
        lastTick = tick;
    }

    /** Moves on without packets, e.g. to the arrival of a recorded answer; never back. */
    public void advanceTo(double time) {
        if (time > now) {
            now = time;
        }
    }

    /**
     * A capture time stamp as a script sees it. Whole seconds and microseconds are put together as Zeek does (zeek {@code
     * src/iosource/Packet.cc}), so that printed times and sums of them agree; nanoseconds are cut off like there.
     */
    public static double seconds(long nanos) {
        long whole = Math.floorDiv(nanos, 1_000_000_000L);
        long micros = (nanos - whole * 1_000_000_000L) / 1000;
        return whole + micros / 1e6;
    }
}
