package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.check.TypeRules;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;

/** Conversions of values at run time, as the checker asked for them. */
public final class Coercions {
    private Coercions() {}

    /** A value of one type as another; both agree with the checker's rules. */
    public static Object convert(Type from, Type to, Object value) {
        if (from == to || to.isError()) {
            return value;
        }
        if (to.is(Tag.ANY)) {
            return from.is(Tag.ANY) ? value : AnyValue.wrap(from, value);
        }
        if (from.is(Tag.ANY)) {
            return fromAny(value, to);
        }
        if (from.tag() != to.tag()
                && (from.tag().isArithmetic() || from.is(Tag.BOOL))
                && to.tag().isArithmetic()) {
            return Arithmetic.convert(from.tag(), to.tag(), value);
        }
        if (value instanceof RecordValue r && to instanceof RecordType t) {
            return record(r, t);
        }
        if (value instanceof TableValue t && to instanceof TableType tt) {
            return table(t, tt);
        }
        return value instanceof VectorValue v && to instanceof VectorType vt ? vector(v, vt) : value;
    }

    /** A new record of another type with the same fields; the same one when the types already agree. */
    public static RecordValue record(RecordValue r, RecordType to) {
        RecordType from = (RecordType) r.layout();
        if (from == to) {
            return r;
        }
        RecordValue out = Records.bare(to);
        for (int slot = 0; slot < from.size(); slot++) {
            int target = to.slot(from.field(slot).name());
            Object value = Records.get(r, from, slot);
            if (target >= 0 && value != null) {
                out.set(
                        target,
                        convert(from.field(slot).type(), to.field(target).type(), value));
            }
        }
        Records.fillDefaults(out, to);
        return out;
    }

    private static TableValue table(TableValue t, TableType to) {
        if (t.type().isUnspecified()) {
            t.specify(to);
            return t;
        }
        if (TypeRules.same(t.type(), to)) {
            return t;
        }
        TableValue out = new TableValue(to, t.attributes());
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            Object key = t.entryKey(e);
            Object value = t.entryValue(e);
            if (key == null || value == null) {
                continue;
            }
            Object[] parts = TableValue.parts(key);
            for (int i = 0; i < parts.length; i++) {
                parts[i] = convert(t.type().index().get(i), to.index().get(i), parts[i]);
            }
            Type fromYield = t.type().yield();
            Type toYield = to.yield();
            out.put(
                    TableValue.key(parts),
                    fromYield == null || toYield == null ? TableValue.PRESENT : convert(fromYield, toYield, value));
        }
        return out;
    }

    private static VectorValue vector(VectorValue v, VectorType to) {
        if (v.type().isUnspecified()) {
            v.specify(to);
            return v;
        }
        if (TypeRules.same(v.type(), to) || to.element().is(Tag.ANY)) {
            return v;
        }
        if (v.type().element().is(Tag.ANY)) {
            return concrete(v, to);
        }
        VectorValue out = new VectorValue(to);
        for (int i = 0; i < v.size(); i++) {
            Object e = v.get(i);
            out.set(i, e == null ? null : convert(v.type().element(), to.element(), e));
        }
        return out;
    }

    /** The same vector, from now on of values of a type that all it holds have (zeek {@code src/Val.cc}, Concretize). */
    private static VectorValue concrete(VectorValue v, VectorType to) {
        for (int i = 0; i < v.size(); i++) {
            Object e = v.get(i);
            if (e != null && !TypeRules.same(AnyValue.typeOf(e), to.element())) {
                throw new ScriptError("incompatible vector-of-any");
            }
        }
        for (int i = 0; i < v.size(); i++) {
            Object e = v.get(i);
            v.set(i, e == null ? null : AnyValue.unwrap(e));
        }
        v.specify(to);
        return v;
    }

    private static Object fromAny(Object any, Type to) {
        Type actual = AnyValue.typeOf(any);
        Object value = AnyValue.unwrap(any);
        if (actual == to || TypeRules.same(actual, to)) {
            return value;
        }
        if (actual.tag().isArithmetic()
                        && to.tag().isArithmetic()
                        && TypeRules.max(actual, to).tag() == to.tag()
                || actual instanceof RecordType && to instanceof RecordType
                || actual instanceof TableType t && t.isUnspecified() && to instanceof TableType
                || actual instanceof VectorType v && v.isUnspecified() && to instanceof VectorType) {
            return convert(actual, to, value);
        }
        if (value instanceof VectorValue v
                && to instanceof VectorType t
                && t.element().is(Tag.ANY)) {
            return ofAny(v, t);
        }
        throw new ScriptError("incompatible \"any\" type (" + actual.label() + " vs. " + to.label() + ")");
    }

    /** The elements with their type, as a vector of any holds them. */
    private static VectorValue ofAny(VectorValue v, VectorType to) {
        VectorValue out = new VectorValue(to);
        for (int i = 0; i < v.size(); i++) {
            Object e = v.get(i);
            out.set(i, e == null ? null : AnyValue.wrap(v.type().element(), e));
        }
        return out;
    }
}
