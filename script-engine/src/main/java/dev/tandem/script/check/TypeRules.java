package dev.tandem.script.check;

import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.FileType;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.ListType;
import dev.tandem.script.types.OpaqueType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.SimpleType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.TypeType;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When two types are the same (zeek {@code src/Type.cc}, same_type), and the arithmetic order of types. */
public final class TypeRules {
    private TypeRules() {}

    /** Structural sameness; records compare field by field, names included. */
    public static boolean same(Type a, Type b) {
        return same(a, b, 0);
    }

    private static boolean same(Type a, Type b, int depth) {
        if (a == b || a.isError() || b.isError()) {
            return true;
        }
        if (a.tag() != b.tag()) {
            return false;
        }
        if (depth > 32) {
            return true; // recursive types that agreed so far
        }
        return switch (a) {
            case SimpleType s -> true;
            case EnumType e -> a.name() != null && a.name().equals(b.name());
            case OpaqueType o -> o.of().equals(((OpaqueType) b).of());
            case FileType f -> same(f.element(), ((FileType) b).element(), depth + 1);
            case VectorType v -> same(v.element(), ((VectorType) b).element(), depth + 1);
            case TypeType t -> same(t.of(), ((TypeType) b).of(), depth + 1);
            case ListType l -> sameAll(l.parts(), ((ListType) b).parts(), depth + 1);
            case TableType t -> sameTables(t, (TableType) b, depth + 1);
            case FuncType f -> sameFunctions(f, (FuncType) b, depth + 1);
            case RecordType r -> sameRecords(r, (RecordType) b, depth + 1);
        };
    }

    private static boolean sameAll(List<Type> a, List<Type> b, int depth) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i), depth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameTables(TableType a, TableType b, int depth) {
        Type x = a.yield();
        Type y = b.yield();
        if ((x == null) != (y == null)) {
            return false;
        }
        return sameAll(a.index(), b.index(), depth) && (x == null || y == null || same(x, y, depth));
    }

    private static boolean sameRecords(RecordType a, RecordType b, int depth) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            RecordField f = a.field(i);
            RecordField g = b.field(i);
            if (!f.name().equals(g.name()) || !same(f.type(), g.type(), depth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameFunctions(FuncType a, FuncType b, int depth) {
        if (a.flavor() != b.flavor() || !agree(a.yield(), b.yield(), depth)) {
            return false;
        }
        if (a.isVariadic() || b.isVariadic()) {
            return true;
        }
        RecordType x = a.params();
        RecordType y = b.params();
        if (x.size() != y.size()) {
            return false;
        }
        for (int i = 0; i < x.size(); i++) {
            if (!agree(x.field(i).type(), y.field(i).type(), depth)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a handler may declare a parameter of type {@code b} where the prototype says {@code a}: any stands for every
     * type whose values are the same as any and as themselves, so that a policy hook may name its stream's record.
     */
    public static boolean sameParameter(Type a, Type b) {
        return same(a, b) || a.is(Tag.ANY) && !isNumber(b) || b.is(Tag.ANY) && !isNumber(a);
    }

    private static boolean isNumber(Type type) {
        return type.tag().isIntegral() || type.tag().isFloating();
    }

    /** In functions any goes with every type: a policy hook may name its stream's record (zeek {@code src/Type.cc}). */
    private static boolean agree(Type a, Type b, int depth) {
        return a.is(Tag.ANY) || b.is(Tag.ANY) || same(a, b, depth);
    }

    /** Whether values of a type hold values of type any: such values have no key of their own in a table. */
    public static boolean containsAny(Type type) {
        return containsAny(type, 0);
    }

    private static boolean containsAny(Type type, int depth) {
        if (depth > 32) {
            return false; // a recursive type without one so far
        }
        return switch (type) {
            case RecordType r -> r.fields().stream().anyMatch(f -> containsAny(f.type(), depth + 1));
            case VectorType v -> containsAny(v.element(), depth + 1);
            case TableType t -> {
                Type yield = t.yield();
                yield t.index().stream().anyMatch(i -> containsAny(i, depth + 1))
                        || yield != null && containsAny(yield, depth + 1);
            }
            default -> type.is(Tag.ANY);
        };
    }

    /** The arithmetic type that holds both: double over int over count. */
    public static SimpleType max(Type a, Type b) {
        if (a.is(Tag.DOUBLE) || b.is(Tag.DOUBLE)) {
            return Types.DOUBLE;
        }
        return a.is(Tag.INT) || b.is(Tag.INT) ? Types.INT : Types.COUNT;
    }

    public static boolean bothArithmetic(Type a, Type b) {
        return a.tag().isArithmetic() && b.tag().isArithmetic();
    }

    public static boolean both(Type a, Type b, Tag tag) {
        return a.is(tag) && b.is(tag);
    }

    /** The element type when {@code type} is a vector, else null. */
    public static @Nullable Type elementOf(Type type) {
        return type instanceof VectorType v ? v.element() : null;
    }
}
