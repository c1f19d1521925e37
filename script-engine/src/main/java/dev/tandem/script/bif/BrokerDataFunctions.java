package dev.tandem.script.bif;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.DataText;
import dev.tandem.core.record.RecordValue;
import dev.tandem.script.broker.DataConversion;
import dev.tandem.script.broker.DataIterator;
import dev.tandem.script.broker.ScriptBackbone;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Taking {@code Broker::Data} apart and putting them together (zeek {@code src/broker/data.bif}). */
public final class BrokerDataFunctions {
    private static final String BAD_KEY = "invalid Broker data conversion for key argument";
    private static final String BAD_VALUE = "invalid Broker data conversion for value argument";

    private BrokerDataFunctions() {}

    private static DataConversion conversion(ScriptContext ctx) {
        return ctx.service(ScriptBackbone.class).conversion();
    }

    private static Data inside(RecordValue record) {
        Data data = DataConversion.dataIn(record);
        if (data == null) {
            throw new ScriptError("Broker::Data's opaque field is not set");
        }
        return data;
    }

    private static <T extends Data> T inside(RecordValue record, Class<T> kind, String name) {
        Data data = inside(record);
        if (!kind.isInstance(data)) {
            throw new ScriptError("data is of type '" + DataText.kind(data) + "' not of type '" + name + "'");
        }
        return kind.cast(data);
    }

    private static Data.Elements set(RecordValue s) {
        return inside(s, Data.Elements.class, "set");
    }

    private static Data.Entries table(RecordValue t) {
        return inside(t, Data.Entries.class, "table");
    }

    private static Data.Vector vector(RecordValue v) {
        return inside(v, Data.Vector.class, "vector");
    }

    /** An argument as data; null when it has no such form, which has been reported. */
    private static @Nullable Data argument(ScriptContext ctx, Object any, String otherwise) {
        Data data = conversion(ctx).toData(any);
        if (data == null) {
            ctx.callError(otherwise, null);
        }
        return data;
    }

    private static RecordValue wrapOrEmpty(ScriptContext ctx, @Nullable Data data) {
        return data == null ? conversion(ctx).empty() : conversion(ctx).wrap(data.copy());
    }

    @Bif(value = "Broker::__data", type = "function(d: any): Broker::Data")
    public static RecordValue data(ScriptContext ctx, Object d) {
        Data data = conversion(ctx).toData(d);
        if (data == null) {
            ctx.reporter().warning("did not get a value from val_to_data", ctx.callSite());
        }
        return data == null ? conversion(ctx).empty() : conversion(ctx).wrap(data);
    }

    @Bif(value = "Broker::__data_type", type = "function(d: Broker::Data): Broker::DataType")
    public static @Nullable EnumValue dataType(ScriptContext ctx, RecordValue d) {
        String name = switch (inside(d)) {
            case Data.None n -> "NONE";
            case Data.Bool b -> "BOOL";
            case Data.Int i -> "INT";
            case Data.Count c -> "COUNT";
            case Data.Real r -> "DOUBLE";
            case Data.Text t -> "STRING";
            case Data.Address a -> "ADDR";
            case Data.Network n -> "SUBNET";
            case Data.PortNumber p -> "PORT";
            case Data.Timestamp t -> "TIME";
            case Data.Timespan t -> "INTERVAL";
            case Data.EnumName e -> "ENUM";
            case Data.Elements s -> "SET";
            case Data.Entries t -> "TABLE";
            case Data.Vector v -> "VECTOR";
        };
        return Declared.type(ctx, "Broker::DataType", EnumType.class).byName("Broker::" + name);
    }

    // ---- sets

    @Bif(value = "Broker::__set_create", type = "function(): Broker::Data")
    public static RecordValue setCreate(ScriptContext ctx) {
        return conversion(ctx).wrap(new Data.Elements(new TreeSet<>()));
    }

    @Bif(value = "Broker::__set_clear", type = "function(s: Broker::Data): bool")
    public static boolean setClear(RecordValue s) {
        set(s).values().clear();
        return true;
    }

