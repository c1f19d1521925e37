package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Expr.Coercion;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings an expression to a type where the language allows it: arithmetic promotion, record promotion, giving unspecified
 * containers their type, and any (zeek {@code src/Expr.cc}, check_and_promote_expr).
 *
 * <p>Constructors are rebuilt with the wanted type instead of being converted at run time.
 */
final class Coercer {
    /** The expression as {@code target}, or null when it cannot be. Reports nothing about the failure itself. */
    @Nullable
    Expr coerce(Expr e, Type target) {
        Type type = e.type();
        if (type.isError() || target.isError()) {
            return e;
        }
        if (e instanceof Expr.InitList list) {
            return initList(list, target);
        }
        if (e instanceof Expr.RecordCtor ctor && target instanceof RecordType r && ctor.type() != r) {
            return recordCtor(ctor, r);
        }
        if (e instanceof Expr.TableCtor ctor && target instanceof TableType t && ctor.type() != t) {
            return tableCtor(ctor, t);
        }
        if (e instanceof Expr.VectorCtor ctor && target instanceof VectorType v && ctor.type() != v) {
            return vectorCtor(ctor, v);
        }
        if (e instanceof Expr.Conditional c && !TypeRules.same(type, target) && !target.is(Tag.ANY)) {
            Expr then = coerce(c.then(), target);
            Expr otherwise = coerce(c.otherwise(), target);
            return then == null || otherwise == null
                    ? null
                    : new Expr.Conditional(c.at(), c.condition(), then, otherwise, target);
        }
        if (target.is(Tag.ANY)) {
            return type.is(Tag.ANY)
                    ? e
                    : type.is(Tag.VOID) ? null : new Expr.Coerce(e.at(), Coercion.TO_ANY, e, target);
        }
        if (type.is(Tag.ANY)) {
            return new Expr.Coerce(e.at(), Coercion.FROM_ANY, e, target);
        }
        if (TypeRules.bothArithmetic(type, target)) {
            return arithmetic(e, type, target);
        }
        if (target instanceof RecordType to && type instanceof RecordType from) {
            return to == from || TypeRules.same(to, from)
                    ? e
                    : canPromote(from, to) ? new Expr.Coerce(e.at(), Coercion.RECORD, e, to) : null;
        }
        if (isUnspecified(type) && fits(type, target)) {
            return new Expr.Coerce(e.at(), Coercion.CONTAINER, e, target);
        }
        if (target instanceof FuncType to && type instanceof FuncType from) {
            return from.flavor() == to.flavor()
                            && (from.isVariadic()
                                    || TypeRules.same(to, from)
                                    || hasOverload(from, to)
                                    || to.yield().is(Tag.ANY) && TypeRules.same(to.params(), from.params()))
                    ? e
                    : null;
        }
        if (type instanceof VectorType from && target instanceof VectorType to) {
            if (TypeRules.same(from, to) || to.element().is(Tag.ANY)) {
                return e;
            }
            if (from.element().is(Tag.ANY)) {
                return container(e, to);
            }
            return TypeRules.bothArithmetic(from.element(), to.element())
                            && TypeRules.max(from.element(), to.element()).tag()
                                    == to.element().tag()
                    ? new Expr.Coerce(e.at(), Coercion.ARITHMETIC, e, to)
                    : null;
        }
        if (type instanceof TableType from && target instanceof TableType to) {
            return TypeRules.same(from, to) ? e : convertible(from, to) ? container(e, to) : null;
        }
        return TypeRules.same(type, target) ? e : null;
    }

    private static Expr container(Expr e, Type to) {
        return new Expr.Coerce(e.at(), Coercion.CONTAINER, e, to);
    }

    private static boolean hasOverload(FuncType from, FuncType to) {
        return from.alternates().stream().anyMatch(p -> TypeRules.same(p.params(), to.params()));
    }

    static boolean isUnspecified(Type type) {
        return type instanceof TableType t && t.isUnspecified() || type instanceof VectorType v && v.isUnspecified();
    }

    private static boolean fits(Type unspecified, Type target) {
        return unspecified instanceof VectorType
                ? target instanceof VectorType
                : target instanceof TableType t && (unspecified.isSet() == t.isSet());
    }

    /** Whether a table of records or numbers may be rebuilt as another: same shape, each part promotable. */
    private static boolean convertible(TableType from, TableType to) {
        if (from.isSet() != to.isSet() || from.index().size() != to.index().size()) {
            return false;
        }
        for (int i = 0; i < from.index().size(); i++) {
            if (!promotable(from.index().get(i), to.index().get(i))) {
                return false;
            }
        }
        Type a = from.yield();
        Type b = to.yield();
        return a == null || b == null || promotable(a, b);
    }

