package dev.tandem.script.bif;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many of the same oddity are told: the first few within a while, then every so manieth (Zeek {@code src/Reporter.cc}).
 * One per engine; engine thread.
 */
public final class WeirdSampling {
    private static final class Count {
        long seen;
        double until;
    }

    private final Map<Object, Count> counts = new HashMap<>();
    private final Set<String> always = new HashSet<>();
    private final Set<String> global = new HashSet<>();
    private long threshold = 25;
    private long rate = 1000;
    private double seconds = 600;

    /**
     * Whether one more is told.
     *
     * @param who what the count is kept for besides the name: a connection, a pair of addresses; null for the network
     * @param now network time
     */
    public boolean permits(String name, @org.jspecify.annotations.Nullable Object who, double now) {
        if (always.contains(name)) {
            return true;
        }
        Object key = who == null || global.contains(name) ? name : Map.entry(name, who);
        Count count = counts.computeIfAbsent(key, k -> new Count());
        if (count.seen == 0 || now >= count.until) {
            expire(now);
            counts.put(key, count);
            count.seen = 0;
            count.until = now + seconds;
        }
        count.seen++;
        if (count.seen <= threshold) {
            return true;
        }
        return rate > 0 && (count.seen - threshold) % rate == 0;
    }

    private void expire(double now) {
        if (counts.size() > LIMIT) {
            counts.values().removeIf(c -> now >= c.until);
        }
    }

    /** So many counts are kept before old ones are looked for. */
    private static final int LIMIT = 10_000;

    /** Names that are always told. */
    Set<String> always() {
        return always;
    }

    /** Names that are counted for the whole network. */
    Set<String> global() {
        return global;
    }

    long threshold() {
        return threshold;
    }

    void threshold(long newThreshold) {
        threshold = newThreshold;
    }

    long rate() {
        return rate;
    }

    void rate(long newRate) {
        rate = newRate;
    }

    double seconds() {
        return seconds;
    }

    void seconds(double newSeconds) {
        seconds = newSeconds;
    }
}
