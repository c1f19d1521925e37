package dev.tandem.script.runtime;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The order of a table's entries under seeds that somebody chose: that of Zeek under the same seeds, so that two runs, and
 * runs of both programs, print and loop alike. Without chosen seeds tables keep the order of insertion.
 *
 * <p>Zeek's order is the one in its hash table (zeek {@code src/Dict.h}): clustered hashing, in which the entries of a
 * bucket lie side by side, buckets in order, each as near to its place as those before it allow. An entry that takes the
 * place of another pushes it to the end of its own cluster; a deleted one is replaced by the last of the cluster behind it.
 * A table that grows moves its entries piece by piece, from the end, while it is used. Here only entry numbers are moved.
 */
final class SeededOrder {
    private static final int REMAP_AT_ONCE = 16;
    private static final int SMALL_BITS = 3;
    private static final int LOAD_PERCENT = 75;
    private static final int MIN_LOAD_PERCENT = 25;
    private static final int MIN_SAMPLES = 128;
    private static final int MAX_MEAN_DISTANCE = 32;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final int EMPTY = -1;

    private static volatile @Nullable Seeds chosen;

    private final Seeds seeds;
    private int bits;
    private int[] entries = new int[0];
    private int[] distances = new int[0];
    private int size;
    private int remapEnd = -1;
    private int remaps;
    private long distanceSum;
    private int distanceSamples;

    /** By entry number: the low half of the key's hash, and the position, which outlives the entry. */
    private int[] hashes = new int[4];

    private int[] positions = new int[4];
    private boolean looped;

    private SeededOrder(Seeds seeds) {
        this.seeds = seeds;
    }

    /** Seeds for the tables made from now on in this process, null for none. */
    static void choose(@Nullable Seeds seeds) {
        chosen = seeds;
    }

    /** For a new table; null when no seeds were chosen. */
    static @Nullable SeededOrder start() {
        Seeds s = chosen;
        return s == null ? null : new SeededOrder(s);
    }

    /** Whether a loop is open, which keeps entries from being moved by mere look-ups. */
    void looped(boolean on) {
        looped = on;
    }

    void insert(int entry, Object key) {
        if (entry >= hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(entry + 1, hashes.length * 2));
            positions = Arrays.copyOf(positions, hashes.length);
        }
        Bytes bytes = KeyBytes.of(key, seeds);
        hashes[entry] = (int) seeds.hash(bytes.array());
        if (entries.length == 0) {
            allocate(1);
        }
        int bucket = bucket(hashes[entry], bits);
        int at = bucket;
        while (at < entries.length && entries[at] != EMPTY && at - distances[at] <= bucket) {
            at++;
        }
        int last = place(entry, at - bucket, at);
        distanceSum += last - at;
        distanceSamples++;
        if (remapEnd >= at && remapEnd < last) {
            remapEnd = last;
        }
        size++;
        if (size > threshold() || isCrowded()) {
            sizeUp();
        }
        remap();
    }

    private boolean isCrowded() {
        return distanceSamples > MIN_SAMPLES
                && distanceSum > (long) distanceSamples * MAX_MEAN_DISTANCE
                && size > MIN_LOAD_PERCENT * entries.length / 100;
    }

    /** An entry was found by its key; {@code assigned} when it got another value. */
    void found(int entry, boolean assigned) {
        if (remaps > 0) {
            int at = positions[entry];
            if (!looped && at - distances[at] != bucket(hashes[entry], bits)) {
                move(at);
            }
            if (assigned) {
                remap();
            }
        }
    }

    void remove(int entry) {
        takeOut(positions[entry]);
        size--;
    }

    /** The entry behind {@code entry}, which may have been deleted meanwhile; -1 for the first. Negative at the end. */
    int next(int entry) {
        int at = entry < 0 ? 0 : positions[entry];
        if (entry >= 0 && at < entries.length && entries[at] == entry) {
            at++;
        }
        while (at < entries.length && entries[at] == EMPTY) {
            at++;
        }
        return at < entries.length ? entries[at] : -1;
    }

    /** Entries got other numbers: {@code to[old]}, negative for those that are not there. */
    void renumber(int[] to) {
        int[] oldHashes = hashes.clone();
        for (int at = 0; at < entries.length; at++) {
            if (entries[at] != EMPTY) {
                int now = to[entries[at]];
                hashes[now] = oldHashes[entries[at]];
                put(at, now, distances[at]);
            }
        }
    }

    // ---- positions

    private static int bucket(int hash, int bits) {
        return bits == 0 ? 0 : (int) ((hash & 0xffff_ffffL) * GOLDEN & (1L << bits) - 1);
    }

    private int threshold() {
        return bits <= SMALL_BITS ? entries.length : entries.length * LOAD_PERCENT / 100;
    }

    private void allocate(int capacity) {
        int before = entries.length;
        entries = Arrays.copyOf(entries, capacity);
        Arrays.fill(entries, before, capacity, EMPTY);
        distances = Arrays.copyOf(distances, capacity);
    }

    private void put(int at, int entry, int distance) {
        entries[at] = entry;
        distances[at] = distance;
        positions[entry] = at;
    }

    /** Puts an entry at a position; whom that drives away goes to the end of its own cluster. Returns the last position. */
    private int place(int newEntry, int newDistance, int start) {
        int entry = newEntry;
        int distance = newDistance;
        int at = start;
        while (true) {
            if (at >= entries.length) {
                sizeUp();
            }
            if (entries[at] == EMPTY) {
                put(at, entry, distance);
                return at;
            }
            int driven = entries[at];
            int end = tail(at) + 1;
            int drivenDistance = distances[at] + end - at;
            put(at, entry, distance);
            entry = driven;
            distance = drivenDistance;
            at = end;
        }
    }

    /** The last position of the cluster that this one is in. */
    private int tail(int position) {
        int bucket = position - distances[position];
        int at = position;
        while (at < entries.length && entries[at] != EMPTY && at - distances[at] == bucket) {
            at++;
        }
        return at - 1;
    }

    private void takeOut(int position) {
        int at = position;
        while (at + 1 < entries.length && entries[at + 1] != EMPTY && distances[at + 1] != 0) {
            int from = tail(at + 1);
            put(at, entries[from], distances[from] - (from - at));
            at = from;
        }
        entries[at] = EMPTY;
    }

    // ---- growth

    private void sizeUp() {
        int before = entries.length;
        bits++;
        allocate((1 << bits) + bits);
        remapEnd = before;
        remaps++;
        distanceSum = 0;
        distanceSamples = 0;
    }

    /** Moves some entries to where they belong in the grown table. */
    private void remap() {
        if (looped) {
            return;
        }
        int left = REMAP_AT_ONCE;
        while (remapEnd >= 0 && left > 0) {
            if (entries[remapEnd] != EMPTY && move(remapEnd)) {
                left--;
            } else {
                remapEnd--;
            }
        }
        if (remapEnd < 0) {
            remaps = 0;
        }
    }

    /** Moves an entry to its bucket of now; false when it is there. */
    private boolean move(int at) {
        int entry = entries[at];
        int bucket = bucket(hashes[entry], bits);
        if (at - distances[at] == bucket) {
            return false;
        }
        takeOut(at);
        int to = bucket;
        while (to < entries.length && entries[to] != EMPTY && to - distances[to] <= bucket) {
            to++;
        }
        place(entry, to - bucket, to);
        return true;
    }
}
