package dev.tandem.logwriters;

import java.nio.charset.StandardCharsets;

/**
 * How a log format writes a string. Most strings are plain: {@link #plainEnd} finds how much may be copied, and only the
 * rest goes through {@link #escape}.
 */
abstract class ByteEscaper {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private final boolean[] special = new boolean[256];

    /** Marks everything but printable ASCII as special. */
    ByteEscaper() {
        for (int i = 0; i < 256; i++) {
            special[i] = i < 0x20 || i > 0x7e;
        }
    }

    final void markSpecial(int value) {
        special[value] = true;
    }

    /** The index of the first byte that needs a look, or {@code to}. */
    final int plainEnd(byte[] in, int from, int to) {
        boolean[] table = special;
        int i = from;
        while (i < to && !table[in[i] & 0xff]) {
            i++;
        }
        return i;
    }

    /** The most bytes that one byte can become. */
    abstract int worstCase();

    /**
     * Writes {@code in[from..to)} at {@code out[at]}, which has room for {@link #worstCase} times as much.
     *
     * @return the index behind what was written
     */
    abstract int escape(byte[] in, int from, int to, byte[] out, int at);

    static int hex(int value, byte[] out, int at) {
        out[at] = HEX[value >>> 4 & 0xf];
        out[at + 1] = HEX[value & 0xf];
        return at + 2;
    }

    static boolean isPrintable(byte value) {
        return value >= 0x20 && value < 0x7f;
    }
}
