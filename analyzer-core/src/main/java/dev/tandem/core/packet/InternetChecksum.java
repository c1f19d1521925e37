package dev.tandem.core.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The ones' complement checksum of RFC 1071, eight bytes at a time. A header or segment is intact when the sum over it,
 * checksum field and pseudo header included, folds to 0xffff.
 */
public final class InternetChecksum {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long LOW = 0xffff_ffffL;

    private InternetChecksum() {}

    /** Adds bytes to an unfolded sum; {@code from} counts as an even position. */
    public static long add(long sum, byte[] data, int from, int bytes) {
        int at = from;
        int wide = from + (bytes & ~7);
        long s = sum;
        for (; at < wide; at += 8) {
            long word = (long) LONG.get(data, at);
            s += (word >>> 32) + (word & LOW);
        }
        int end = from + bytes;
        for (; at + 1 < end; at += 2) {
            s += NetworkOrder.u16(data, at);
        }
        if (at < end) {
            s += (data[at] & 0xff) << 8;
        }
        return s;
    }

    /** Folds to 16 bits, not complemented. */
    public static int fold(long sum) {
        long s = (sum >>> 32) + (sum & LOW);
        s = (s >>> 32) + (s & LOW);
        s = (s >>> 16) + (s & 0xffff);
        s = (s >>> 16) + (s & 0xffff);
        return (int) s;
    }

    public static boolean intact(byte[] data, int from, int bytes) {
        return fold(add(0, data, from, bytes)) == 0xffff;
    }

    /**
     * Whether a transport segment of {@code bytes} bytes at {@code from} is intact, with the pseudo header of the packet's
     * addresses (RFC 793, RFC 8200).
     */
    public static boolean transportIntact(DecodedPacket p, int protocol, int from, int bytes) {
        long sum = (long) protocol + bytes;
        if (p.ipVersion == 4) {
            sum += (p.sourceLow & LOW) + (p.destinationLow & LOW);
        } else {
            sum += (p.sourceHigh >>> 32) + (p.sourceHigh & LOW) + (p.sourceLow >>> 32) + (p.sourceLow & LOW);
            sum += (p.destinationHigh >>> 32) + (p.destinationHigh & LOW);
            sum += (p.destinationLow >>> 32) + (p.destinationLow & LOW);
        }
        return fold(add(sum, p.data, from, bytes)) == 0xffff;
    }
}
