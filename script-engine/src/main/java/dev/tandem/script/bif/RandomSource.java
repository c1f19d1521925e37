package dev.tandem.script.bif;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers and unique ids of one engine. With a seed everything repeats from run to run, and rand() gives the numbers
 * Zeek gives in its deterministic mode (Lehmer's generator, {@code src/util.cc}). Engine thread.
 */
public final class RandomSource {
    private static final long MODULUS = 2147483647;
    private static final long MULTIPLIER = 16807;
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    /** Pool of ids that scripts ask for without naming one. */
    static final long SCRIPT_POOL = 2;

    private final @Nullable SecureRandom random;
    private final long idSeed;
    private final Map<Long, Long> idsPerPool = new HashMap<>();
    private long state;

    /** Unpredictable. */
    public RandomSource() {
        random = new SecureRandom();
        idSeed = 0;
        state = 1L + random.nextInt((int) MODULUS - 1);
    }

    /** Repeatable: the number that a seed file begins with. */
    public RandomSource(long seed) {
        random = null;
        idSeed = seed;
        seed(seed);
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
     * The next id of a pool in base 62, the least digit first.
     *
     * @param bits its length, at most 128
     */
    public String uniqueId(long pool, int bits) {
        long n = idsPerPool.merge(pool, 1L, Long::sum);
        StringBuilder id = new StringBuilder(24);
        int limited = Math.min(bits, 128);
        int words = (limited + 63) / 64;
        int extra = limited % 64;
        for (int word = 0; word < words; word++) {
            long value = random != null ? random.nextLong() : repeatable(pool, 2 * n + word);
            append(id, word == 0 && extra != 0 ? value >>> 64 - extra : value);
        }
        return id.toString();
    }

    private long repeatable(long pool, long n) {
        long z = idSeed * 0x9e3779b97f4a7c15L + pool * 0xd1342543de82ef95L + n * 0xaf251af3b0f025b5L;
        for (int round = 0; round < 3; round++) {
            z = (z ^ z >>> 31) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 29) * 0x94d049bb133111ebL;
        }
        return z ^ z >>> 32;
    }

    private static void append(StringBuilder out, long value) {
        long rest = value;
        do {
            out.append(DIGITS.charAt((int) Long.remainderUnsigned(rest, 62)));
            rest = Long.divideUnsigned(rest, 62);
        } while (rest != 0);
    }
}
