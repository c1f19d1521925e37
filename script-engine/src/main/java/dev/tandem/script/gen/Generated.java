package dev.tandem.script.gen;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.interp.Arithmetic;
import dev.tandem.script.interp.Tables;
import dev.tandem.script.runtime.NoValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Tag;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What generated code calls that is neither a node's meaning nor a value's method: constants, and the ways to fail. */
public final class Generated {
    private Generated() {}

    /** The constants of a generated class, once. */
    public static Object[] constants(Class<?> owner) {
        return ((GeneratedClassLoader) owner.getClassLoader()).takeConstants(owner.getName());
    }

    /** @param value what must not be null */
    public static Object value(@Nullable Object value) {
        if (value == null) {
            throw new ScriptError("value used but not set");
        }
        return value;
    }

    /** @param value what a call gave, which is used as a value */
    public static Object result(@Nullable Object value) {
        if (value == null) {
            throw new NoValue();
        }
        return value;
    }

    /** A variable's value, which must be set. */
    public static Object set(@Nullable Object value, Site variable) {
        if (value == null) {
            throw variable.error("value used but not set");
        }
        return value;
    }

    /** The difference of two counts. */
    public static long count(long a, long b, Site minus) {
        if (Long.compareUnsigned(a, b) < 0) {
            minus.underflow();
        }
        return a - b;
    }

    public static long decrement(long n, Site minus) {
        if (n == 0) {
            minus.underflow();
        }
        return n - 1;
    }

    /** An operator that is not compiled. */
    public static Object apply(BinaryOp op, Tag tag, Object a, Object b, Site whole) {
        try {
            return Arithmetic.apply(op, tag, a, b);
        } catch (ScriptError e) {
            throw whole.error(e);
        }
    }

    /** The default of a field that is unset and about to be changed in place. */
    public static Object changing(RecordValue record, Site field) {
        Object value = Records.get(record, field.recordType(), field.slot());
        if (value == null) {
            throw field.error("value used but not set");
        }
        return value;
    }

    /** The entry of a table that is about to be changed in place. */
    public static Object stored(TableValue table, Object key, Site index) {
        Object value = Tables.lookup(table, key);
        if (value == null) {
            throw Tables.noSuchIndex(index.text());
        }
        return value;
    }

    /** The value of a field that is unset as it stands: its default. */
    public static Object field(RecordValue record, Site field) {
        Object value = Records.get(record, field.recordType(), field.slot());
        if (value == null) {
            throw field.error("field value missing");
        }
        return value;
    }

    /** The element of a table. */
    public static Object element(TableValue table, Object key, Site index) {
        Object value = Tables.lookup(table, key);
        if (value == null) {
            throw Tables.noSuchIndex(index.text()).at(index.at());
        }
        return value;
    }

    /** The element of a vector. */
    public static Object element(VectorValue vector, long index, Site site) {
        long place = index < 0 ? index + vector.size() : index;
        Object e = place < 0 || place >= vector.size() ? null : vector.get((int) place);
        if (e == null) {
            throw Tables.noSuchIndex(site.text()).at(site.at());
        }
        return e;
    }

    /** Where a vector's element is to be stored. */
    public static int position(VectorValue vector, long index, Site site) {
        long at = index < 0 ? index + vector.size() : index;
        if (at < 0 || at > Integer.MAX_VALUE - 8) {
            throw Tables.noSuchIndex(site.text());
        }
        return (int) at;
    }

    /** Stores into a table. */
    public static void put(TableValue table, Object key, Object value, Site index) {
        if (table.put(key, value) == null && table.isLooped()) {
            index.warnOfLoop();
        }
    }

    /** After an insertion into a table. */
    public static void inserted(TableValue table, Site index) {
        if (table.isLooped()) {
            index.warnOfLoop();
        }
    }

    /** Whether the element is new to the set. */
    public static boolean add(TableValue set, Object key, Site index) {
        boolean added = set.add(key);
        if (added && set.isLooped()) {
            index.warnOfLoop();
        }
        return added;
    }

    /** Whether there was such an entry. */
    public static boolean remove(TableValue table, Object key, Site index) {
        boolean removed = table.remove(key) != null;
        if (removed && table.isLooped()) {
            index.warnOfLoop();
        }
        return removed;
    }

    /** The element at a place, which must be set. */
    public static Object stored(VectorValue vector, int at, long index, Site site) {
        Object e = vector.get(at);
        if (e == null) {
            throw Tables.noSuchIndex(site.text());
        }
        return e;
    }

    /** Whether a field has a value. */
    public static boolean has(RecordValue record, Site field) {
        return record.get(field.slot()) != null
                || field.recordType().field(field.slot()).hasDefault();
    }

    /** The number of the case that a switch takes, -1 for none. */
    public static int caseOf(Map<Object, Integer> cases, Object value) {
        Integer found = cases.get(value);
        return found == null ? -1 : found;
    }

    /** Arguments and those behind them. */
    public static Object[] joined(Object[] fixed, Object[] more) {
        Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return all;
    }
}
