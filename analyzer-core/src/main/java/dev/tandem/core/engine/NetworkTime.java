package dev.tandem.core.engine;

import java.util.function.DoubleSupplier;

/**
 * The only place that knows what time it is. In replay it is the time of the packets; live it is that too while packets
 * come, and the clock when they do not. It never runs backwards. Seconds since 1970 as doubles, as scripts see them. Engine
 * thread only.
 */
public final class NetworkTime {
    private final boolean live;
    private final DoubleSupplier clock;
    private double now;
    private double packetTime;
    private double start;

    private NetworkTime(boolean live, DoubleSupplier clock) {
        this.live = live;
        this.clock = clock;
    }

    /** Time of packets only: 0 before the first. */
    public static NetworkTime replay() {
        return new NetworkTime(false, () -> 0);
    }

    /** @param clock seconds since 1970 */
    public static NetworkTime live(DoubleSupplier clock) {
        return new NetworkTime(true, clock);
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

    /** No packets at the moment: live, time goes on with the clock. Before this and the first packet it is 0. */
    public void tick() {
        if (live) {
            now = Math.max(now, clock.getAsDouble());
        }
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