    private static boolean promotable(Type from, Type to) {
        if (TypeRules.same(from, to) || to.is(Tag.ANY)) {
            return true;
        }
        return from instanceof RecordType a && to instanceof RecordType b && canPromote(a, b);
    }

    private @Nullable Expr arithmetic(Expr e, Type from, Type to) {
        if (from.tag() == to.tag()) {
            return e;
        }
        Tag max = TypeRules.max(from, to).tag();
        boolean widening = max == to.tag();
        if (e instanceof Expr.Const c) {
            if (c.value() instanceof Long n) {
                if (to.is(Tag.DOUBLE)) {
                    double d = from.is(Tag.COUNT) && n < 0 ? unsigned(n) : n;
                    return new Expr.Const(c.at(), Types.DOUBLE, d);
                }
                if (widening && (to.is(Tag.COUNT) || n >= 0)) {
                    return new Expr.Const(c.at(), to, n);
                }
            }
        }
        if (!widening) {
            return null;
        }
        return new Expr.Coerce(e.at(), Coercion.ARITHMETIC, e, to);
    }

    private static double unsigned(long n) {
        return (n >>> 1) * 2.0 + (n & 1);
    }

    /** Whether a record of one type can become one of the other: each field there, the rest optional or with default. */
    static boolean canPromote(RecordType from, RecordType to) {
        for (RecordField f : from.fields()) {
            int slot = to.slot(f.name());
            if (slot < 0) {
                return false;
            }
            if (!fieldFits(f.type(), to.field(slot).type())) {
                return false;
            }
        }
        for (RecordField f : to.fields()) {
            if (from.slot(f.name()) < 0 && !f.isOptional() && !f.hasDefault()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a field of one type may become one of the other when its record is converted. */
    static boolean fieldFits(Type from, Type to) {
        return TypeRules.same(from, to)
                || to.is(Tag.ANY)
                || TypeRules.bothArithmetic(from, to) && TypeRules.max(from, to).tag() == to.tag()
                || from instanceof RecordType a && to instanceof RecordType b && canPromote(a, b)
                || isUnspecified(from) && fits(from, to);
    }

    private @Nullable Expr recordCtor(Expr.RecordCtor ctor, RecordType target) {
        List<Expr.FieldInit> fields = new ArrayList<>();
        for (Expr.FieldInit f : ctor.fields()) {
            int slot = target.slot(f.name());
            if (slot < 0) {
                return null;
            }
            Expr value = coerce(f.value(), target.field(slot).type());
            if (value == null) {
                return null;
            }
            fields.add(new Expr.FieldInit(f.name(), slot, value, f.at()));
        }
        for (int slot = 0; slot < target.size(); slot++) {
            RecordField f = target.field(slot);
            int s = slot;
            if (mustBeGiven(f) && fields.stream().noneMatch(i -> i.slot() == s)) {
                return null;
            }
        }
        return new Expr.RecordCtor(ctor.at(), target, fields);
    }

    /** Whether a constructor has to name the field. */
    static boolean mustBeGiven(RecordField f) {
        return !f.isOptional() && !f.hasDefault() && !isAggregate(f.type());
    }

    /** Aggregates that a record creates empty by itself need no initial value. */
    static boolean isAggregate(Type type) {
        return type.is(Tag.TABLE) || type.is(Tag.VECTOR) || type.is(Tag.RECORD);
    }

    private @Nullable Expr tableCtor(Expr.TableCtor ctor, TableType target) {
        if (ctor.type().isSet() != target.isSet() && !ctor.type().isUnspecified()) {
            return null;
        }
        if (ctor.entries().isEmpty() && ctor.type().isSet() != target.isSet()) {
            return null;
        }
        return entries(ctor.at(), ctor.entries(), target, ctor);
    }

    private @Nullable Expr vectorCtor(Expr.VectorCtor ctor, VectorType target) {
        List<Expr> elements = new ArrayList<>();
        for (Expr e : ctor.elements()) {
            Expr element = coerce(e, target.element());
            if (element == null) {
                return null;
            }
            elements.add(element);
        }
        return new Expr.VectorCtor(ctor.at(), target, elements);
    }

    private @Nullable Expr initList(Expr.InitList list, Type target) {
        if (target instanceof TableType t) {
            return entries(list.at(), list.entries(), t, null);
        }
        if (target instanceof VectorType v) {
            List<Expr> elements = new ArrayList<>();
            for (Expr.TableEntry e : list.entries()) {
                if (e.value() != null || e.keys().size() != 1) {
                    return null;
                }
                elements.add(e.keys().get(0));
            }
            return vectorCtor(new Expr.VectorCtor(list.at(), new VectorType(Types.VOID), elements), v);
        }
        if (list.entries().size() == 1
                && list.entries().get(0).value() == null
                && list.entries().get(0).keys().size() == 1) {
            return coerce(list.entries().get(0).keys().get(0), target);
        }
        return null;
    }

    private @Nullable Expr entries(
            Position at, List<Expr.TableEntry> raw, TableType target, Expr.@Nullable TableCtor old) {
        List<Expr.TableEntry> entries = new ArrayList<>();
        for (Expr.TableEntry e : raw) {
            Type yield = target.yield();
            if ((yield == null) != (e.value() == null)) {
                return null;
            }
            List<Expr> keys = keys(e.keys(), target.index());
            Expr value = e.value() == null || yield == null ? null : coerce(e.value(), yield);
            if (keys == null || yield != null && value == null) {
                return null;
            }
            entries.add(new Expr.TableEntry(keys, value));
        }
        return new Expr.TableCtor(at, target, entries, old == null ? Attributes.NONE : old.attributes());
    }

    /** Index expressions brought to a table's index types; a set in place of an element stands for its elements. */
    @Nullable
    List<Expr> keys(List<Expr> given, List<Type> wanted) {
        List<Expr> flat = given;
        if (flat.size() == 1 && flat.get(0) instanceof Expr.ListExpr l && wanted.size() != 1) {
            flat = l.parts();
        }
        if (flat.size() == 1
                && wanted.size() == 1
                && flat.get(0) instanceof Expr.ListExpr l
                && l.parts().size() == 1) {
            flat = l.parts();
        }
        if (flat.size() != wanted.size()) {
            // A set of composite keys inside a list is spliced in whole.
            return flat.size() == 1 && isSetOf(flat.get(0).type(), wanted) ? flat : null;
        }
        List<Expr> out = new ArrayList<>();
        for (int i = 0; i < flat.size(); i++) {
            Expr key = flat.get(i);
            Type want = wanted.get(i);
            Expr fitting = key instanceof Expr.TableCtor && !(want instanceof TableType) ? null : coerce(key, want);
            if (fitting == null && key instanceof Expr.TableCtor t && t.type().isSet()) {
                fitting = coerce(key, new TableType(List.of(want), null));
            }
            if (fitting == null && key instanceof Expr.ListExpr several) {
                fitting = coerce(
                        new Expr.InitList(
                                several.at(),
                                several.parts().stream()
                                        .map(e -> new Expr.TableEntry(List.of(e), null))
                                        .toList()),
                        new TableType(List.of(want), null));
            }
            if (fitting == null && isSetOf(key.type(), List.of(want))) {
                fitting = key;
            }
            if (fitting == null) {
                return null;
            }
            out.add(fitting);
        }
        return out;
    }

    static boolean isSetOf(Type type, List<Type> index) {
        if (!(type instanceof TableType t) || !t.isSet() || t.index().size() != index.size()) {
            return false;
        }
        for (int i = 0; i < index.size(); i++) {
            if (!TypeRules.same(t.index().get(i), index.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Index values of a lookup brought to a table's index types; null when they do not fit. */
    @Nullable
    List<Expr> indexKeys(List<Expr> given, TableType table) {
        List<Type> wanted = table.index();
        List<Expr> flat = given;
        if (flat.size() == 1 && flat.get(0) instanceof Expr.ListExpr l) {
            flat = l.parts();
        }
        if (wanted.size() == 1 && flat.size() == 1) {
            Type key = flat.get(0).type();
            boolean byMatch = table.isSubnetTable() && key.is(Tag.ADDR) || table.isPatternTable() && key.is(Tag.STRING);
            if (byMatch) {
                return flat;
            }
        }
        if (wanted.size() == 1 && wanted.get(0) instanceof RecordType r && flat.size() == r.size() && flat.size() > 1) {
            return null;
        }
        if (flat.size() != wanted.size()) {
            return null;
        }
        List<Expr> out = new ArrayList<>();
        for (int i = 0; i < flat.size(); i++) {
            Expr key = coerce(flat.get(i), wanted.get(i));
            if (key == null) {
                return null;
            }
            out.add(key);
        }
        return out;
    }
}
