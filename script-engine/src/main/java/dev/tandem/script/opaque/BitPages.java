package dev.tandem.script.opaque;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bits by the billion, of which only the pages that hold a one take memory: scripts may ask for filters far larger than
 * what they put in.
 */
final class BitPages {
    /** Largest number of bits: 32 GB, if all pages were used. */
    static final long LARGEST = 1L << 38;

    private static final int PAGE_BITS_LOG2 = 16;
    private static final int PAGE_WORDS = 1 << (PAGE_BITS_LOG2 - 6);
    private static final long[] ZEROES = new long[PAGE_WORDS];

    private final long size;
    private final long[] @Nullable [] pages;

    BitPages(long size) {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("a filter has 1 to " + LARGEST + " bits, not " + size);
        }
        this.size = size;
        this.pages = new long[(int) ((size - 1) >>> PAGE_BITS_LOG2) + 1][];
    }

    BitPages(BitPages original) {
        this.size = original.size;
        this.pages = new long[original.pages.length][];
        for (int i = 0; i < pages.length; i++) {
            long[] page = original.pages[i];
            pages[i] = page == null ? null : page.clone();
        }
    }

    long size() {
        return size;
    }

    boolean get(long bit) {
        long[] page = pages[(int) (bit >>> PAGE_BITS_LOG2)];
        return page != null && (page[wordInPage(bit)] >>> bit & 1) != 0;
    }

    void put(long bit, boolean one) {
        int index = (int) (bit >>> PAGE_BITS_LOG2);
        long[] page = pages[index];
        if (page == null) {
            if (!one) {
                return;
            }
            page = new long[PAGE_WORDS];
            pages[index] = page;
        }
        if (one) {
            page[wordInPage(bit)] |= 1L << bit;
        } else {
            page[wordInPage(bit)] &= ~(1L << bit);
        }
    }

    private static int wordInPage(long bit) {
        return (int) (bit >>> 6) & (PAGE_WORDS - 1);
    }

    /** {@code width} bits, 1 to 64, from {@code bit} on, the lowest first. */
    long field(long bit, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            if (get(bit + i)) {
                value |= 1L << i;
            }
        }
        return value;
    }

    void putField(long bit, int width, long value) {
        for (int i = 0; i < width; i++) {
            put(bit + i, (value >>> i & 1) != 0);
        }
    }

    /** Adds the ones of {@code other}, of the same size. */
    void or(BitPages other) {
        for (int i = 0; i < pages.length; i++) {
            long[] theirs = other.pages[i];
            long[] mine = pages[i];
            if (mine == null) {
                pages[i] = theirs == null ? null : theirs.clone();
            } else if (theirs != null) {
                for (int word = 0; word < PAGE_WORDS; word++) {
                    mine[word] |= theirs[word];
                }
            }
        }
    }

    /** Keeps the ones that {@code other}, of the same size, has too. */
    void and(BitPages other) {
        for (int i = 0; i < pages.length; i++) {
            long[] theirs = other.pages[i];
            long[] mine = pages[i];
            if (theirs == null) {
                pages[i] = null;
            } else if (mine != null) {
                for (int word = 0; word < PAGE_WORDS; word++) {
                    mine[word] &= theirs[word];
                }
            }
        }
    }

    void clear() {
        Arrays.fill(pages, null);
    }

    boolean isZero() {
        for (long[] page : pages) {
            if (page != null && !Arrays.equals(page, ZEROES)) {
                return false;
            }
        }
        return true;
    }

    /** The first eight bytes of the SHA-256 of all words, as Zeek shows a filter's state (BitVector.cc, Hash). */
    long fingerprint() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
        long words = (size + 63) >>> 6;
        byte[] bytes = new byte[Long.BYTES];
        for (long word = 0; word < words; word++) {
            long[] page = pages[(int) (word >>> (PAGE_BITS_LOG2 - 6))];
            long value = page == null ? 0 : page[(int) word & (PAGE_WORDS - 1)];
            for (int i = 0; i < Long.BYTES; i++) {
                bytes[i] = (byte) (value >>> (8 * i));
            }
            digest.update(bytes);
        }
        byte[] hash = digest.digest();
        long first = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            first = first << 8 | hash[i] & 0xff;
        }
        return first;
    }
}
