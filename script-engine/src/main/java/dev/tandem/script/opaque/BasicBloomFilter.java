package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/** A {@link BloomFilter} of one bit per cell. */
public final class BasicBloomFilter implements BloomFilter {
    private static final double LN2 = Math.log(2);

    private final HashFamily hashes;
    private final BitPages bits;

    BasicBloomFilter(HashFamily hashes, BitPages bits) {
        this.hashes = hashes;
        this.bits = bits;
    }

    /**
     * The smallest filter that holds {@code capacity} keys with at most the given rate of false claims.
     *
     * @param falsePositiveRate above 0, at most 1
     * @throws IllegalArgumentException if the rate is out of range or the filter too large
     */
    public static BasicBloomFilter forCapacity(double falsePositiveRate, long capacity, HashSeed seed) {
        if (!(falsePositiveRate > 0 && falsePositiveRate <= 1)) {
            throw new IllegalArgumentException("false-positive rate not above 0 and at most 1: " + falsePositiveRate);
        }
        long cells = Math.max(1, optimalCells(falsePositiveRate, capacity));
        return ofCells(Math.max(1, optimalFunctions(cells, capacity)), cells, seed);
    }

    static long optimalCells(double falsePositiveRate, long capacity) {
        return (long) Math.ceil(-(unsigned(capacity) * Math.log(falsePositiveRate) / LN2 / LN2));
    }

    static long optimalFunctions(long cells, long capacity) {
        return capacity == 0 ? 1 : (long) Math.ceil(cells / unsigned(capacity) * LN2);
    }

    private static double unsigned(long count) {
        return count >= 0 ? count : 0x1p64 + count;
    }

    /**
     * A filter of {@code cells} bits and {@code functions} hash functions.
     *
     * @throws IllegalArgumentException if either is below 1 or too large
     */
    public static BasicBloomFilter ofCells(long functions, long cells, HashSeed seed) {
        return new BasicBloomFilter(HashFamily.of(functions, seed, false), new BitPages(cells));
    }

    @Override
    public void add(Bytes key) {
        for (long cell : hashes.cellsOf(key, bits.size())) {
            bits.put(cell, true);
        }
    }

    @Override
    public boolean decrement(Bytes key) {
        return false;
    }

    @Override
    public long count(Bytes key) {
        for (long cell : hashes.cellsOf(key, bits.size())) {
            if (!bits.get(cell)) {
                return 0;
            }
        }
        return 1;
    }

    @Override
    public void clear() {
        bits.clear();
    }

    @Override
    public boolean isEmpty() {
        return bits.isZero();
    }

    @Override
    public BasicBloomFilter copy() {
        return new BasicBloomFilter(hashes, new BitPages(bits));
    }

    @Override
    public @Nullable BasicBloomFilter mergedWith(BloomFilter other) {
        if (!(other instanceof BasicBloomFilter basic) || !compatible(basic)) {
            return null;
        }
        BasicBloomFilter merged = copy();
        merged.bits.or(basic.bits);
        return merged;
    }

    @Override
    public @Nullable BasicBloomFilter intersectedWith(BloomFilter other) {
        if (!(other instanceof BasicBloomFilter basic) || !compatible(basic)) {
            return null;
        }
        BasicBloomFilter common = copy();
        common.bits.and(basic.bits);
        return common;
    }

    private boolean compatible(BasicBloomFilter other) {
        return hashes.equals(other.hashes) && bits.size() == other.bits.size();
    }

    @Override
    public String internalState() {
        return Long.toUnsignedString(bits.fingerprint());
    }
}
