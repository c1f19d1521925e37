package dev.tandem.core.connection;

import dev.tandem.core.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How Zeek writes unique ids: a letter and base 62, least digit first (zeek {@code src/UID.cc}, {@code src/util.cc}). */
public final class ConnectionUid {
    private static final byte[] DIGITS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(StandardCharsets.ISO_8859_1);
    private static final int BASE = 62;

    /** Of 64 bits. */
    private static final int MOST_DIGITS = 11;

    /** Supplies 64 bits at a time. Engine thread. */
    @FunctionalInterface
    public interface Source {
        long next();
    }

    private ConnectionUid() {}

    /**
     * A new id.
     *
     * @param bits how many, at most 128
     */
    public static Bytes next(String prefix, int bits, Source source) {
        int at = prefix.length();
        byte[] out = new byte[at + 2 * MOST_DIGITS];
        for (int i = 0; i < at; i++) {
            out[i] = (byte) prefix.charAt(i);
        }
        int most = Math.min(bits, 128);
        int words = (most + 63) / 64;
        int partial = most % 64;
        for (int i = 0; i < 2; i++) {
            long word = i < words ? source.next() : 0;
            if (i == 0 && partial != 0) {
                word >>>= 64 - partial;
            }
            at = digits(out, at, word);
        }
        return Bytes.wrap(Arrays.copyOf(out, at));
    }

    /** Writes a word at {@code out[at]}; returns the index behind it. */
    private static int digits(byte[] out, int at, long word) {
        long rest = word;
        int end = at;
        do {
            out[end++] = DIGITS[(int) Long.remainderUnsigned(rest, BASE)];
            rest = Long.divideUnsigned(rest, BASE);
        } while (rest != 0);
        return end;
    }
}
