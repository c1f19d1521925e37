package dev.tandem.core.connection;

import dev.tandem.core.event.EventType;

/**
 * How far a connection may grow before scripts hear of it: one bound of each kind at a time, told once when it is reached
 * (zeek {@code src/analyzer/protocol/conn-size/ConnSize.cc}). Only connections that somebody watches have one. A bound of 0
 * is none.
 */
final class Thresholds {
    private final long[] bytes = new long[2];
    private final long[] packets = new long[2];
    private double duration;

    /** Packets of both sides, from settings; the next one to come. */
    private final long[] generic;

    private int nextGeneric;

    /** @param generic numbers of packets, ascending */
    Thresholds(long[] generic) {
        this.generic = generic;
    }

    private static int side(boolean originator) {
        return originator ? 0 : 1;
    }

    long bytes(boolean originator) {
        return bytes[side(originator)];
    }

    void bytes(boolean originator, long bound) {
        bytes[side(originator)] = bound;
    }

    long packets(boolean originator) {
        return packets[side(originator)];
    }

    void packets(boolean originator, long bound) {
        packets[side(originator)] = bound;
    }

    double duration() {
        return duration;
    }

    void duration(double seconds) {
        duration = seconds;
    }

    /** Tells of what that side has reached. */
    void check(Connection c, boolean originator) {
        ConnectionEvents events = c.tracker.events();
        if (nextGeneric < generic.length && c.packets(true) + c.packets(false) == generic[nextGeneric]) {
            long reached = generic[nextGeneric++];
            if (events.genericPacketThreshold.wanted()) {
                c.tracker.queue().add(events.genericPacketThreshold, c.record(), reached);
            }
        }
        reached(c, events.bytesThreshold, bytes, originator, c.ipBytes(originator));
        reached(c, events.packetsThreshold, packets, originator, c.packets(originator));
        double lasted = c.tracker.time().now() - c.startTime();
        if (duration != 0 && lasted > duration && events.durationThreshold.wanted()) {
            c.tracker.queue().add(events.durationThreshold, c.record(), duration, originator);
            duration = 0;
        }
    }

    private static void reached(Connection c, EventType event, long[] bounds, boolean originator, long now) {
        long bound = bounds[side(originator)];
        if (bound != 0 && now >= bound) {
            bounds[side(originator)] = 0;
            if (event.wanted()) {
                c.tracker.queue().add(event, c.record(), bound, originator);
            }
        }
    }
}
