package dev.tandem.core.packet;

import java.util.Arrays;

/** The fragments of one IP datagram: byte ranges in order, never overlapping; the first to come wins a byte. */
final class Datagram {
    /** What an empty datagram is reckoned to cost. */
    private static final int OVERHEAD = 200;

    interface OverlapListener {
        /** @param same whether the bytes agree */
        void overlap(boolean same);
    }

    private final long firstNanos;
    private final byte[] headers;
    private final int version;
    private int nextProtocol;

    /** Payload bytes by the last fragment; 0 is not known. */
    private int size;

    private byte[] payload = {};
    private int[] from = new int[4];
    private int[] to = new int[4];
    private int ranges;

    /** @param p the first fragment seen, whose headers stand for all */
    Datagram(DecodedPacket p) {
        firstNanos = p.timeNanos;
        version = p.ipVersion;
        int bytes = version == 4 ? p.ipHeaderBytes : p.ipHeaderBytes - 8;
        headers = Arrays.copyOfRange(p.data, p.ipAt, p.ipAt + bytes);
        nextProtocol = p.protocol;
    }

    long firstNanos() {
        return firstNanos;
    }

    int heldBytes() {
        return OVERHEAD + headers.length + payload.length + 8 * from.length;
    }

    boolean sameHeader(DecodedPacket p) {
        if (version == 4) {
            return headers[9] == (byte) p.protocol && (headers[0] & 0xf) * 4 == p.ipHeaderBytes;
        }
        return nextProtocol == p.protocol && headers.length == p.ipHeaderBytes - 8;
    }

    int nextProtocol() {
        return nextProtocol;
    }

    void nextProtocol(int protocol) {
        nextProtocol = protocol;
    }

    boolean sizeKnown() {
        return size != 0;
    }

    int size() {
        return size;
    }

    void size(int bytes) {
        size = bytes;
    }

    /** Tells of each range that the new bytes overlap. */
    void overlaps(byte[] data, int at, int offset, int bytes, OverlapListener listener) {
        if (ranges == 0 || offset == to[ranges - 1]) {
            return;
        }
        int upper = offset + bytes;
        for (int i = 0; i < ranges && from[i] < upper; i++) {
            int low = Math.max(from[i], offset);
            int high = Math.min(to[i], upper);
            if (low < high) {
                int source = at + low - offset;
                listener.overlap(Arrays.equals(payload, low, high, data, source, source + high - low));
            }
        }
    }

    /** Adds the bytes that are new. */
    void insert(byte[] data, int at, int offset, int bytes) {
        int upper = offset + bytes;
        if (upper > payload.length) {
            payload = Arrays.copyOf(payload, Math.max(upper, Math.min(2 * payload.length, 1 << 16)));
        }
        int low = offset;
        int i = 0;
        while (low < upper) {
            while (i < ranges && to[i] <= low) {
                i++;
            }
            int gapEnd = i < ranges ? Math.min(from[i], upper) : upper;
            if (low < gapEnd) {
                System.arraycopy(data, at + low - offset, payload, low, gapEnd - low);
                addRange(i, low, gapEnd);
                i++;
            }
            low = i < ranges ? Math.max(gapEnd, to[i]) : upper;
        }
    }

    private void addRange(int index, int low, int high) {
        if (ranges == from.length) {
            from = Arrays.copyOf(from, 2 * ranges);
            to = Arrays.copyOf(to, 2 * ranges);
        }
        System.arraycopy(from, index, from, index + 1, ranges - index);
        System.arraycopy(to, index, to, index + 1, ranges - index);
        from[index] = low;
        to[index] = high;
        ranges++;
    }

    /** Whether everything up to the size is there; extends the size when there is more, and says so. */
    boolean complete(Runnable inconsistent) {
        if (ranges == 0 || from[0] > 0 || size == 0) {
            return false;
        }
        int last = 0;
        while (last + 1 < ranges && to[last] == from[last + 1]) {
            last++;
        }
        if (last + 1 < ranges) {
            if (to[last] < size) {
                return false;
            }
            // What is contiguous reaches the end, yet there is more behind a hole: two datagrams got mixed.
            inconsistent.run();
            size = to[last];
        } else if (to[last] > size) {
            inconsistent.run();
            size = to[last];
        }
        return to[last] >= size;
    }

    /** Makes the packet the whole datagram. */
    void assembleInto(DecodedPacket p) {
        byte[] whole = new byte[headers.length + size];
        System.arraycopy(headers, 0, whole, 0, headers.length);
        System.arraycopy(payload, 0, whole, headers.length, size);
        int length = version == 4 ? whole.length : whole.length - Ipv6Headers.BYTES;
        int lengthAt = version == 4 ? 2 : 4;
        whole[lengthAt] = (byte) (length >>> 8);
        whole[lengthAt + 1] = (byte) length;
        p.data = whole;
        p.at = 0;
        p.end = whole.length;
        p.reassembled = true;
    }
}
