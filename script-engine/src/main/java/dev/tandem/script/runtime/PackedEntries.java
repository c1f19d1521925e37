package dev.tandem.script.runtime;

import dev.tandem.core.value.SeededHash;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries whose keys are words in one array ({@link KeyWords}), a number that is their value behind them: to find an entry
 * and to read it touches the index and one place more, and no key is an object.
 */
final class PackedEntries extends TableEntries {
    private static final @Nullable Object[] NO_OBJECTS = new Object[0];

    private final List<Type> keyTypes;
    private final @Nullable Type yield;
    private final int words;
    private final int stride;

    /** What a key that comes as an object is packed into. */
    private final long[] probe;

    private long[] data = new long[0];

    /** Empty for a set, and where values are numbers. */
    private @Nullable Object[] values = NO_OBJECTS;

    private final boolean hasObjects;

    /** The deleted entries; null while none was. */
    private @Nullable BitSet erased;

    /** @param words how many a key has */
    PackedEntries(TableType type, int words) {
        keyTypes = type.index();
        yield = type.yield();
        this.words = words;
        boolean hasNumber = yield != null && KeyWords.isNumber(yield);
        hasObjects = yield != null && !hasNumber;
        stride = hasNumber ? words + 1 : words;
        probe = new long[words];
    }

    @Override
    int find(Object key) {
        return KeyWords.pack(key, keyTypes, probe) ? find(probe) : -1;
    }

    int find(long[] key) {
        int hash = hash(key, 0);
        int[] slots = index;
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            int slot = slots[i];
            if (((slot ^ hash) & ~mask) == 0) {
                int entry = (slot & mask) - 1;
                if (isKey(entry, key) && isThere(entry)) {
                    return entry;
                }
            }
        }
        return -1;
    }

    private boolean isKey(int entry, long[] key) {
        int at = entry * stride;
        for (int i = 0; i < words; i++) {
            if (data[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private int hash(long[] from, int at) {
        long h = from[at];
        if (words == 1) {
            return SeededHash.mix32(h, 0);
        }
        for (int i = 1; i < words; i++) {
            h = SeededHash.mix(h, from[at + i]);
        }
        return (int) h;
    }

    /** Adds an entry under a key that no entry has; returns its number. */
    int append(Object key, Object value) {
        if (!KeyWords.pack(key, keyTypes, probe)) {
            throw new IllegalArgumentException("a key of another type: " + key);
        }
        return append(probe, value);
    }

    int append(long[] key, Object value) {
        write(key);
        value(used, value);
        return added(hash(key, 0));
    }

    /** As {@link #append(long[], Object)}, of a number by its word. */
    int append(long[] key, long value) {
        write(key);
        word(used, value);
        return added(hash(key, 0));
    }

    private void write(long[] key) {
        System.arraycopy(key, 0, data, used * stride, words);
    }

    @Override
    boolean isThere(int entry) {
        return erased == null || !erased.get(entry);
    }

    @Override
    @Nullable
    Object key(int entry) {
        return isThere(entry) ? KeyWords.unpack(keyTypes, data, entry * stride) : null;
    }

    /** One part of the key of an entry that is there. */
    Object part(int entry, int part) {
        return KeyWords.unpack(keyTypes.get(part), data, entry * stride + KeyWords.of(keyTypes.subList(0, part)));
    }

    /** One word of an entry's key. */
    long keyWord(int entry, int word) {
        return data[entry * stride + word];
    }

    /** An entry's value, a number, as a word. */
    long word(int entry) {
        return data[entry * stride + words];
    }

    void word(int entry, long value) {
        data[entry * stride + words] = value;
    }

    @Override
    @Nullable
    Object value(int entry) {
        if (!isThere(entry)) {
            return null;
        }
        if (hasObjects) {
            return values[entry];
        }
        return yield == null ? TableValue.PRESENT : KeyWords.unpack(yield, data, entry * stride + words);
    }

    @Override
    void value(int entry, Object value) {
        if (hasObjects) {
            values[entry] = value;
        } else if (yield != null) {
            word(entry, KeyWords.word(value));
        }
    }

    @Override
    int hash(int entry) {
        return hash(data, entry * stride);
    }

    @Override
    void erase(int entry) {
        if (erased == null) {
            erased = new BitSet();
        }
        erased.set(entry);
        if (hasObjects) {
            values[entry] = null;
        }
    }

    @Override
    void move(int from, int to) {
        System.arraycopy(data, from * stride, data, to * stride, stride);
        if (hasObjects) {
            values[to] = values[from];
        }
    }

    @Override
    void forget(int from, int to) {
        erased = null;
        if (hasObjects) {
            Arrays.fill(values, from, to, null);
        }
    }

    @Override
    void room(int entries) {
        data = Arrays.copyOf(data, Math.multiplyExact(entries, stride));
        if (hasObjects) {
            values = Arrays.copyOf(values, entries);
        }
        if (entries == 0) {
            erased = null;
        }
    }
}
