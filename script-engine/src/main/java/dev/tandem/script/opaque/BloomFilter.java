package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A set that may claim to hold what it does not, but never forgets what it holds. Keys are the bytes that identify a
 * value; the caller sees to it that all keys of a filter are of one type. Parameters, hash functions and cell layout are
 * those of Zeek (BloomFilter.cc, Hasher.cc, CounterVector.cc), so that a filter with a named seed holds the same bits
 * there and here.
 */
public sealed interface BloomFilter permits BasicBloomFilter, CountingBloomFilter {
    void add(Bytes key);

    /** Takes away one addition of {@code key}; false if the filter cannot do that or does not hold it. */
    boolean decrement(Bytes key);

    /** How often {@code key} was added, or more: 0 or 1 in a basic filter. */
    long count(Bytes key);

    void clear();

    boolean isEmpty();

    /** A filter of the same content that goes its own way from here. */
    BloomFilter copy();

    /** A new filter that holds what either holds; null if kind, seed or parameters differ. */
    @Nullable
    BloomFilter mergedWith(BloomFilter other);

    /** A new filter that holds what both hold; null if kind, seed or parameters differ. */
    @Nullable
    BasicBloomFilter intersectedWith(BloomFilter other);

    /** A decimal number that is the same for filters with the same content. */
    String internalState();
}
