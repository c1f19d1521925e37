package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.Tuple;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** Table access with the language's rules for defaults and patterns. */
public final class Tables {
    private Tables() {}

    /** The value under a key, or the table's default for it, or null. */
    public static @Nullable Object lookup(TableValue t, Object key) {
        Object value = t.get(key);
        return value != null ? value : defaultOf(t, key);
    }

    private static @Nullable Object defaultOf(TableValue t, Object key) {
        AttributeValue insert = t.attributes().get(Attr.DEFAULT_INSERT);
        AttributeValue def = insert != null ? insert : t.attributes().get(Attr.DEFAULT);
        if (def == null) {
            return null;
        }
        Object value = def.evaluate();
        Type yield = t.type().yield();
        if (value instanceof FuncValue f && yield != null && !(yield instanceof FuncType)) {
            value = f.call(TableValue.parts(key));
        } else if (value != null && !def.isConstant()) {
            value = Copy.of(value);
        }
        if (insert != null && value != null) {
            t.put(ownKey(key), value);
        }
        return value;
    }

    /** A key fit to be stored: aggregates in it are copied. */
    public static Object ownKey(Object key) {
        if (!(key instanceof Tuple tuple)) {
            return key;
        }
        boolean copy = false;
        for (int i = 0; i < tuple.size(); i++) {
            Object part = tuple.part(i);
            copy |= part instanceof RecordValue || part instanceof VectorValue || part instanceof TableValue;
        }
        if (!copy) {
            return key;
        }
        Object[] parts = tuple.parts();
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Copy.of(parts[i]);
        }
        return TableValue.key(parts);
    }

    /** The values of all patterns of a pattern table that match a string. */
    static VectorValue matching(TableValue t, Bytes text, VectorType type) {
        VectorValue out = new VectorValue(type);
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            if (t.entryKey(e) instanceof Pattern p && p.matchesExactly(text)) {
                out.add(t.entryValue(e));
            }
        }
        return out;
    }

    static boolean anyMatches(TableValue t, Bytes text) {
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            if (t.entryKey(e) instanceof Pattern p && p.matchesExactly(text)) {
                return true;
            }
        }
        return false;
    }

    /** @param text the index expression */
    public static ScriptError noSuchIndex(String text) {
        return new ScriptError("no such index (" + text + ")");
    }

    /** Whether a subnet, string or vector has something in it: {@code e in where}. */
    public static boolean holds(Object where, Object e) {
        if (where instanceof Subnet s) {
            return e instanceof Addr a ? s.contains(a) : e instanceof Subnet inner && s.contains(inner);
        }
        if (where instanceof Bytes text) {
            return e instanceof Pattern p ? p.foundIn(text) : e instanceof Bytes part && text.indexOf(part, 0) >= 0;
        }
        return where instanceof VectorValue v
                && e instanceof Long n
                && n >= 0
                && n < v.size()
                && v.get((int) (long) n) != null;
    }
}
