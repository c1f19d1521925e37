package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.check.TypeRules;
import dev.tandem.script.runtime.AddressText;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.CNumber;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/**
 * Values as another type, as scripts ask for it by {@code as}, {@code ?as} and {@code is} (zeek {@code src/Val.cc},
 * cast_value_to_type). Both tiers call it.
 */
public final class Casts {
    private Casts() {}

    /** {@code value is T}: whether the value, held as any, really is a T; its conversion does not matter. */
    public static boolean is(Object any, Type to) {
        return fits(AnyValue.typeOf(any), to) || unpacked(any, to) != null;
    }

    /** What the record {@code Broker::Data} holds, as a T; null when it is no such record, or cannot be one. */
    private static @Nullable Object unpacked(Object any, Type to) {
        return any instanceof RecordValue r && r.layout().size() == 1 && r.get(0) instanceof OpaqueValue o
                ? o.castTo(to)
                : null;
    }

    /** The value as a T, null when it is none. */
    public static @Nullable Object orNull(Object any, Type to) {
        if (!fits(AnyValue.typeOf(any), to)) {
            return unpacked(any, to);
        }
        return to.is(Tag.ANY) ? any : AnyValue.unwrap(any);
    }

    /**
     * {@code value as T}.
     *
     * @param any the value as static type any holds it
     * @param expression the cast's text, for the error
     * @throws ScriptError when the value has no such form
     */
    public static Object cast(Object any, Type to, String expression) {
        Object v = attempt(any, to);
        if (v == null) {
            boolean holdsNothing = isEmptyData(any);
            throw new ScriptError("invalid cast of value with type '"
                    + (holdsNothing ? "Broker::Data" : AnyValue.typeOf(any).describe()) + "' to type '"
                    + to.describe() + "'" + (holdsNothing ? " (nil $data field)" : "") + " (" + expression + ")");
        }
        return v;
    }

    private static boolean isEmptyData(Object any) {
        return any instanceof RecordValue r && r.layout().typeName().equals("Broker::Data") && r.get(0) == null;
    }

    /** As {@link #cast}; null where that fails, which is what {@code ?as} asks. */
    public static @Nullable Object attempt(Object any, Type to) {
        if (to.is(Tag.ANY)) {
            return any;
        }
        Type from = AnyValue.typeOf(any);
        Object value = AnyValue.unwrap(any);
        if (fits(from, to)) {
            return value;
        }
        return switch (value) {
            case Bytes text -> ofText(text, to.tag());
            case Long n -> ofInteger(n, from.is(Tag.INT), to.tag());
            case Double d -> ofDouble(d, from.is(Tag.DOUBLE), to.tag());
            case EnumValue e -> to.is(Tag.COUNT) || to.is(Tag.INT) ? e.number() : null;
            case Addr a -> to.is(Tag.SUBNET) ? Subnet.of(a, a.isV4() ? 32 : 128) : words(a, to);
            case Subnet s -> to.is(Tag.ADDR) ? s.prefix() : to.is(Tag.COUNT) ? (Object) (long) s.width() : null;
            case Port p -> to.is(Tag.COUNT) ? (long) p.number() : null;
            case TableValue set -> to instanceof VectorType v && set.type().isSet() ? vector(set, v) : null;
            case VectorValue v -> to instanceof TableType t && t.isSet() ? set(v, t) : null;
            case RecordValue r -> unpacked(r, to);
            default -> null;
        };
    }

    /** Any goes with every type, inside vectors too. */
    private static boolean fits(Type from, Type to) {
        return to.is(Tag.ANY)
                || TypeRules.same(from, to)
                || from instanceof VectorType v && to instanceof VectorType w && fits(v.element(), w.element());
    }

    private static @Nullable Object ofText(Bytes text, Tag to) {
        return switch (to) {
            case DOUBLE -> CNumber.floating(text);
            case INT -> CNumber.signed(text, 10);
            case COUNT -> CNumber.unsigned(text, 10);
            case ADDR -> AddressText.addr(text.latin1());
            case SUBNET -> AddressText.subnet(text.latin1());
            case PORT -> AddressText.port(text, false);
            default -> null;
        };
    }

    private static @Nullable Object ofInteger(long n, boolean signed, Tag to) {
        return switch (to) {
            case COUNT, INT -> n >= 0 ? n : null;
            case DOUBLE, TIME, INTERVAL -> signed ? (double) n : Arithmetic.unsignedToDouble(n);
            case ADDR -> !signed && n >>> 32 == 0 ? Addr.v4((int) n) : null;
            default -> null;
        };
    }

    /** @param plain whether it is a double, not a time or interval */
    private static @Nullable Object ofDouble(double d, boolean plain, Tag to) {
        if (!plain) {
            return to == Tag.DOUBLE ? d : null;
        }
        return switch (to) {
            case INT -> (long) Math.rint(d);
            case COUNT -> d < 0 ? null : Arithmetic.doubleToUnsigned(Math.rint(d));
            case TIME, INTERVAL -> d;
            default -> null;
        };
    }

    /** An address as its 32-bit words. */
    private static @Nullable VectorValue words(Addr a, Type to) {
        if (!(to instanceof VectorType v) || !v.element().is(Tag.COUNT)) {
            return null;
        }
        VectorValue out = new VectorValue(v);
        byte[] bytes = a.toBytes();
        for (int i = 0; i < bytes.length; i += 4) {
            long word = 0;
            for (int k = 0; k < 4; k++) {
                word = word << 8 | bytes[i + k] & 0xff;
            }
            out.add(word);
        }
        return out;
    }

    private static @Nullable VectorValue vector(TableValue set, VectorType to) {
        if (set.type().index().size() != 1) {
            return null;
        }
        VectorValue out = new VectorValue(to);
        for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
            Object key = set.entryKey(e);
            if (key != null) {
                out.add(TableValue.parts(key)[0]);
            }
        }
        return out;
    }

    private static @Nullable TableValue set(VectorValue v, TableType to) {
        if (to.index().size() != 1) {
            return null;
        }
        TableValue out = new TableValue(to);
        for (int i = 0; i < v.size(); i++) {
            Object e = v.get(i);
            if (e != null) {
                out.add(Tables.ownKey(TableValue.key(e)));
            }
        }
        return out;
    }

    /** The value as static type any holds it. */
    static Object asAny(Type from, Object value) {
        return Coercions.convert(from, Types.ANY, value);
    }
}
