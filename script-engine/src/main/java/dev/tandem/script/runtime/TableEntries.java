package dev.tandem.script.runtime;

import dev.tandem.script.types.TableType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a table and how they are found: open addressing over compact arrays. Entries lie in the order in which they
 * came; {@code index} holds their numbers and, in the bits that those leave, the upper bits of their hashes, so that a probe
 * touches an entry only when it is the one, or nearly. A deleted entry leaves a tombstone until the next growth, so that
 * entry numbers stay valid.
 *
 * <p>How keys and values lie depends on the types of the table: {@link PackedEntries} or {@link ObjectEntries}.
 */
abstract sealed class TableEntries permits ObjectEntries, PackedEntries {
    private static final int[] NO_INDEX = new int[1];
    private static final int LEAST_ROOM = 4;

    /** Up to this many, a table that has become empty keeps its arrays. */
    private static final int ROOM_KEPT = 64;

    /**
     * Zero where there is nothing. The length is a power of two, above all entry numbers: below it a number's bits, which is
     * that of the entry plus one, above it the hash's.
     */
    int[] index = NO_INDEX;

    private int room;
    private int @Nullable [] touched;

    /** Entry numbers given out. */
    int used;

    /** Entries that are there. */
    int live;

    /** For a table that is about to get its first entry. */
    static TableEntries of(TableType type) {
        int words = KeyWords.of(type.index());
        return words > 0 ? new PackedEntries(type, words) : new ObjectEntries();
    }

    /** The number of a key's entry, -1 when there is none. */
    abstract int find(Object key);

    abstract boolean isThere(int entry);

    /** Null for a deleted entry. */
    abstract @Nullable Object key(int entry);

    /** Null for a deleted entry. */
    abstract @Nullable Object value(int entry);

    abstract void value(int entry, Object value);

    /** Of an entry that is there. */
    abstract int hash(int entry);

    /** Lets go of an entry's key and value. */
    abstract void erase(int entry);

    /** Moves an entry that is there to a lower number. */
    abstract void move(int from, int to);

    /** Lets go of the entries from one number to another, which are no longer given out. */
    abstract void forget(int from, int to);

    /** Changes how many entries the arrays have room for. */
    abstract void room(int entries);

    /** Makes room for more entries where there is none. Numbers stay, or may change if {@code renumber}: then as returned. */
    final int @Nullable [] ready(boolean renumber) {
        if (used < room) {
            return null;
        }
        int[] numbers = null;
        if (renumber && live < used - (used >> 2)) {
            numbers = compact();
        } else {
            room = Math.max(LEAST_ROOM, room * 2);
            room(room);
            if (touched != null) {
                touched = Arrays.copyOf(touched, room);
            }
        }
        index = new int[room * 2];
        for (int entry = 0; entry < used; entry++) {
            if (isThere(entry)) {
                link(entry, hash(entry));
            }
        }
        return numbers;
    }

    private int[] compact() {
        int to = 0;
        int[] numbers = new int[used];
        for (int from = 0; from < used; from++) {
            if (isThere(from)) {
                numbers[from] = to;
                if (from != to) {
                    move(from, to);
                }
                if (touched != null) {
                    touched[to] = touched[from];
                }
                to++;
            }
        }
        forget(to, used);
        used = to;
        return numbers;
    }

    /** Counts in an entry that was written under the next number; there must have been room. */
    final int added(int hash) {
        int entry = used++;
        live++;
        link(entry, hash);
        return entry;
    }

    private void link(int entry, int hash) {
        int mask = index.length - 1;
        int i = hash & mask;
        while (index[i] != 0) {
            i = i + 1 & mask;
        }
        index[i] = hash & ~mask | entry + 1;
    }

    /** Deletes an entry that is there. The index keeps pointing at it, as a tombstone for probing. */
    final void bury(int entry) {
        erase(entry);
        live--;
    }

    /** Lets go of all entries, whose room stays if it is small. */
    final void empty() {
        if (room > ROOM_KEPT) {
            room = 0;
            room(0);
            index = NO_INDEX;
            touched = null;
        } else if (used > 0) {
            forget(0, used);
            Arrays.fill(index, 0);
            if (touched != null) {
                Arrays.fill(touched, 0, used, 0);
            }
        }
        used = 0;
        live = 0;
    }

    /** The number of the first entry after {@code entry} (-1 to begin) that is there, or -1. */
    final int next(int entry) {
        for (int i = entry + 1; i < used; i++) {
            if (isThere(i)) {
                return i;
            }
        }
        return -1;
    }

    /** When the entry was last touched, in seconds relative to a start the caller knows; 0 when never. */
    final int touchedAt(int entry) {
        return touched == null ? 0 : touched[entry];
    }

    final void touch(int entry, int seconds) {
        if (touched == null) {
            touched = new int[room];
        }
        touched[entry] = seconds;
    }
}