    @Bif(value = "Broker::__set_size", type = "function(s: Broker::Data): count")
    public static long setSize(RecordValue s) {
        return set(s).values().size();
    }

    @Bif(value = "Broker::__set_contains", type = "function(s: Broker::Data, key: any): bool")
    public static boolean setContains(ScriptContext ctx, RecordValue s, Object key) {
        Data k = argument(ctx, key, BAD_KEY);
        return k != null && set(s).values().contains(k);
    }

    @Bif(value = "Broker::__set_insert", type = "function(s: Broker::Data, key: any): bool")
    public static boolean setInsert(ScriptContext ctx, RecordValue s, Object key) {
        Data k = argument(ctx, key, BAD_KEY);
        return k != null && set(s).values().add(k);
    }

    @Bif(value = "Broker::__set_remove", type = "function(s: Broker::Data, key: any): bool")
    public static boolean setRemove(ScriptContext ctx, RecordValue s, Object key) {
        Data k = argument(ctx, key, BAD_KEY);
        return k != null && set(s).values().remove(k);
    }

    @Bif(value = "Broker::__set_iterator", type = "function(s: Broker::Data): opaque of Broker::SetIterator")
    public static OpaqueValue setIterator(RecordValue s) {
        return DataIterator.over("Broker::SetIterator", set(s).values());
    }

    @Bif(value = "Broker::__set_iterator_last", type = "function(it: opaque of Broker::SetIterator): bool")
    public static boolean setIteratorLast(OpaqueValue it) {
        return ((DataIterator) it).isAtEnd();
    }

    @Bif(value = "Broker::__set_iterator_next", type = "function(it: opaque of Broker::SetIterator): bool")
    public static boolean setIteratorNext(OpaqueValue it) {
        return ((DataIterator) it).next();
    }

    @Bif(value = "Broker::__set_iterator_value", type = "function(it: opaque of Broker::SetIterator): Broker::Data")
    public static RecordValue setIteratorValue(ScriptContext ctx, OpaqueValue it) {
        return element(ctx, it, "set");
    }

    private static RecordValue element(ScriptContext ctx, OpaqueValue it, String kind) {
        Data element = ((DataIterator) it).element();
        if (element == null) {
            ctx.callError("attempt to retrieve value of invalid " + kind + " iterator", null);
        }
        return wrapOrEmpty(ctx, element);
    }

    // ---- tables

    @Bif(value = "Broker::__table_create", type = "function(): Broker::Data")
    public static RecordValue tableCreate(ScriptContext ctx) {
        return conversion(ctx).wrap(new Data.Entries(new TreeMap<>()));
    }

    @Bif(value = "Broker::__table_clear", type = "function(t: Broker::Data): bool")
    public static boolean tableClear(RecordValue t) {
        table(t).values().clear();
        return true;
    }

    @Bif(value = "Broker::__table_size", type = "function(t: Broker::Data): count")
    public static long tableSize(RecordValue t) {
        return table(t).values().size();
    }

    @Bif(value = "Broker::__table_contains", type = "function(t: Broker::Data, key: any): bool")
    public static boolean tableContains(ScriptContext ctx, RecordValue t, Object key) {
        Data k = argument(ctx, key, BAD_KEY);
        return k != null && table(t).values().containsKey(k);
    }

    /** Gives the value that was there before, or nothing. */
    @Bif(value = "Broker::__table_insert", type = "function(t: Broker::Data, key: any, val: any): Broker::Data")
    public static RecordValue tableInsert(ScriptContext ctx, RecordValue t, Object key, Object val) {
        Data k = argument(ctx, key, BAD_KEY);
        Data v = k == null ? null : argument(ctx, val, BAD_VALUE);
        return wrapOrEmpty(
                ctx, k == null || v == null ? null : table(t).values().put(k, v));
    }

    @Bif(value = "Broker::__table_remove", type = "function(t: Broker::Data, key: any): Broker::Data")
    public static RecordValue tableRemove(ScriptContext ctx, RecordValue t, Object key) {
        Data k = argument(ctx, key, BAD_KEY);
        return wrapOrEmpty(ctx, k == null ? null : table(t).values().remove(k));
    }

