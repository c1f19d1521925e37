package dev.tandem.core.packet;

import java.util.Arrays;

/**
 * A slab of packets of one link type, filled by a {@link PacketSource} and read by the engine: the one record format for
 * files and live capture. Packet bytes are valid until the next fill; whoever keeps some copies them, and nobody but the
 * source writes to them.
 *
 * <p>The data array holds the packets' bytes; parallel arrays hold where each begins, its lengths and its time stamp. The
 * data array is either the slab's own ({@link #begin}, {@link #add}) or one that the source already holds the packets in
 * ({@link #beginOver}, {@link #addAt}), which spares a copy of every byte.
 */
public final class PacketBatch {
    private byte[] slab;
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
        slab = new byte[bytes];
        data = slab;
        offset = new int[packets];
        captured = new int[packets];
        original = new int[packets];
        nanos = new long[packets];
    }

    /** Empties the slab for packets of one link type ({@link LinkType}). */
    public void begin(int newLinkType) {
        count = 0;
        used = 0;
        data = slab;
        linkType = newLinkType;
    }

    /**
     * Empties the slab for packets of one link type that stay where they are: {@link #addAt} says where.
     *
     * @param packets the source's array, which it leaves alone until the next fill
     */
    public void beginOver(byte[] packets, int newLinkType) {
        count = 0;
        data = packets;
        linkType = newLinkType;
    }

    /** Whether one more packet that stays where it is fits. */
    public boolean hasRoom() {
        return count < offset.length;
    }

    /** Adds a packet that lies in the array given to {@link #beginOver}; otherwise as {@link #add}. */
    public void addAt(long timeNanos, int at, int capturedBytes, int originalBytes) {
        offset[count] = at;
        captured[count] = capturedBytes;
        original[count] = originalBytes;
        nanos[count] = timeNanos;
        count++;
    }

    /** Whether a packet of that captured length still fits in the slab's own array; an empty slab takes any. */
    public boolean hasRoom(int capturedBytes) {
        return count < offset.length && (count == 0 || capturedBytes <= slab.length - used);
    }

    /**
     * Reserves room for a packet and returns where in {@link #data()} its bytes go.
     *
     * @param timeNanos nanoseconds since 1970
     * @param originalBytes length on the wire
     */
    public int add(long timeNanos, int capturedBytes, int originalBytes) {
        if (used + capturedBytes > slab.length) {
            slab = Arrays.copyOf(slab, Math.max(used + capturedBytes, slab.length + (slab.length >> 1)));
            data = slab;
        }
        int at = used;
        addAt(timeNanos, at, capturedBytes, originalBytes);
        used += capturedBytes;
        return at;
    }

    /** Leaves only the packets that the test accepts, in their order, and returns how many. */
    public int retain(PacketTest test) {
        int kept = 0;
        for (int packet = 0; packet < count; packet++) {
            if (test.accepts(data, offset[packet], captured[packet], original[packet])) {
                offset[kept] = offset[packet];
                captured[kept] = captured[packet];
                original[kept] = original[packet];
                nanos[kept] = nanos[packet];
                kept++;
            }
        }
        count = kept;
        return kept;
    }

    /** A yes or no about one packet, e.g. a capture filter. */
    @FunctionalInterface
    public interface PacketTest {
        boolean accepts(byte[] data, int offset, int capturedBytes, int originalBytes);
    }

    /** Current array; changes from fill to fill. */
    public byte[] data() {
        return data;
    }

    public int count() {
        return count;
    }

    /** Most packets in one fill. */
    public int capacity() {
        return offset.length;
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
