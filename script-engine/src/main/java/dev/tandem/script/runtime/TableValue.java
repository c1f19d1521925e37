package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Seeds;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.TableType;
import org.jspecify.annotations.Nullable;

/**
 * A table or set, shared by reference. Entries keep the order of insertion, but see {@link #orderBy}. A loop by entry number
 * survives any change of the table under it ({@link #nextEntry}).
 *
 * <p>A key is the value itself when the index has one atomic part, else a {@link Tuple} ({@link #key}). The value of a set's
 * entry is {@link #PRESENT}. Aggregates inside keys are copied on insertion by whoever builds the key.
 */
public final class TableValue extends TableEntries {
    /** The value of every entry of a set. */
    public static final Object PRESENT = true;

    private TableType type;
    private Attributes attributes = Attributes.NONE;
    private int changes;
    private @Nullable SubnetWidths widths;
    private @Nullable TableObserver observer;

    /** Null for the order of insertion. */
    private @Nullable SeededOrder order = SeededOrder.start();

    public TableValue(TableType type) {
        this.type = type;
    }

    public TableValue(TableType type, Attributes attributes) {
        this.type = type;
        attributes(attributes);
    }

    /**
     * Lets the tables made from now on in this process have Zeek's order under these seeds, instead of that of insertion;
     * null for that again. For runs that are to repeat.
     */
    public static void orderBy(@Nullable Seeds seeds) {
        SeededOrder.choose(seeds);
    }

    public TableType type() {
        return type;
    }

    /** Gives an unspecified table its type. */
    public void specify(TableType newType) {
        type = newType;
    }

    /** Those of the variable or field it was made for: &default, expiry and so on. */
    public Attributes attributes() {
        return attributes;
    }

    public void attributes(Attributes newAttributes) {
        attributes = newAttributes;
        if (order != null && attributes.has(Attr.ORDERED)) {
            order = null;
        }
    }

    /** Told of every change and, when expiry depends on it, of reads; null for none. */
    public void observer(@Nullable TableObserver newObserver) {
        observer = newObserver;
    }

    public @Nullable TableObserver observer() {
        return observer;
    }

    public int size() {
        return live;
    }

    /** The key of index values, ready for the other methods. Takes ownership of the array. */
    public static Object key(Object... parts) {
        if (parts.length == 1 && isAtomic(parts[0])) {
            return parts[0];
        }
        return new Tuple(parts);
    }

    private static boolean isAtomic(Object part) {
        return !(part instanceof RecordValue || part instanceof VectorValue || part instanceof TableValue);
    }

    /** The index values of a key, in an array of their own. */
    public static Object[] parts(Object key) {
        return key instanceof Tuple t ? t.parts() : new Object[] {key};
    }

    /**
     * The value stored under a key; null when there is none. A subnet table is asked for its longest match. Defaults are
     * not this method's business.
     */
    public @Nullable Object get(Object key) {
        int entry = find(key);
        if (entry < 0) {
            return null;
        }
        if (order != null) {
            order.found(entry, false);
        }
        if (observer != null) {
            observer.read(this, entry);
        }
        return values[entry];
    }

    public boolean contains(Object key) {
        return get(key) != null;
    }

    /** The value stored under exactly this key, without longest match and without counting as a read. */
    public @Nullable Object getExact(Object key) {
        int entry = findExact(key);
        return entry < 0 ? null : values[entry];
    }

    private int find(Object key) {
        int entry = findExact(key);
        if (entry >= 0 || widths == null) {
            return entry;
        }
        if (key instanceof Addr a) {
            return widths.longestMatch(this, a, 128);
        }
        return key instanceof Subnet s ? widths.longestMatch(this, s.prefix(), s.width128()) : -1;
    }

    /** The number of the entry under exactly this key; negative when there is none. */
    public int findEntry(Object key) {
        return findExact(key);
    }

    int findExact(Object key) {
        return find(key, Equality.hash(key));
    }

    /** The value of an entry that a lookup found, which counts as a read. */
    public @Nullable Object read(int entry) {
        if (order != null) {
            order.found(entry, false);
        }
        if (observer != null) {
            observer.read(this, entry);
        }
        return values[entry];
    }

    /** Whether a lookup found an entry: {@code entry} is not -1. Counts as a read of it. */
    public boolean hit(int entry) {
        return entry >= 0 && read(entry) != null;
    }

    /** The key of an entry, null when there is none. */
    public @Nullable Object keyAt(int entry) {
        return entry < 0 ? null : keys[entry];
    }

    /** Whether an entry, by number, still has the key object that it had. */
    public boolean isEntry(int entry, @Nullable Object key) {
        return entry < used && key != null && keys[entry] == key;
    }

    /** Stores a value under a key and returns what was there before, null when nothing was. */
    public @Nullable Object put(Object key, Object value) {
        int hash = Equality.hash(key);
        int entry = find(key, hash);
        if (entry >= 0) {
            return replace(entry, value);
        }
        insert(key, hash, value);
        return null;
    }

