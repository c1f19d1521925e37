package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Seeds;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.TableType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table or set, shared by reference. Entries keep the order of insertion, but see {@link #orderBy}. A loop by entry number
 * survives any change of the table under it ({@link #nextEntry}).
 *
 * <p>A key is the value itself when the index has one atomic part, else a {@link Tuple} ({@link #key}). The value of a set's
 * entry is {@link #PRESENT}. Aggregates inside keys are copied on insertion by whoever builds the key.
 */
public final class TableValue {
    /** The value of every entry of a set. */
    public static final Object PRESENT = true;

    private TableType type;
    private TableEntries entries = ObjectEntries.NONE;
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
        return entries.live;
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
        return entry < 0 ? null : read(entry);
    }

    public boolean contains(Object key) {
        return hit(find(key));
    }

    /** The value stored under exactly this key, without longest match and without counting as a read. */
    public @Nullable Object getExact(Object key) {
        int entry = findEntry(key);
        return entry < 0 ? null : entries.value(entry);
    }

    private int find(Object key) {
        int entry = findEntry(key);
        if (entry >= 0 || widths == null) {
            return entry;
        }
        ObjectEntries subnets = (ObjectEntries) entries;
        if (key instanceof Addr a) {
            return widths.longestMatch(subnets, a, 128);
        }
        return key instanceof Subnet s ? widths.longestMatch(subnets, s.prefix(), s.width128()) : -1;
    }

    /** The number of the entry under exactly this key, without longest match; -1 when there is none. Not a read. */
    public int findEntry(Object key) {
        return entries.find(key);
    }

    // ---- for code that knows the types of the table: no key is made unless one is stored

    /**
     * As {@link #findEntry}.
     *
     * @param hash the key's {@link Equality#hash}
     */
    public int find(Object key, int hash) {
        return entries instanceof ObjectEntries o ? o.find(key, hash) : entries.find(key);
    }

    /** As {@link #findEntry}, of two parts without aggregates; the hash is {@link Tuple#hash(int, int)} of theirs. */
    public int find(Object a, Object b, int hash) {
        return entries instanceof ObjectEntries o ? o.find(a, b, hash) : entries.find(new Tuple(a, b, hash));
    }

    /** As {@link #findEntry}, of a key in words. */
    public int find(long[] key) {
        return entries instanceof PackedEntries p ? p.find(key) : -1;
    }

    /** The value of an entry that a lookup found, which counts as a read. */
    public @Nullable Object read(int entry) {
        noteRead(entry);
        return entries.value(entry);
    }

    /** As {@link #read}, of a number, as a word. */
    public long readWord(int entry) {
        noteRead(entry);
        return packed().word(entry);
    }

    /** Whether a lookup found an entry: {@code entry} is not -1. Counts as a read of it. */
    public boolean hit(int entry) {
        if (entry < 0) {
            return false;
        }
        noteRead(entry);
        return true;
    }

    private void noteRead(int entry) {
        if (order != null) {
            order.found(entry, false);
        }
        if (observer != null) {
            observer.read(this, entry);
        }
    }

    private PackedEntries packed() {
        return (PackedEntries) entries;
    }

    /** Stores a value under a key and returns what was there before, null when nothing was. */
    public @Nullable Object put(Object key, Object value) {
        int entry = entries.find(key);
        if (entry >= 0) {
            return replace(entry, value);
        }
        insert(key, value);
        return null;
    }

    /** Gives an entry another value and returns the former. */
    public @Nullable Object replace(int entry, Object value) {
        Object old = entries.value(entry);
        entries.value(entry, value);
        noteChange(entry, old);
        return old;
    }

    /** As {@link #replace}, of a number, as a word. */
    public void replaceWord(int entry, long value) {
        Object old = observer == null ? null : entries.value(entry);
        packed().word(entry, value);
        noteChange(entry, old);
    }

    private void noteChange(int entry, @Nullable Object old) {
        changes++;
        if (order != null) {
            order.found(entry, true);
        }
        if (observer != null && old != null) {
            observer.changed(this, entry, old);
        }
    }

    private void insert(Object key, Object value) {
        ready();
        noteInsertion(
                entries instanceof ObjectEntries o
                        ? o.append(key, Equality.hash(key), value)
                        : packed().append(key, value));
        if (key instanceof Subnet s) {
            if (widths == null) {
                widths = new SubnetWidths();
            }
            widths.added(s);
        }
    }

    /** Stores a value under a key that the table is known not to have. */
    public void insert(Object key, int hash, Object value) {
        ready();
        noteInsertion(entries instanceof ObjectEntries o ? o.append(key, hash, value) : packed().append(key, value));
    }

    /** As {@link #insert}, of a key in words. */
    public void insert(long[] key, Object value) {
        ready();
        noteInsertion(packed().append(key, value));
    }

    /** As {@link #insert}, of a key in words and a number as a word. */
    public void insert(long[] key, long value) {
        ready();
        noteInsertion(packed().append(key, value));
    }

    private void ready() {
        if (entries == ObjectEntries.NONE) {
            entries = TableEntries.of(type);
        }
        int[] numbers = entries.ready(iterating == 0);
        if (numbers != null && order != null) {
            order.renumber(numbers);
        }
    }

    private void noteInsertion(int entry) {
        changes++;
        if (order != null) {
            order.insert(entry, Objects.requireNonNull(entries.key(entry)));
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
        int entry = findEntry(key);
        return entry < 0 ? null : removeEntry(entry);
    }

    /** Removes an entry by number. */
    public @Nullable Object removeEntry(int entry) {
        Object key = observer == null ? null : entries.key(entry);
        Object old = takeOut(entry);
        if (observer != null && key != null && old != null) {
            observer.removed(this, key, old);
        }
        return old;
    }

    /** Removes an entry whose time is over. */
    public void expireEntry(int entry) {
        Object key = observer == null ? null : entries.key(entry);
        Object old = takeOut(entry);
        if (observer != null && key != null && old != null) {
            observer.expired(this, key, old);
        }
    }

    private @Nullable Object takeOut(int entry) {
        if (!entries.isThere(entry)) {
            return null;
        }
        Object subnet = widths == null ? null : entries.key(entry);
        Object old = entries.value(entry);
        entries.bury(entry);
        if (order != null) {
            order.remove(entry);
        }
        changes++;
        if (subnet instanceof Subnet s && widths != null) {
            widths.removed(s);
        }
        if (entries.live == 0 && iterating == 0) {
            entries.empty();
        }
        return old;
    }

    /** Takes in that values inside its keys have changed; expiry times are lost. */
    void rehash() {
        TableEntries before = entries;
        TableObserver listener = observer;
        int[] inOrder = new int[before.live];
        int count = 0;
        for (int e = nextEntry(-1); e >= 0; e = nextEntry(e)) {
            inOrder[count++] = e;
        }
        observer = null;
        entries = ObjectEntries.NONE;
        if (order != null) {
            order = SeededOrder.start();
        }
        for (int e : inOrder) {
            Object key = before.key(e);
            Object value = before.value(e);
            if (key != null && value != null) {
                put(key instanceof Tuple t ? new Tuple(t.parts()) : key, value);
            }
        }
        observer = listener;
    }

    /** Removes everything; observers are not told. */
    public void clear() {
        for (int entry = 0; entry < entries.used; entry++) {
            takeOut(entry);
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
        if (iterating == 0 && entries.live == 0) {
            entries.empty();
        }
    }

    /** The number of the first entry after {@code entry} (-1 to begin) that is there, or -1. */
    public int nextEntry(int entry) {
        if (order != null) {
            return order.next(entry);
        }
        return entries.next(entry);
    }

    /** The key of an entry; null when it has been deleted. */
    public @Nullable Object entryKey(int entry) {
        return entries.key(entry);
    }

    /** A part of the key of an entry that is there, when keys are in words. */
    public Object entryPart(int entry, int part) {
        return packed().part(entry, part);
    }

    /** A word of the key of an entry, when keys are in words. */
    public long entryKeyWord(int entry, int word) {
        return packed().keyWord(entry, word);
    }

    public @Nullable Object entryValue(int entry) {
        return entries.value(entry);
    }

    /** As {@link #entryValue}, of a number, as a word. */
    public long entryWord(int entry) {
        return packed().word(entry);
    }

    /** When the entry was last touched, in seconds relative to a start the caller knows; 0 when never. */
    public int touchedAt(int entry) {
        return entries.touchedAt(entry);
    }

    public void touch(int entry, int seconds) {
        entries.touch(entry, seconds);
    }

    boolean sameContent(TableValue other) {
        if (size() != other.size()) {
            return false;
        }
        for (int e = nextEntry(-1); e >= 0; e = nextEntry(e)) {
            Object key = entries.key(e);
            if (key == null || !Equality.equal(entries.value(e), other.getExact(key))) {
                return false;
            }
        }
        return true;
    }
}
