package dev.tandem.script.bif;

import dev.tandem.core.connection.ConnectionUid;
import dev.tandem.core.connection.UidPool;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import java.util.HashMap;
import java.util.Map;

/**
 * Random numbers and unique ids of one engine. With chosen seeds everything repeats from run to run and is what Zeek gives
 * for them: rand() by Lehmer's generator, ids by pool ({@code src/util.cc}). Engine thread.
 */
public final class RandomSource {
    private static final long MODULUS = 2147483647;
    private static final long MULTIPLIER = 16807;

    private final Seeds seeds;
    private final int idSpace;
    private final Map<Long, UidPool> pools = new HashMap<>();
    private long state;

    public RandomSource(Seeds seeds) {
        this(seeds, 0);
    }

    /** @param idSpace one of several engines with the same seeds, so that their ids differ */
    public RandomSource(Seeds seeds, int idSpace) {
        this.seeds = seeds;
        this.idSpace = idSpace;
        seed(seeds.first());
    }

    public Seeds seeds() {
        return seeds;
    }

    /** Begins a sequence of {@link #next} anew. */
    public void seed(long seed) {
        long s = (seed & 0xffff_ffffL) % MODULUS;
        state = s == 0 ? 1 : s;
    }

    /** The next of the sequence, 1 to 2147483646. */
    public long next() {
        state = state * MULTIPLIER % MODULUS;
        return state;
    }

    /** 0 to {@code max} - 1; 0 when max is 0. */
    public long below(long max) {
        double scaled = ConversionFunctions.countToDouble(max) * next() / MODULUS;
        return (long) scaled;
    }

    /**
     * A new id.
     *
     * @param pool see {@link UidPool}
     * @param bits its length, at most 128
     */
    public Bytes uniqueId(String prefix, long pool, int bits) {
        return ConnectionUid.next(prefix, bits, pools.computeIfAbsent(pool, p -> UidPool.of(seeds, p, idSpace)));
    }
}
