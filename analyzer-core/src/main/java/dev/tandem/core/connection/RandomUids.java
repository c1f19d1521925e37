package dev.tandem.core.connection;

import java.security.SecureRandom;

/** Unique ids that nobody can guess and no other run gives: a counter, mixed with a random key (SplitMix64's finish). */
public final class RandomUids implements ConnectionUid.Source {
    private final long key;
    private long counter;

    public RandomUids() {
        SecureRandom random = new SecureRandom();
        key = random.nextLong();
        counter = random.nextLong();
    }

    /** The same ids for the same seed: for tests. */
    public RandomUids(long seed) {
        key = seed * 0x9e3779b97f4a7c15L;
    }

    @Override
    public long next() {
        counter += 0x9e3779b97f4a7c15L;
        long z = counter ^ key;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