    @Bif(value = "Broker::__table_lookup", type = "function(t: Broker::Data, key: any): Broker::Data")
    public static RecordValue tableLookup(ScriptContext ctx, RecordValue t, Object key) {
        Data k = argument(ctx, key, BAD_KEY);
        return wrapOrEmpty(ctx, k == null ? null : table(t).values().get(k));
    }

    @Bif(value = "Broker::__table_iterator", type = "function(t: Broker::Data): opaque of Broker::TableIterator")
    public static OpaqueValue tableIterator(RecordValue t) {
        return DataIterator.over("Broker::TableIterator", table(t));
    }

    @Bif(value = "Broker::__table_iterator_last", type = "function(it: opaque of Broker::TableIterator): bool")
    public static boolean tableIteratorLast(OpaqueValue it) {
        return ((DataIterator) it).isAtEnd();
    }

    @Bif(value = "Broker::__table_iterator_next", type = "function(it: opaque of Broker::TableIterator): bool")
    public static boolean tableIteratorNext(OpaqueValue it) {
        return ((DataIterator) it).next();
    }

    @Bif(
            value = "Broker::__table_iterator_value",
            type = "function(it: opaque of Broker::TableIterator): Broker::TableItem")
    public static RecordValue tableIteratorValue(ScriptContext ctx, OpaqueValue it) {
        RecordValue item = Declared.record(ctx, "Broker::TableItem");
        DataIterator.Entry entry = ((DataIterator) it).entry();
        if (entry == null) {
            ctx.callError("attempt to retrieve value of invalid table iterator", null);
        }
        item.set(0, wrapOrEmpty(ctx, entry == null ? null : entry.key()));
        item.set(1, wrapOrEmpty(ctx, entry == null ? null : entry.value()));
        return item;
    }

    // ---- vectors

    @Bif(value = "Broker::__vector_create", type = "function(): Broker::Data")
    public static RecordValue vectorCreate(ScriptContext ctx) {
        return conversion(ctx).wrap(new Data.Vector(new ArrayList<>()));
    }

    @Bif(value = "Broker::__vector_clear", type = "function(v: Broker::Data): bool")
    public static boolean vectorClear(RecordValue v) {
        vector(v).values().clear();
        return true;
    }

    @Bif(value = "Broker::__vector_size", type = "function(v: Broker::Data): count")
    public static long vectorSize(RecordValue v) {
        return vector(v).values().size();
    }

    /** Before the element at that place; behind the last one when there is none. */
    @Bif(value = "Broker::__vector_insert", type = "function(v: Broker::Data, idx: count, d: any): bool")
    public static boolean vectorInsert(ScriptContext ctx, RecordValue v, long idx, Object d) {
        Data item = argument(ctx, d, "invalid Broker data conversion for item argument");
        if (item == null) {
            return false;
        }
        List<Data> all = vector(v).values();
        all.add(has(all, idx) ? (int) idx : all.size(), item);
        return true;
    }

    private static boolean has(List<Data> all, long idx) {
        return Long.compareUnsigned(idx, all.size()) < 0;
    }

    @Bif(value = "Broker::__vector_replace", type = "function(v: Broker::Data, idx: count, d: any): Broker::Data")
    public static RecordValue vectorReplace(ScriptContext ctx, RecordValue v, long idx, Object d) {
        Data item = argument(ctx, d, "invalid Broker data conversion for item argument");
        List<Data> all = vector(v).values();
        return wrapOrEmpty(ctx, item == null || !has(all, idx) ? null : all.set((int) idx, item));
    }

    @Bif(value = "Broker::__vector_remove", type = "function(v: Broker::Data, idx: count): Broker::Data")
    public static RecordValue vectorRemove(ScriptContext ctx, RecordValue v, long idx) {
        List<Data> all = vector(v).values();
        return wrapOrEmpty(ctx, has(all, idx) ? all.remove((int) idx) : null);
    }

