package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BloomFilter} of one counter per cell. A counter that has reached its largest value stays there, so that too
 * many additions make later decrements forget too much.
 */
public final class CountingBloomFilter implements BloomFilter {
    private final HashFamily hashes;
    private final BitPages bits;
    private final long cells;
    private final int width;

    private CountingBloomFilter(HashFamily hashes, BitPages bits, long cells, int width) {
        this.hashes = hashes;
        this.bits = bits;
        this.cells = cells;
        this.width = width;
    }

    /**
     * A filter of {@code cells} counters and {@code functions} hash functions.
     *
     * @param max largest count, unsigned and not 0; counters are as many bits wide as it has
     * @throws IllegalArgumentException if a parameter is 0, or the filter too large
     */
    public static CountingBloomFilter of(long functions, long cells, long max, HashSeed seed) {
        if (max == 0) {
            throw new IllegalArgumentException("a largest count of 0");
        }
        int width = Long.SIZE - Long.numberOfLeadingZeros(max);
        if (cells < 1 || cells > BitPages.LARGEST / width) {
            throw new IllegalArgumentException("a filter cannot have " + Long.toUnsignedString(cells) + " counters");
        }
        return new CountingBloomFilter(HashFamily.of(functions, seed, true), new BitPages(cells * width), cells, width);
    }

    private long counter(long cell) {
        return bits.field(cell * width, width);
    }

    private void setCounter(long cell, long value) {
        bits.putField(cell * width, width, value);
    }

    private long largest() {
        return -1L >>> (Long.SIZE - width);
    }

    @Override
    public void add(Bytes key) {
        for (long cell : hashes.cellsOf(key, cells)) {
            long counter = counter(cell);
            if (counter != largest()) {
                setCounter(cell, counter + 1);
            }
        }
    }

    /** As in Zeek a key whose functions share a cell counts that cell down more than once, also beyond 0. */
    @Override
    public boolean decrement(Bytes key) {
        if (count(key) == 0) {
            return false;
        }
        for (long cell : hashes.cellsOf(key, cells)) {
            setCounter(cell, counter(cell) - 1);
        }
        return true;
    }

    @Override
    public long count(Bytes key) {
        long least = -1;
        for (long cell : hashes.cellsOf(key, cells)) {
            long counter = counter(cell);
            if (Long.compareUnsigned(counter, least) < 0) {
                least = counter;
            }
        }
        return least;
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
    public CountingBloomFilter copy() {
        return new CountingBloomFilter(hashes, new BitPages(bits), cells, width);
    }

    @Override
    public @Nullable CountingBloomFilter mergedWith(BloomFilter other) {
        if (!(other instanceof CountingBloomFilter counting) || !compatible(counting) || width != counting.width) {
            return null;
        }
        CountingBloomFilter merged = copy();
        for (long cell = 0; cell < cells; cell++) {
            long theirs = counting.counter(cell);
            if (theirs != 0) {
                long mine = counter(cell);
                boolean overflows = Long.compareUnsigned(theirs, largest() - mine) > 0;
                merged.setCounter(cell, overflows ? largest() : mine + theirs);
            }
        }
        return merged;
    }

    @Override
    public @Nullable BasicBloomFilter intersectedWith(BloomFilter other) {
        if (!(other instanceof CountingBloomFilter counting) || !compatible(counting)) {
            return null;
        }
        BitPages common = new BitPages(cells);
        for (long cell = 0; cell < cells; cell++) {
            if (countsAsHeld(cell) && counting.countsAsHeld(cell)) {
                common.put(cell, true);
            }
        }
        return new BasicBloomFilter(hashes, common);
    }

    /**
     * Zeek looks at the second bit of a counter only (CounterVector.cc, ToBitVector), so that what was added once is
     * not in an intersection; kept, as scripts see it.
     */
    private boolean countsAsHeld(long cell) {
        return width == 1 ? bits.get(cell) : bits.get(cell * width + 1);
    }

    private boolean compatible(CountingBloomFilter other) {
        return hashes.equals(other.hashes) && cells == other.cells;
    }

    @Override
    public String internalState() {
        return Long.toUnsignedString(bits.fingerprint());
    }
}
