package dev.tandem.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/** Hashes keyed by a random seed per process (SipHash-1-3 for byte strings, a keyed mix for fixed-size values). */
public final class SeededHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long K0;
    private static final long K1;

    static {
        SecureRandom random = new SecureRandom();
        K0 = random.nextLong();
        K1 = random.nextLong();
    }

    private SeededHash() {}

    /** SipHash-1-3 of {@code data[from..to)}, folded to 32 bits. */
    public static int of(byte[] data, int from, int to) {
        long v0 = K0 ^ 0x736f6d6570736575L;
        long v1 = K1 ^ 0x646f72616e646f6dL;
        long v2 = K0 ^ 0x6c7967656e657261L;
        long v3 = K1 ^ 0x7465646279746573L;
        int length = to - from;
        int end = from + (length & ~7);
        for (int i = from; i <= end; i += 8) {
            long m = i < end ? (long) LONG.get(data, i) : tail(data, end, to, length);
            v3 ^= m;
            {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        v2 ^= 0xff;
        for (int round = 0; round < 3; round++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        long h = v0 ^ v1 ^ v2 ^ v3;
        return (int) (h ^ h >>> 32);
    }

    private static long tail(byte[] data, int at, int to, int length) {
        long m = (long) length << 56;
        for (int shift = 0; at < to; at++, shift += 8) {
            m |= (data[at] & 0xffL) << shift;
        }
        return m;
    }

    /** A keyed 64-bit mix of two words; not for more than a few words of attacker-chosen data. */
    public static long mix(long a, long b) {
        long high = Math.multiplyHigh(a ^ K0, b ^ K1);
        long low = (a ^ K0) * (b ^ K1);
        long h = (high ^ low ^ a) * 0x9e3779b97f4a7c15L;
        return h ^ h >>> 32;
    }

    public static int mix32(long a, long b) {
        long h = mix(a, b);
        return (int) (h ^ h >>> 29);
    }
}
