package dev.tandem.script.broker;

import dev.tandem.core.backbone.Data;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.types.OpaqueType;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Goes through the elements of a set, table, vector or record as it was when the iterator was made. Engine thread. */
public final class DataIterator implements OpaqueValue {
    private final OpaqueType type;
    private final List<Data> keys;
    private final @Nullable NavigableMap<Data, Data> table;
    private int at;

    private DataIterator(OpaqueType type, List<Data> keys, @Nullable NavigableMap<Data, Data> table, int at) {
        this.type = type;
        this.keys = keys;
        this.table = table;
        this.at = at;
    }

    /** @param kind name of the opaque type, e.g. {@code Broker::SetIterator} */
    public static DataIterator over(String kind, Iterable<Data> elements) {
        List<Data> all = new java.util.ArrayList<>();
        elements.forEach(e -> all.add(e.copy()));
        return new DataIterator(new OpaqueType(kind), all, null, 0);
    }

    public static DataIterator over(String kind, Data.Entries table) {
        NavigableMap<Data, Data> copy = ((Data.Entries) table.copy()).values();
        return new DataIterator(new OpaqueType(kind), List.copyOf(copy.keySet()), copy, 0);
    }

    public boolean isAtEnd() {
        return at >= keys.size();
    }

    /** Moves on; false when that leads past the last. */
    public boolean next() {
        if (isAtEnd()) {
            return false;
        }
        at++;
        return !isAtEnd();
    }

    /** The element, or the key of a table's entry; null at the end. */
    public @Nullable Data element() {
        return isAtEnd() ? null : keys.get(at);
    }

    /** The value of a table's entry; null at the end, and when this is no table. */
    public @Nullable Entry entry() {
        Map<Data, Data> map = table;
        if (map == null || isAtEnd()) {
            return null;
        }
        Data value = map.get(keys.get(at));
        return value == null ? null : new Entry(keys.get(at), value);
    }

    /** An entry of a table. */
    public record Entry(Data key, Data value) {}

    @Override
    public OpaqueType type() {
        return type;
    }

    @Override
    public DataIterator copy() {
        return new DataIterator(type, keys, table, at);
    }
}