    /** Gives an entry another value and returns the former. */
    public @Nullable Object replace(int entry, Object value) {
        Object old = values[entry];
        values[entry] = value;
        changes++;
        if (order != null) {
            order.found(entry, true);
        }
        if (observer != null && old != null) {
            observer.changed(this, entry, old);
        }
        return old;
    }

    /** Stores a value under a key that the table is known not to have. */
    public void insert(Object key, int hash, Object value) {
        if (isFull()) {
            int[] numbers = makeRoom(iterating == 0);
            if (numbers != null && order != null) {
                order.renumber(numbers);
            }
        }
        int entry = append(key, hash, value);
        if (order != null) {
            order.insert(entry, key);
        }
        changes++;
        if (key instanceof Subnet s) {
            if (widths == null) {
                widths = new SubnetWidths();
            }
            widths.added(s);
        }
        if (observer != null) {
            observer.inserted(this, entry);
        }
    }

    /** Adds an element to a set; false when it was there. */
    public boolean add(Object key) {
        return put(key, PRESENT) == null;
    }

    /** Removes a key and returns its value, null when it was not there. */
    public @Nullable Object remove(Object key) {
        int entry = findExact(key);
        return entry < 0 ? null : removeEntry(entry);
    }

    /** Removes an entry by number. */
    public @Nullable Object removeEntry(int entry) {
        Object key = keys[entry];
        Object old = takeOut(entry);
        if (observer != null && key != null && old != null) {
            observer.removed(this, key, old);
        }
        return old;
    }

    /** Removes an entry whose time is over. */
    public void expireEntry(int entry) {
        Object key = keys[entry];
        Object old = takeOut(entry);
        if (observer != null && key != null && old != null) {
            observer.expired(this, key, old);
        }
    }

    private @Nullable Object takeOut(int entry) {
        Object key = keys[entry];
        Object old = values[entry];
        if (key == null) {
            return null;
        }
        bury(entry);
        if (order != null) {
            order.remove(entry);
        }
        changes++;
        if (key instanceof Subnet s && widths != null) {
            widths.removed(s);
        }
        if (live == 0 && iterating == 0) {
            empty();
        }
        return old;
    }

    /** Takes in that values inside its keys have changed; expiry times are lost. */
    void rehash() {
        @Nullable Object[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        int n = used;
        TableObserver listener = observer;
        int[] inOrder = new int[live];
        int count = 0;
        for (int e = nextEntry(-1); e >= 0; e = nextEntry(e)) {
            inOrder[count++] = e;
        }
        observer = null;
        discard();
        if (order != null) {
            order = SeededOrder.start();
        }
        for (int i = 0; i < count && inOrder[i] < n; i++) {
            Object key = oldKeys[inOrder[i]];
            Object value = oldValues[inOrder[i]];
            if (key != null && value != null) {
                put(key instanceof Tuple t ? new Tuple(t.parts()) : key, value);
            }
        }
        observer = listener;
    }

    /** Removes everything; observers are not told. */
    public void clear() {
        for (int entry = 0; entry < used; entry++) {
            if (keys[entry] != null) {
                takeOut(entry);
            }
        }
        if (order != null) {
            order = SeededOrder.start();
        }
    }

    /** Grows with every change of an entry; tells whether there was one since. */
    public int changes() {
        return changes;
    }

    // ---- loops

    private int iterating;
    private int scanning;

    /** Opens a loop that no script sees: entry numbers stay valid until {@link #endScan}. */
    public void beginScan() {
        scanning++;
        beginLoop();
    }

    public void endScan() {
        scanning--;
        endLoop();
    }

    /** Whether a script loops over it, so that it is told of new and deleted entries as a mistake. */
    public boolean isLooped() {
        return iterating > scanning;
    }

    /** Opens a loop: entry numbers stay valid until {@link #endLoop}. */
    public void beginLoop() {
        iterating++;
        if (order != null) {
            order.looped(true);
        }
    }

    public void endLoop() {
        iterating--;
        if (order != null) {
            order.looped(iterating > 0);
        }
        if (iterating == 0 && live == 0 && used > 0) {
            empty();
        }
    }

    /** The number of the first entry after {@code entry} (-1 to begin) that is there, or -1. */
    public int nextEntry(int entry) {
        if (order != null) {
            return order.next(entry);
        }
        return next(entry);
    }

    /** The key of an entry; null when it has been deleted. */
    public @Nullable Object entryKey(int entry) {
        return keys[entry];
    }

    public @Nullable Object entryValue(int entry) {
        return values[entry];
    }

    boolean sameContent(TableValue other) {
        if (live != other.live) {
            return false;
        }
        for (int e = nextEntry(-1); e >= 0; e = nextEntry(e)) {
            Object key = keys[e];
            if (key == null || !Equality.equal(values[e], other.getExact(key))) {
                return false;
            }
        }
        return true;
    }
}
