package dev.tandem.script.opaque;

/**
 * Estimates how many different elements were added (HyperLogLog, Flajolet et al. 2007, with the constants and the
 * small-range correction of Zeek's CardinalityCounter.cc). Elements come as 64-bit hashes, which must be alike on all
 * nodes whose counters are merged.
 */
public final class CardinalityCounter {
    /** 16 MB: an error margin of about 0.05 %. */
    private static final int MOST_BUCKET_BITS = 24;

    private static final int FEWEST_BUCKET_BITS = 4;

    private final byte[] buckets;
    private final int bucketBits;
    private int emptyBuckets;

    private CardinalityCounter(byte[] buckets, int emptyBuckets) {
        this.buckets = buckets;
        this.bucketBits = Integer.numberOfTrailingZeros(buckets.length);
        this.emptyBuckets = emptyBuckets;
    }

    /**
     * A counter whose estimate is, with probability {@code confidence}, off by no more than {@code errorMargin}.
     *
     * @param errorMargin e.g. 0.01 for one percent
     * @param confidence 0 to 1
     * @throws IllegalArgumentException if that takes fewer than 16 buckets or more than 2^24
     */
    public static CardinalityCounter of(double errorMargin, double confidence) {
        return ofBuckets(bucketBits(errorMargin, confidence));
    }

    private static CardinalityCounter ofBuckets(int bits) {
        return new CardinalityCounter(new byte[1 << bits], 1 << bits);
    }

    static int bucketBits(double errorMargin, double confidence) {
        if (!(errorMargin > 0) || !(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(
                    "no counter with an error margin of " + errorMargin + " at a confidence of " + confidence);
        }
        // For one standard deviation; every bit more halves the variance.
        double oneDeviation = 2 * (Math.log(1.04) - Math.log(errorMargin)) / Math.log(2);
        int bits = (int) Math.floor(oneDeviation);
        double deviations;
        do {
            bits++;
            deviations = Math.pow(2, (bits - oneDeviation) / 2);
        } while (ErrorFunction.erf(deviations / Math.sqrt(2)) < confidence && bits <= MOST_BUCKET_BITS);
        if (bits < FEWEST_BUCKET_BITS || bits > MOST_BUCKET_BITS) {
            throw new IllegalArgumentException("an error margin of " + errorMargin + " needs 2^" + bits
                    + " buckets, not 2^" + FEWEST_BUCKET_BITS + " to 2^" + MOST_BUCKET_BITS);
        }
        return bits;
    }

    /** How many buckets; counters can be merged when they have equally many. */
    public int bucketCount() {
        return buckets.length;
    }

    public void add(long hash) {
        int index = (int) hash & (buckets.length - 1);
        if (buckets[index] == 0) {
            emptyBuckets--;
        }
        int rank = Long.numberOfLeadingZeros(hash >>> bucketBits) - bucketBits + 1;
        if (rank > buckets[index]) {
            buckets[index] = (byte) rank;
        }
    }

    /** The estimated number of different elements. */
    public double estimate() {
        double count = buckets.length;
        double harmonic = 0;
        for (byte bucket : buckets) {
            harmonic += Math.scalb(1.0, -bucket);
        }
        double raw = alpha() * count * count * (1 / harmonic);
        if (raw <= 5.0 * (count / 2.0) && emptyBuckets > 0) {
            return count * Math.log(count / emptyBuckets);
        }
        return raw <= 0x1p64 / 30 ? raw : -0x1p64 * Math.log(1 - raw / 0x1p64);
    }

    private double alpha() {
        return switch (buckets.length) {
            case 16 -> 0.673;
            case 32 -> 0.697;
            case 64 -> 0.709;
            default -> 0.7213 / (1 + 1.079 / buckets.length);
        };
    }

    /** Adds all elements of {@code other}; false, and nothing done, if it has another number of buckets. */
    public boolean merge(CardinalityCounter other) {
        if (other.buckets.length != buckets.length) {
            return false;
        }
        emptyBuckets = 0;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = (byte) Math.max(buckets[i], other.buckets[i]);
            if (buckets[i] == 0) {
                emptyBuckets++;
            }
        }
        return true;
    }

    /** A counter of the same elements that goes its own way from here. */
    public CardinalityCounter copy() {
        return new CardinalityCounter(buckets.clone(), emptyBuckets);
    }
}
