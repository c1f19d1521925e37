package dev.tandem.script.opaque;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent elements of a stream, in constant memory: the Space-Saving algorithm (Metwally, Agrawal, El Abbadi
 * 2005) as Zeek's Topk.cc reads it. Elements with equal counts share a bucket, in the order in which they came there;
 * buckets form a list by ascending count. When all places are taken, a new element takes that of the element that has
 * been in the lowest bucket longest, and its count, remembering as its epsilon how much of that is borrowed.
 *
 * @param <K> elements, told apart by equals
 */
public final class TopK<K> {
    private static final class Element<K> {
        final K value;
        long epsilon;
        Bucket<K> bucket;

        Element(K value, Bucket<K> bucket) {
            this.value = value;
            this.bucket = bucket;
        }
    }

    private static final class Bucket<K> {
        final long count;
        final LinkedHashSet<Element<K>> elements = new LinkedHashSet<>();

        @Nullable
        Bucket<K> lower;

        @Nullable
        Bucket<K> higher;

        Bucket(long count) {
            this.count = count;
        }
    }

    private final long size;
    private final Map<K, Element<K>> elements = new HashMap<>();
    private @Nullable Bucket<K> lowest;
    private @Nullable Bucket<K> highest;
    private boolean pruned;

    /**
     * @param size how many elements to track
     * @throws IllegalArgumentException if that is below 1
     */
    public TopK(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("top-k of " + size + " elements");
        }
        this.size = size;
    }

    /** How many elements are tracked at most, unless merging without pruning added some. */
    public long size() {
        return size;
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Whether elements were dropped after a merge, so that {@link #sum} is no longer the number of observations. */
    public boolean pruned() {
        return pruned;
    }

    /** Notes one observation of {@code value}. */
    public void add(K value) {
        Element<K> known = elements.get(value);
        if (known != null) {
            raise(known, 1);
        } else if (elements.size() < size) {
            insert(value, 1);
        } else {
            raise(replaceLowest(value), 1);
        }
    }

    private Element<K> insert(K value, long count) {
        Bucket<K> bucket = lowest;
        if (bucket == null || bucket.count != count) {
            bucket = link(new Bucket<>(count), null, bucket);
        }
        Element<K> element = new Element<>(value, bucket);
        bucket.elements.add(element);
        elements.put(value, element);
        return element;
    }

    private Element<K> replaceLowest(K value) {
        Bucket<K> bucket = lowestOfMany();
        Element<K> oldest = bucket.elements.getFirst();
        bucket.elements.remove(oldest);
        elements.remove(oldest.value);
        Element<K> element = new Element<>(value, bucket);
        element.epsilon = bucket.count;
        bucket.elements.add(element);
        elements.put(value, element);
        return element;
    }

    private Bucket<K> lowestOfMany() {
        Bucket<K> bucket = lowest;
        if (bucket == null) {
            throw new AssertionError("elements without a bucket");
        }
        return bucket;
    }

    private void raise(Element<K> element, long by) {
        Bucket<K> from = element.bucket;
        long count = from.count + by;
        Bucket<K> below = from;
        Bucket<K> above = from.higher;
        while (above != null && above.count < count) {
            below = above;
            above = above.higher;
        }
        Bucket<K> target = above != null && above.count == count ? above : link(new Bucket<>(count), below, above);
        from.elements.remove(element);
        target.elements.add(element);
        element.bucket = target;
        if (from.elements.isEmpty()) {
            unlink(from);
        }
    }

    private Bucket<K> link(Bucket<K> bucket, @Nullable Bucket<K> lower, @Nullable Bucket<K> higher) {
        bucket.lower = lower;
        bucket.higher = higher;
        if (lower == null) {
            lowest = bucket;
        } else {
            lower.higher = bucket;
        }
        if (higher == null) {
            highest = bucket;
        } else {
            higher.lower = bucket;
        }
        return bucket;
    }

    private void unlink(Bucket<K> bucket) {
        Bucket<K> lower = bucket.lower;
        Bucket<K> higher = bucket.higher;
        if (lower == null) {
            lowest = higher;
        } else {
            lower.higher = higher;
        }
        if (higher == null) {
            highest = lower;
        } else {
            higher.lower = lower;
        }
    }

    /** The {@code k} most frequent elements, most frequent first; more than that if the last ones have equal counts. */
    public List<K> top(long k) {
        List<K> top = new ArrayList<>();
        for (Bucket<K> bucket = highest; bucket != null && top.size() < k; bucket = bucket.lower) {
            for (Element<K> element : bucket.elements) {
                top.add(element.value);
            }
        }
        return top;
    }

    /** How often {@code value} came, at most; -1 if it is not tracked. */
    public long count(K value) {
        Element<K> element = elements.get(value);
        return element == null ? -1 : element.bucket.count;
    }

    /** By how much {@link #count} may be too high; -1 if {@code value} is not tracked. */
    public long epsilon(K value) {
        Element<K> element = elements.get(value);
        return element == null ? -1 : element.epsilon;
    }

    /** The sum of all counts: the number of observations, unless {@link #pruned}. */
    public long sum() {
        long sum = 0;
        for (Bucket<K> bucket = lowest; bucket != null; bucket = bucket.higher) {
            sum += bucket.count * bucket.elements.size();
        }
        return sum;
    }

    /**
     * Adds all counts and epsilons of {@code other}.
     *
     * @param prune whether to drop the least frequent elements that are then too many
     */
    public void merge(TopK<K> other, boolean prune) {
        // A snapshot, as other may be this.
        List<Element<K>> theirs = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (Bucket<K> bucket = other.lowest; bucket != null; bucket = bucket.higher) {
            for (Element<K> element : bucket.elements) {
                theirs.add(element);
                counts.add(bucket.count);
            }
        }
        for (int i = 0; i < theirs.size(); i++) {
            Element<K> their = theirs.get(i);
            Element<K> mine = elements.get(their.value);
            if (mine == null) {
                mine = insert(their.value, 0);
            }
            mine.epsilon += their.epsilon;
            raise(mine, counts.get(i));
        }
        while (prune && elements.size() > size) {
            pruned = true;
            dropLowest();
        }
    }

    private void dropLowest() {
        Bucket<K> bucket = lowestOfMany();
        Element<K> oldest = bucket.elements.getFirst();
        bucket.elements.remove(oldest);
        elements.remove(oldest.value);
        if (bucket.elements.isEmpty()) {
            unlink(bucket);
        }
    }

    /** A structure of the same content that goes its own way from here; it shares the elements themselves. */
    public TopK<K> copy() {
        TopK<K> copy = new TopK<>(size);
        copy.merge(this, false);
        copy.pruned = pruned;
        return copy;
    }
}
