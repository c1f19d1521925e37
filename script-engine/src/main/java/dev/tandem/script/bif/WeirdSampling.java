package dev.tandem.script.bif;

import dev.tandem.core.engine.EngineSettings;
import java.util.HashMap;
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
    private EngineSettings settings = new EngineSettings();

    /** The limits are those of an engine from now on, so that its own oddities are told as often as those of scripts. */
    public void use(EngineSettings engine) {
        settings = engine;
    }

    /**
     * Whether one more is told.
     *
     * @param who what the count is kept for besides the name: a connection, a pair of addresses; null for the network
     * @param now network time
     */
    public boolean permits(String name, @org.jspecify.annotations.Nullable Object who, double now) {
        if (settings.weirdSamplingWhitelist.contains(name)) {
            return true;
        }
        Object key = who == null || settings.weirdSamplingGlobalList.contains(name) ? name : Map.entry(name, who);
        Count count = counts.computeIfAbsent(key, k -> new Count());
        if (count.seen == 0 || now >= count.until) {
            expire(now);
            counts.put(key, count);
            count.seen = 0;
            count.until = now + settings.weirdSamplingDuration;
        }
        count.seen++;
        if (count.seen <= settings.weirdSamplingThreshold) {
            return true;
        }
        long rate = settings.weirdSamplingRate;
        return rate > 0 && (count.seen - settings.weirdSamplingThreshold) % rate == 0;
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
        return settings.weirdSamplingWhitelist;
    }

    /** Names that are counted for the whole network. */
    Set<String> global() {
        return settings.weirdSamplingGlobalList;
    }

    long threshold() {
        return settings.weirdSamplingThreshold;
    }

    void threshold(long newThreshold) {
        settings.weirdSamplingThreshold = newThreshold;
    }

    long rate() {
        return settings.weirdSamplingRate;
    }

    void rate(long newRate) {
        settings.weirdSamplingRate = newRate;
    }

    double seconds() {
        return settings.weirdSamplingDuration;
    }

    void seconds(double newSeconds) {
        settings.weirdSamplingDuration = newSeconds;
    }
}
