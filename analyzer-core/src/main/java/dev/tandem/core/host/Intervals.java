package dev.tandem.core.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values a key had when, by a table that is read now and then: a value was there from when it was first read at the
 * latest, and is gone by when it was missed. What is gone is known for a while yet: of what it did may be heard later.
 */
final class Intervals<K, V> {
    /** One value of a key. Times are the host's clock; {@code until} is infinity while it is there. */
    static final class Span<V> {
        final V value;
        double since;
        double until = Double.POSITIVE_INFINITY;

        Span(V value, double since) {
            this.value = value;
            this.since = since;
        }
    }

    private final Map<K, List<Span<V>>> spans = new HashMap<>();
    private final int most;
    private long forgotten;

    Intervals(int most) {
        this.most = most;
    }

    void added(K key, V value, double at) {
        List<Span<V>> all = spans.get(key);
        if (all == null) {
            if (spans.size() >= most) {
                forgotten++;
                return;
            }
            all = new ArrayList<>(1);
            spans.put(key, all);
        }
        for (Span<V> s : all) {
            if (s.value.equals(value) && Double.isInfinite(s.until)) {
                return;
            }
        }
        all.add(new Span<>(value, at));
    }

    void removed(K key, V value, double at) {
        for (Span<V> s : of(key)) {
            if (s.value.equals(value) && Double.isInfinite(s.until)) {
                s.until = at;
            }
        }
    }

    /** All that the key had, oldest first. */
    List<Span<V>> of(K key) {
        List<Span<V>> all = spans.get(key);
        return all == null ? List.of() : all;
    }

    /** What was there at a time between the two. */
    List<V> between(K key, double from, double to) {
        List<Span<V>> all = of(key);
        if (all.isEmpty()) {
            return List.of(); // asked for each connection of each pairing, and mostly nothing is there
        }
        List<V> found = new ArrayList<>(2);
        for (Span<V> s : all) {
            if (s.since <= to && s.until >= from && !found.contains(s.value)) {
                found.add(s.value);
            }
        }
        return found;
    }

    /** Forgets what was gone before a time. */
    void expire(double before) {
        spans.values().removeIf(all -> {
            all.removeIf(s -> s.until < before);
            return all.isEmpty();
        });
    }

    int size() {
        return spans.size();
    }

    long forgotten() {
        return forgotten;
    }
}