    @Bif(value = "Broker::__vector_lookup", type = "function(v: Broker::Data, idx: count): Broker::Data")
    public static RecordValue vectorLookup(ScriptContext ctx, RecordValue v, long idx) {
        List<Data> all = vector(v).values();
        return wrapOrEmpty(ctx, has(all, idx) ? all.get((int) idx) : null);
    }

    @Bif(value = "Broker::__vector_iterator", type = "function(v: Broker::Data): opaque of Broker::VectorIterator")
    public static OpaqueValue vectorIterator(RecordValue v) {
        return DataIterator.over("Broker::VectorIterator", vector(v).values());
    }

    @Bif(value = "Broker::__vector_iterator_last", type = "function(it: opaque of Broker::VectorIterator): bool")
    public static boolean vectorIteratorLast(OpaqueValue it) {
        return ((DataIterator) it).isAtEnd();
    }

    @Bif(value = "Broker::__vector_iterator_next", type = "function(it: opaque of Broker::VectorIterator): bool")
    public static boolean vectorIteratorNext(OpaqueValue it) {
        return ((DataIterator) it).next();
    }

    @Bif(
            value = "Broker::__vector_iterator_value",
            type = "function(it: opaque of Broker::VectorIterator): Broker::Data")
    public static RecordValue vectorIteratorValue(ScriptContext ctx, OpaqueValue it) {
        return element(ctx, it, "vector");
    }

    // ---- records: vectors whose length does not change

    @Bif(value = "Broker::__record_create", type = "function(sz: count): Broker::Data")
    public static RecordValue recordCreate(ScriptContext ctx, long sz) {
        if (sz < 0 || sz > 0xffff) {
            throw new ScriptError("a record of " + Long.toUnsignedString(sz) + " fields cannot be made");
        }
        return conversion(ctx).wrap(new Data.Vector(new ArrayList<>(Collections.nCopies((int) sz, Data.None.VALUE))));
    }

    @Bif(value = "Broker::__record_size", type = "function(r: Broker::Data): count")
    public static long recordSize(RecordValue r) {
        return vector(r).values().size();
    }

    @Bif(value = "Broker::__record_assign", type = "function(r: Broker::Data, idx: count, d: any): bool")
    public static boolean recordAssign(ScriptContext ctx, RecordValue r, long idx, Object d) {
        Data item = argument(ctx, d, "invalid Broker data conversion for item argument");
        List<Data> all = vector(r).values();
        if (item == null || !has(all, idx)) {
            return false;
        }
        all.set((int) idx, item);
        return true;
    }

    @Bif(value = "Broker::__record_lookup", type = "function(r: Broker::Data, idx: count): Broker::Data")
    public static RecordValue recordLookup(ScriptContext ctx, RecordValue r, long idx) {
        List<Data> all = vector(r).values();
        Data field = has(all, idx) ? all.get((int) idx) : null;
        return wrapOrEmpty(ctx, field instanceof Data.None ? null : field);
    }

    @Bif(value = "Broker::__record_iterator", type = "function(r: Broker::Data): opaque of Broker::RecordIterator")
    public static OpaqueValue recordIterator(RecordValue r) {
        return DataIterator.over("Broker::RecordIterator", vector(r).values());
    }

    @Bif(value = "Broker::__record_iterator_last", type = "function(it: opaque of Broker::RecordIterator): bool")
    public static boolean recordIteratorLast(OpaqueValue it) {
        return ((DataIterator) it).isAtEnd();
    }

    @Bif(value = "Broker::__record_iterator_next", type = "function(it: opaque of Broker::RecordIterator): bool")
    public static boolean recordIteratorNext(OpaqueValue it) {
        return ((DataIterator) it).next();
    }

    @Bif(
            value = "Broker::__record_iterator_value",
            type = "function(it: opaque of Broker::RecordIterator): Broker::Data")
    public static RecordValue recordIteratorValue(ScriptContext ctx, OpaqueValue it) {
        Data field = ((DataIterator) it).element();
        if (field == null) {
            ctx.callError("attempt to retrieve value of invalid record iterator", null);
        }
        return wrapOrEmpty(ctx, field instanceof Data.None ? null : field);
    }
}
