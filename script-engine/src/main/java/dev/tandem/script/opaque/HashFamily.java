package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;

/**
 * The hash functions of a Bloom filter (Zeek Hasher.cc). Filters can be merged when their families are equal.
 *
 * @param size how many functions, 1 to {@link #LARGEST}
 * @param independent whether each is a function of its own; otherwise all are combinations of two
 */
record HashFamily(int size, HashSeed seed, boolean independent) {
    private static final int LARGEST = 1 << 16;

    HashFamily {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("a Bloom filter has 1 to " + LARGEST + " hash functions, not " + size);
        }
    }

    static HashFamily of(long size, HashSeed seed, boolean independent) {
        return new HashFamily(Math.clamp(size, 0, LARGEST + 1), seed, independent);
    }

    /** For each function, the cell out of {@code cells} that {@code key} belongs to; the same cell may come twice. */
    long[] cellsOf(Bytes key, long cells) {
        long[] hashes = new long[size];
        if (independent) {
            for (int i = 0; i < size; i++) {
                hashes[i] = Long.remainderUnsigned(seed.hash(i + 1, key), cells);
            }
        } else {
            long first = seed.hash(1, key);
            long second = seed.hash(2, key);
            for (int i = 0; i < size; i++) {
                hashes[i] = Long.remainderUnsigned(first + i * second, cells);
            }
        }
        return hashes;
    }
}
