package dev.tandem.script.runtime;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entries whose keys and values are objects. */
final class ObjectEntries extends TableEntries {
    /** Those of all tables that never had one; it stays without. */
    static final ObjectEntries NONE = new ObjectEntries();

    private static final @Nullable Object[] NO_OBJECTS = new Object[0];

    /** By entry number; null for a deleted entry. */
    private @Nullable Object[] keys = NO_OBJECTS;

    private @Nullable Object[] values = NO_OBJECTS;
    private int[] hashes = new int[0];

    @Override
    int find(Object key) {
        return find(key, Equality.hash(key));
    }

    /** @param hash the key's {@link Equality#hash} */
    int find(Object key, int hash) {
        int[] slots = index;
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            int slot = slots[i];
            if (((slot ^ hash) & ~mask) == 0) {
                int entry = (slot & mask) - 1;
                Object k = keys[entry];
                if (k != null && (k == key || Equality.equal(k, key))) {
                    return entry;
                }
            }
        }
        return -1;
    }

    /** Of a key of two parts without aggregates; the hash is {@link Tuple#hash(int, int)} of theirs. */
    int find(Object a, Object b, int hash) {
        int[] slots = index;
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            int slot = slots[i];
            if (((slot ^ hash) & ~mask) == 0 && keys[(slot & mask) - 1] instanceof Tuple t && t.isPair(a, b)) {
                return (slot & mask) - 1;
            }
        }
        return -1;
    }

    /** Of the subnet of so many bits that an address is in. */
    int findSubnet(Addr addr, int width128, int hash) {
        int[] slots = index;
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            int slot = slots[i];
            if (((slot ^ hash) & ~mask) == 0
                    && keys[(slot & mask) - 1] instanceof Subnet s
                    && s.width128() == width128
                    && s.contains(addr)) {
                return (slot & mask) - 1;
            }
        }
        return -1;
    }

    /** Adds an entry under a key that no entry has; returns its number. */
    int append(Object key, int hash, Object value) {
        keys[used] = key;
        values[used] = value;
        hashes[used] = hash;
        return added(hash);
    }

    @Override
    boolean isThere(int entry) {
        return keys[entry] != null;
    }

    @Override
    @Nullable
    Object key(int entry) {
        return keys[entry];
    }

    @Override
    @Nullable
    Object value(int entry) {
        return values[entry];
    }

    @Override
    void value(int entry, Object value) {
        values[entry] = value;
    }

    @Override
    int hash(int entry) {
        return hashes[entry];
    }

    @Override
    void erase(int entry) {
        keys[entry] = null;
        values[entry] = null;
    }

    @Override
    void move(int from, int to) {
        keys[to] = keys[from];
        values[to] = values[from];
        hashes[to] = hashes[from];
    }

    @Override
    void forget(int from, int to) {
        Arrays.fill(keys, from, to, null);
        Arrays.fill(values, from, to, null);
    }

    @Override
    void room(int entries) {
        keys = Arrays.copyOf(keys, entries);
        values = Arrays.copyOf(values, entries);
        hashes = Arrays.copyOf(hashes, entries);
    }
}
