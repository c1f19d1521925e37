package dev.tandem.core.packet;

import java.io.IOException;

/** Supplies packets from a trace file or an interface. Used by one thread. */
public interface PacketSource extends AutoCloseable {
    /** {@link #fill} result: no packet ever again. */
    int END = -1;

    /**
     * Fills the slab with the next packets.
     *
     * @return packets now in the slab; 0 when a live source has none at the moment; {@link #END} at the end of a file
     * @throws IOException when the source broke; packets delivered before stand. The message is fit for the user
     */
    int fill(PacketBatch batch) throws IOException;

    /**
     * Waits until packets can be had, for at most that long: what to do after {@link #fill} gave 0, with the time to the
     * next timer. A file never waits.
     *
     * @param millis 0 only looks
     * @return whether packets are there
     * @throws IOException as {@link #fill}
     */
    default boolean waitForPackets(int millis) throws IOException {
        return true;
    }

    /** Whether time comes from the clock (an interface) rather than from the packets (a file). */
    boolean live();

    /** File name or interface, for messages. */
    String name();

    /** Link type of the next packets, as {@link LinkType} has it; negative while it is not known. */
    default int linkType() {
        return -1;
    }

    /** What is odd about the source though it could be read, e.g. that a file is cut short; null when nothing is. */
    default @org.jspecify.annotations.Nullable String complaint() {
        return null;
    }

    /** Packets the kernel dropped so far; 0 for a file. */
    default long dropped() {
        return 0;
    }

    /** Packets that came to the source so far, those dropped among them; of a file, those read. Not negative. */
    default long received() {
        return 0;
    }

    /**
     * The time that the input has come to, in nanoseconds since 1970, for a source that may have no packets for long though
     * recorded time goes on: one of several that share a trace. No packet before that time follows. {@link Long#MIN_VALUE}
     * when only packets tell the time.
     */
    default long reachedNanos() {
        return Long.MIN_VALUE;
    }

    @Override
    void close();
}
