package dev.tandem.core.packet;

import java.util.Arrays;

/**
 * A slab of packets of one link type, filled by a {@link PacketSource} and read by the engine: the one record format for
 * files and live capture. Packet bytes are valid until the next fill; whoever keeps some copies them.
 *
 * <p>The data array holds the packets' bytes; parallel arrays hold where each begins, its lengths and its time stamp.
 */
public final class PacketBatch {
    private byte[] data;
    private final int[] offset;
    private final int[] captured;
    private final int[] original;
    private final long[] nanos;
    private int count;
    private int used;
    private int linkType;

    /**
     * @param bytes initial room for packet bytes; grows when one packet needs more
     * @param packets most packets in one fill
     */
    public PacketBatch(int bytes, int packets) {
        data = new byte[bytes];
        offset = new int[packets];
        captured = new int[packets];
        original = new int[packets];
        nanos = new long[packets];
    }

    /** Empties the slab for packets of one link type ({@link LinkType}). */
    public void begin(int newLinkType) {
        count = 0;
        used = 0;
        linkType = newLinkType;
    }

    /** Whether a packet of that captured length still fits; an empty slab takes any. */
    public boolean hasRoom(int capturedBytes) {
        return count < offset.length && (count == 0 || capturedBytes <= data.length - used);
    }

    /**
     * Reserves room for a packet and returns where in {@link #data()} its bytes go.
     *
     * @param timeNanos nanoseconds since 1970
     * @param originalBytes length on the wire
     */
    public int add(long timeNanos, int capturedBytes, int originalBytes) {
        if (used + capturedBytes > data.length) {
            data = Arrays.copyOf(data, used + capturedBytes);
        }
        int at = used;
        offset[count] = at;
        captured[count] = capturedBytes;
        original[count] = originalBytes;
        nanos[count] = timeNanos;
        count++;
        used += capturedBytes;
        return at;
    }

    /** Current array; changes when the slab grows. */
    public byte[] data() {
        return data;
    }

    public int count() {
        return count;
    }

    public int linkType() {
        return linkType;
    }

    public int offset(int packet) {
        return offset[packet];
    }

    public int capturedBytes(int packet) {
        return captured[packet];
    }

    /** Length on the wire, in bytes. */
    public int originalBytes(int packet) {
        return original[packet];
    }

    /** Nanoseconds since 1970. */
    public long timeNanos(int packet) {
        return nanos[packet];
    }
}
