package dev.tandem.script.bif;

import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables, sets and vectors as wholes. */
public final class CollectionFunctions {
    private CollectionFunctions() {}

    @Bif(value = "clear_table", type = "function(v: any): any")
    public static @Nullable Object clearTable(ScriptContext ctx, Object v) {
        if (v instanceof TableValue t) {
            t.clear();
        } else {
            ctx.callError("clear_table() requires a table/set argument", null);
        }
        return null;
    }

    @Bif(value = "table_keys", type = "function(t: any): any")
    public static @Nullable Object tableKeys(ScriptContext ctx, Object t) {
        if (!(t instanceof TableValue table) || table.type().isSet()) {
            ctx.callError("table_keys() requires a table argument", null);
            return null;
        }
        TableValue keys = new TableValue(new TableType(table.type().index(), null));
        for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
            Object key = table.entryKey(e);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    @Bif(value = "table_values", type = "function(t: any): any_vec")
    public static @Nullable VectorValue tableValues(ScriptContext ctx, Object t) {
        Type yield = t instanceof TableValue table ? table.type().yield() : null;
        if (!(t instanceof TableValue table) || yield == null) {
            ctx.callError("table_values() requires a table argument", null);
            return null;
        }
        VectorValue values = new VectorValue(new VectorType(yield));
        for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
            values.add(table.entryValue(e));
        }
        return values;
    }

    private static @Nullable TableValue subnetTable(ScriptContext ctx, Object t, String function) {
        // A table() without a type yet may become one.
        if (t instanceof TableValue table
                && (table.type().isSubnetTable() || table.type().isUnspecified())) {
            return table;
        }
        ctx.reporter().error(function + " needs to be called on a set[subnet]/table[subnet].", null);
        return null;
    }

    /** The table's subnets around one, the narrowest first. */
    private static List<Subnet> around(TableValue table, Subnet search) {
        List<Subnet> found = new ArrayList<>();
        for (int width = search.width128(); width >= 0; width--) {
            Subnet s = new Subnet(search.prefix(), width);
            if (table.getExact(s) != null) {
                found.add(s);
            }
        }
        return found;
    }

    @Bif(value = "matching_subnets", type = "function(search: subnet, t: any): subnet_vec")
    public static @Nullable VectorValue matchingSubnets(ScriptContext ctx, Subnet search, Object t) {
        TableValue table = subnetTable(ctx, t, "matching_subnets");
        if (table == null) {
            return null;
        }
        VectorValue v = new VectorValue(BifTypes.SUBNET_VEC);
        for (Subnet s : around(table, search)) {
            v.add(s);
        }
        return v;
    }

    @Bif(value = "filter_subnet_table", type = "function(search: subnet, t: any): any")
    public static @Nullable Object filterSubnetTable(ScriptContext ctx, Subnet search, Object t) {
        TableValue table = subnetTable(ctx, t, "filter_subnet_table");
        if (table == null) {
            return null;
        }
        TableValue filtered = new TableValue(table.type());
        for (Subnet s : around(table, search)) {
            // Counts as a read, which puts off &read_expire.
            Object value = table.read(table.findEntry(s));
            if (value != null) {
                filtered.put(s, value);
            }
        }
        return filtered;
    }

    @Bif(value = "check_subnet", type = "function(search: subnet, t: any): bool")
    public static boolean checkSubnet(ScriptContext ctx, Subnet search, Object t) {
        TableValue table = subnetTable(ctx, t, "check_subnet");
        return table != null && table.getExact(search) != null;
    }

    @Bif(value = "resize", type = "function(aggr: any, newsize: count): count")
    public static long resize(ScriptContext ctx, Object aggr, long newsize) {
        if (!(aggr instanceof VectorValue v)) {
            ctx.callError("resize() operates on vectors", null);
            return 0;
        }
        int before = v.size();
        v.resize(Math.toIntExact(newsize));
        return before;
    }

    private static boolean isVectorOfBool(Object v) {
        return v instanceof VectorValue vector && vector.type().element().is(Tag.BOOL);
    }

    @Bif(value = "any_set", type = "function(v: any): bool", pure = true)
    public static boolean anySet(ScriptContext ctx, Object v) {
        if (!(v instanceof VectorValue vector) || !isVectorOfBool(v)) {
            ctx.callError("any_set() requires vector of bool", null);
            return false;
        }
        for (int i = 0; i < vector.size(); i++) {
            if (Boolean.TRUE.equals(vector.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Bif(value = "all_set", type = "function(v: any): bool", pure = true)
    public static boolean allSet(ScriptContext ctx, Object v) {
        if (!(v instanceof VectorValue vector) || !isVectorOfBool(v)) {
            ctx.callError("all_set() requires vector of bool", null);
            return false;
        }
        for (int i = 0; i < vector.size(); i++) {
            if (!Boolean.TRUE.equals(vector.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** In place, and returned. */
    @Bif(value = "sort", type = "function(v: any, ...): any")
    public static Object sort(ScriptContext ctx, Object v, Object... more) {
        if (!(v instanceof VectorValue vector)) {
            ctx.callError("sort() requires vector", null);
            return v;
        }
        Comparator<@Nullable Object> order = Ordering.of(ctx, vector, more, "sort");
        if (order != null) {
            List<@Nullable Object> elements = new ArrayList<>(vector.size());
            for (int i = 0; i < vector.size(); i++) {
                elements.add(vector.get(i));
            }
            List<@Nullable Object> sorted = Ordering.sorted(elements, order);
            for (int i = 0; i < sorted.size(); i++) {
                vector.set(i, sorted.get(i));
            }
        }
        return vector;
    }

    @Bif(value = "order", type = "function(v: any, ...): index_vec")
    public static VectorValue order(ScriptContext ctx, Object v, Object... more) {
        VectorValue indices = new VectorValue(BifTypes.INDEX_VEC);
        if (!(v instanceof VectorValue vector)) {
            ctx.callError("order() requires vector", null);
            return indices;
        }
        Comparator<@Nullable Object> order = Ordering.of(ctx, vector, more, "order");
        if (order != null) {
            List<Integer> numbers = new ArrayList<>(vector.size());
            for (int i = 0; i < vector.size(); i++) {
                numbers.add(i);
            }
            for (int i : Ordering.sorted(numbers, (a, b) -> order.compare(vector.get(a), vector.get(b)))) {
                indices.add((long) i);
            }
        }
        return indices;
    }

    /** Whether two values are one object; equal numbers are. */
    @SuppressWarnings("ReferenceEquality")
    @Bif(value = "same_object", type = "function(o1: any, o2: any): bool")
    public static boolean sameObject(Object o1, Object o2) {
        return o1 == o2 || o1 instanceof AnyValue && o1.equals(o2);
    }

    @Bif(value = "val_footprint", type = "function(v: any): count")
    public static long valFootprint(Object v) {
        return new Footprint().of(v);
    }
}
