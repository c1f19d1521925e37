package dev.tandem.script.runtime;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a table and how they are found: open addressing over compact arrays. {@code index} holds entry numbers and,
 * before them, the entries' hashes, so that a probe touches an entry only when it is the one, or nearly. Entries hold key,
 * value and hash. A deleted entry leaves a tombstone in the arrays until the next growth, so that entry numbers stay valid.
 *
 * <p>A table that never had an entry has no arrays of its own: most sets of a connection stay empty. It is the superclass of
 * a table, not a part of it, since every access of a script goes through it.
 */
public abstract sealed class TableEntries permits TableValue {
    private static final long[] NO_INDEX = new long[1];
    private static final @Nullable Object[] NO_OBJECTS = new Object[0];
    private static final int[] NO_NUMBERS = new int[0];
    private static final int LEAST_ROOM = 4;

    /** Up to this many, a table that has become empty keeps its arrays. */
    private static final int ROOM_KEPT = 64;

    private long[] index = NO_INDEX;

    /** By entry number; null for a deleted entry. */
    @Nullable
    Object[] keys = NO_OBJECTS;

    @Nullable
    Object[] values = NO_OBJECTS;

    private int[] hashes = NO_NUMBERS;
    private int @Nullable [] touched;

    /** Entry numbers given out. */
    int used;

    /** Entries that are there. */
    int live;

    TableEntries() {}

    // ---- probing by the parts of a key, for code that knows their types: no key is made unless one is stored

    /**
     * The number of a key's entry, -1 when there is none. Not a read, and without longest match.
     *
     * @param hash the key's {@link Equality#hash}
     */
    public int find(Object key, int hash) {
        long[] slots = index;
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            long slot = slots[i];
            if ((int) (slot >>> 32) == hash) {
                int entry = (int) slot - 1;
                Object k = keys[entry];
                if (k != null && (k == key || Equality.equal(k, key))) {
                    return entry;
                }
            }
        }
        return -1;
    }

    /** As {@link #find(Object, int)}, of a number. */
    public int find(long key, int hash) {
        long[] slots = index;
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            long slot = slots[i];
            if ((int) (slot >>> 32) == hash && keys[(int) slot - 1] instanceof Long n && n == key) {
                return (int) slot - 1;
            }
        }
        return -1;
    }

    /** As {@link #find(Object, int)}, of two parts without aggregates; the hash is {@link Tuple#hash(int, int)} of theirs. */
    public int find(Object a, Object b, int hash) {
        long[] slots = index;
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            long slot = slots[i];
            if ((int) (slot >>> 32) == hash && keys[(int) slot - 1] instanceof Tuple t && t.isPair(a, b)) {
                return (int) slot - 1;
            }
        }
        return -1;
    }

    /** As {@link #find(Object, int)}, of the subnet of so many bits that an address is in. */
    final int findSubnet(Addr addr, int width128, int hash) {
        long[] slots = index;
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            long slot = slots[i];
            if ((int) (slot >>> 32) == hash
                    && keys[(int) slot - 1] instanceof Subnet s
                    && s.width128() == width128
                    && s.contains(addr)) {
                return (int) slot - 1;
            }
        }
        return -1;
    }

    // ---- changes

    boolean isFull() {
        return used == keys.length;
    }

    /** Adds an entry, for which there must be room, under a key that no entry has; returns its number. */
    int append(Object key, int hash, Object value) {
        int entry = used++;
        keys[entry] = key;
        values[entry] = value;
        hashes[entry] = hash;
        link(entry);
        live++;
        return entry;
    }

    /** Deletes an entry that is there. The index keeps pointing at it, as a tombstone for probing. */
    void bury(int entry) {
        keys[entry] = null;
        values[entry] = null;
        live--;
    }

    /**
     * Makes room for more entries.
     *
     * @param renumber whether entries may get other numbers, so that the room of deleted ones can be used
     * @return the new number of each old one when they have changed, else null
     */
    int @Nullable [] makeRoom(boolean renumber) {
        int[] numbers = null;
        if (renumber && live < used - (used >> 2)) {
            numbers = compact();
        } else {
            room(Math.max(LEAST_ROOM, keys.length * 2));
        }
        index = new long[keys.length * 2];
        for (int entry = 0; entry < used; entry++) {
            if (keys[entry] != null) {
                link(entry);
            }
        }
        return numbers;
    }

    private void room(int room) {
        keys = Arrays.copyOf(keys, room);
        values = Arrays.copyOf(values, room);
        hashes = Arrays.copyOf(hashes, room);
        if (touched != null) {
            touched = Arrays.copyOf(touched, room);
        }
    }

    private int[] compact() {
        int to = 0;
        int[] numbers = new int[used];
        for (int from = 0; from < used; from++) {
            if (keys[from] != null) {
                numbers[from] = to;
                keys[to] = keys[from];
                values[to] = values[from];
                hashes[to] = hashes[from];
                if (touched != null) {
                    touched[to] = touched[from];
                }
                to++;
            }
        }
        Arrays.fill(keys, to, used, null);
        Arrays.fill(values, to, used, null);
        used = to;
        return numbers;
    }

    private void link(int entry) {
        int mask = index.length - 1;
        int i = hashes[entry] & mask;
        while (index[i] != 0) {
            i = i + 1 & mask;
        }
        index[i] = (long) hashes[entry] << 32 | entry + 1;
    }

    /** Lets go of all entries, whose room stays if it is small. */
    void empty() {
        if (used == 0 || keys.length > ROOM_KEPT) {
            discard();
            return;
        }
        Arrays.fill(index, 0);
        Arrays.fill(keys, 0, used, null);
        Arrays.fill(values, 0, used, null);
        if (touched != null) {
            Arrays.fill(touched, 0, used, 0);
        }
        used = 0;
        live = 0;
    }

    /** Lets go of all entries and of the arrays they are in. */
    void discard() {
        index = NO_INDEX;
        keys = NO_OBJECTS;
        values = NO_OBJECTS;
        hashes = NO_NUMBERS;
        touched = null;
        used = 0;
        live = 0;
    }

    // ---- order of insertion

    /** The number of the first entry after {@code entry} (-1 to begin) that is there, or -1. */
    final int next(int entry) {
        for (int i = entry + 1; i < used; i++) {
            if (keys[i] != null) {
                return i;
            }
        }
        return -1;
    }

    // ---- expiry bookkeeping

    /** When the entry was last touched, in seconds relative to a start the caller knows; 0 when never. */
    public int touchedAt(int entry) {
        return touched == null ? 0 : touched[entry];
    }

    public void touch(int entry, int seconds) {
        if (touched == null) {
            touched = new int[keys.length];
        }
        touched[entry] = seconds;
    }
}
