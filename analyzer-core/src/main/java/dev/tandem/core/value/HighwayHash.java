package dev.tandem.core.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * HighwayHash with 128 bits of result: a keyed hash (J. Alakuijala, B. Cox, J. Wassenberg, "Fast keyed hash/pseudo-random
 * function using SIMD multiply and permute", arXiv 1612.06257). Not for many threads.
 */
public final class HighwayHash {
    private static final int PACKET = 32;
    private static final long[] INIT_0 = {
        0xdbe6d5d5fe4cce2fL, 0xa4093822299f31d0L, 0x13198a2e03707344L, 0x243f6a8885a308d3L
    };
    private static final long[] INIT_1 = {
        0x3bd39e10cb0ef593L, 0xc0acf169b5f18a8cL, 0xbe5466cf34e90c6cL, 0x452821e638d01377L
    };

    private final long[] key;
    private final long[] v0 = new long[4];
    private final long[] v1 = new long[4];
    private final long[] mul0 = new long[4];
    private final long[] mul1 = new long[4];

    /** @param key four words */
    public HighwayHash(long[] key) {
        this.key = key.clone();
    }

    /** Two words. */
    public long[] hash128(byte[] data) {
        reset();
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (; at + PACKET <= data.length; at += PACKET) {
            update(in, at);
        }
        if (at < data.length) {
            remainder(data, at, data.length - at);
        }
        for (int i = 0; i < 6; i++) {
            permuteAndUpdate();
        }
        return new long[] {v0[0] + mul0[0] + v1[2] + mul1[2], v0[1] + mul0[1] + v1[3] + mul1[3]};
    }

    private void reset() {
        for (int i = 0; i < 4; i++) {
            mul0[i] = INIT_0[i];
            mul1[i] = INIT_1[i];
            v0[i] = INIT_0[i] ^ key[i];
            v1[i] = INIT_1[i] ^ (key[i] >>> 32 | key[i] << 32);
        }
    }

    private void update(ByteBuffer in, int at) {
        update(in.getLong(at), in.getLong(at + 8), in.getLong(at + 16), in.getLong(at + 24));
    }

    private void update(long a, long b, long c, long d) {
        lane(0, a);
        lane(1, b);
        lane(2, c);
        lane(3, d);
        zipper(v0, v1[1], v1[0], 0);
        zipper(v0, v1[3], v1[2], 2);
        zipper(v1, v0[1], v0[0], 0);
        zipper(v1, v0[3], v0[2], 2);
    }

    private void lane(int i, long word) {
        v1[i] += mul0[i] + word;
        mul0[i] ^= (v1[i] & 0xffffffffL) * (v0[i] >>> 32);
        v0[i] += mul1[i];
        mul1[i] ^= (v0[i] & 0xffffffffL) * (v1[i] >>> 32);
    }

    /** Spreads the bytes of two words over two others. */
    private static void zipper(long[] to, long high, long low, int at) {
        to[at] += (low & 0xff000000L | high & 0xff00000000L) >>> 24
                | (low & 0xff0000000000L | high & 0xff000000000000L) >>> 16
                | low & 0xff0000L
                | (low & 0xff00L) << 32
                | (high & 0xff00000000000000L) >>> 8
                | low << 56;
        to[at + 1] += (high & 0xff000000L | low & 0xff00000000L) >>> 24
                | high & 0xff0000L
                | (high & 0xff0000000000L) >>> 16
                | (high & 0xff00L) << 24
                | (low & 0xff000000000000L) >>> 8
                | (high & 0xffL) << 48
                | low & 0xff00000000000000L;
    }

    private void permuteAndUpdate() {
        update(swapped(v0[2]), swapped(v0[3]), swapped(v0[0]), swapped(v0[1]));
    }

    private static long swapped(long v) {
        return v >>> 32 | v << 32;
    }

    /** The last bytes, fewer than a packet. */
    private void remainder(byte[] data, int at, int size) {
        for (int i = 0; i < 4; i++) {
            v0[i] += ((long) size << 32) + size;
            int high = Integer.rotateLeft((int) (v1[i] >>> 32), size);
            int low = Integer.rotateLeft((int) v1[i], size);
            v1[i] = (long) high << 32 | low & 0xffffffffL;
        }
        byte[] packet = new byte[PACKET];
        int whole = size & ~3;
        int rest = size & 3;
        System.arraycopy(data, at, packet, 0, whole);
        if ((size & 16) != 0) {
            System.arraycopy(data, at + size - 4, packet, 28, 4);
        } else if (rest != 0) {
            packet[16] = data[at + whole];
            packet[17] = data[at + whole + (rest >>> 1)];
            packet[18] = data[at + whole + rest - 1];
        }
        update(ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN), 0);
    }
}
