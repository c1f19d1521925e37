package dev.tandem.core.value;

import org.jspecify.annotations.Nullable;

/** An IPv4 or IPv6 address. IPv4 is held as IPv4-mapped IPv6 (::ffff:0:0/96), as Zeek does ({@code src/IPAddr.h}). */
public final class Addr implements Comparable<Addr> {
    private static final long V4_PREFIX = 0xffff_0000_0000L;
    public static final Addr V4_ZERO = v4(0);
    public static final Addr V6_ZERO = new Addr(0, 0);

    /** The most bytes that {@link #writeTo} writes. */
    public static final int MAX_TEXT = AddrText.MAX_LENGTH;

    private final long high;
    private final long low;

    private Addr(long high, long low) {
        this.high = high;
        this.low = low;
    }

    public static Addr v4(int bits) {
        return new Addr(0, V4_PREFIX | bits & 0xffff_ffffL);
    }

    public static Addr v6(long high, long low) {
        return new Addr(high, low);
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public boolean isV4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** The 32 bits of an IPv4 address; meaningless for IPv6. */
    public int v4Bits() {
        return (int) low;
    }

    /** The 4 or 16 bytes in network order. */
    public byte[] toBytes() {
        byte[] b = new byte[isV4() ? 4 : 16];
        for (int i = 0; i < b.length; i++) {
            int fromEnd = b.length - 1 - i;
            b[i] = (byte) ((fromEnd < 8 ? low : high) >>> 8 * (fromEnd & 7));
        }
        return b;
    }

    /** The address with all but the first {@code width} of its 128 bits cleared. */
    public Addr mask(int width) {
        long h = high & highMask(width);
        long l = low & lowMask(width);
        return h == high && l == low ? this : new Addr(h, l);
    }

    /** Whether the first {@code width} of 128 bits are those of another. */
    boolean sharesPrefix(Addr other, int width) {
        return ((high ^ other.high) & highMask(width)) == 0 && ((low ^ other.low) & lowMask(width)) == 0;
    }

    /** The hash code of {@link #mask} of it. */
    int prefixHash(int width) {
        return SeededHash.mix32(high & highMask(width), low & lowMask(width));
    }

    private static long highMask(int width) {
        return width >= 64 ? -1L : width == 0 ? 0 : -1L << 64 - width;
    }

    private static long lowMask(int width) {
        return width >= 128 ? -1L : width <= 64 ? 0 : -1L << 128 - width;
    }

    /** Parses dotted IPv4 or RFC 4291 IPv6 text (no brackets, no zone); null when it is neither. */
    public static @Nullable Addr parse(String text) {
        return AddrText.parse(text);
    }

    @Override
    public int compareTo(Addr other) {
        int c = Long.compareUnsigned(high, other.high);
        return c != 0 ? c : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Addr a && high == a.high && low == a.low;
    }

    @Override
    public int hashCode() {
        return SeededHash.mix32(high, low);
    }

    /** Writes the text of {@link #toString} at {@code out[at]}; returns the index behind it. Allocates nothing. */
    public int writeTo(byte[] out, int at) {
        return AddrText.write(this, out, at);
    }

    /** RFC 5952 text, without brackets. */
    @Override
    public String toString() {
        return AddrText.format(this);
    }
}
