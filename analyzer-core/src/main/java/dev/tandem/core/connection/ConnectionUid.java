package dev.tandem.core.connection;

import dev.tandem.core.value.Bytes;

/** How Zeek writes unique ids: a letter and base 62, least digit first (zeek {@code src/UID.cc}, {@code src/util.cc}). */
public final class ConnectionUid {
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int BASE = 62;

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
        StringBuilder out = new StringBuilder(24).append(prefix);
        int most = Math.min(bits, 128);
        int words = (most + 63) / 64;
        int partial = most % 64;
        for (int i = 0; i < 2; i++) {
            long word = i < words ? source.next() : 0;
            if (i == 0 && partial != 0) {
                word >>>= 64 - partial;
            }
            digits(out, word);
        }
        return Bytes.latin1(out.toString());
    }

    private static void digits(StringBuilder out, long word) {
        long rest = word;
        do {
            out.append(DIGITS.charAt((int) Long.remainderUnsigned(rest, BASE)));
            rest = Long.divideUnsigned(rest, BASE);
        } while (rest != 0);
    }
}
