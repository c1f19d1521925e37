package dev.tandem.script.check;

import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assignment, {@code +=} and {@code -=}, {@code add} and {@code delete}. */
public final class AssignmentRules extends TypingRules {
    private final OperatorRules operators;

    AssignmentRules(Diagnostics diagnostics, Coercer coercer, OperatorRules operators) {
        super(diagnostics, coercer);
        this.operators = operators;
    }

    static boolean isAssignable(Expr e) {
        return switch (e) {
            case Expr.LocalRef l -> true;
            case Expr.GlobalRef g -> true;
            case Expr.Index i -> true;
            case Expr.Slice s -> true;
            case Expr.Field f -> true;
            case Expr.ListExpr l -> l.parts().stream().allMatch(AssignmentRules::isAssignable);
            case Expr.Bad b -> true;
            default -> false;
        };
    }

    /** Whether something is a constant or option and so cannot be assigned, which is reported. */
    static boolean refuseConstant(Diagnostics diagnostics, Expr target) {
        boolean constant = target instanceof Expr.LocalRef l && l.local().constant()
                || target instanceof Expr.GlobalRef g && g.global().kind() == Global.Kind.CONST;
        boolean option = target instanceof Expr.GlobalRef g && g.global().kind() == Global.Kind.OPTION;
        if (constant || option) {
            diagnostics.error(Mention.of(target), (constant ? "const" : "option") + " is not a modifiable lvalue");
        }
        return constant || option;
    }

    public Expr assign(Position at, Expr target, Expr value) {
        if (refuseConstant(diagnostics, target)) {
            return new Expr.Bad(at);
        }
        if (anyBad(target, value)) {
            return new Expr.Bad(at);
        }
        Expr.Assign raw = new Expr.Assign(at, target, value);
        if (!isAssignable(target)) {
            return fail(raw, "not an lvalue");
        }
        if (target instanceof Expr.GlobalRef g
                && (g.global().kind() == Global.Kind.TYPE || g.global().kind() == Global.Kind.ENUM_CONSTANT)) {
            return fail(raw, "not an lvalue");
        }
        if (target instanceof Expr.ListExpr list) {
            return destructure(raw, list, value);
        }
        Expr fitting = fit(raw);
        return fitting == null ? new Expr.Bad(at) : new Expr.Assign(at, target, fitting);
    }

    /** The value of a declaration, as the declared type; null after a report. */
    public @Nullable Expr initial(Expr target, Expr value) {
        return anyBad(target, value) ? null : fit(new Expr.Assign(value.at(), target, value));
    }

    /** The value of an assignment as its target's type; null after a report. */
    private @Nullable Expr fit(Expr.Assign raw) {
        Expr value = raw.value();
        Type to = raw.target().type();
        Type from = value.type();
        if (from.is(Tag.VOID)) {
            fail(raw, "can't assign void value");
            return null;
        }
        if (to.is(Tag.ENUM) != from.is(Tag.ENUM) && !from.is(Tag.ANY) && !to.is(Tag.ANY)) {
            fail(raw, "can't convert to/from enumerated type");
            return null;
        }
        if (to.is(Tag.TIME) && isZero(value)) {
            return new Expr.Const(value.at(), Types.TIME, 0.0);
        }
        if (to.tag().isArithmetic() && !from.is(Tag.ANY)) {
            return arithmetic(raw, from, to);
        }
        Expr fitting = coercer.coerce(value, to);
        if (fitting == null && !explained(value, to)) {
            String shown = value instanceof Expr.InitList l && to instanceof TableType
                    ? constructed(l, to).text()
                    : ExprText.of(value);
            diagnostics.error(
                    new Mention(raw.at(), ExprText.of(raw.target()) + " = " + shown), "type clash in assignment");
        }
        if (fitting != null
                && value instanceof Expr.RecordCtor ctor
                && to instanceof RecordType r
                && ctor.type() != r) {
            Mention conversion = new Mention(value.at(), "(coerce " + ExprText.of(value) + " to " + r.label() + ")");
            for (Expr.FieldInit f : ctor.fields()) {
                deprecated(r, r.slot(f.name()), "$", conversion);
            }
        }
        return fitting == null || anyBad(fitting) ? null : fitting;
    }

    private @Nullable Expr arithmetic(Expr.Assign raw, Type from, Type to) {
        Expr value = raw.value();
        if (value instanceof Expr.InitList l) {
            if (l.entries().size() == 1) {
                return coercer.coerce(value, to);
            }
            diagnostics.error(Mention.of(raw), "invalid constructor list on RHS of assignment");
        }
        if (!from.tag().isArithmetic()) {
            String kind = from.is(Tag.LIST) ? "types" : from.tag().label();
            fail(
                    raw,
                    "assignment of non-arithmetic value to arithmetic ("
                            + to.tag().label() + "/" + kind + ")");
            return null;
        }
        if (from.is(Tag.DOUBLE) && to.tag().isIntegral()) {
            diagnostics.warning(Mention.of(raw), "dangerous assignment of double to integral");
            return new Expr.Coerce(value.at(), Expr.Coercion.ARITHMETIC, value, to);
        }
        if (from.is(Tag.INT) && to.is(Tag.COUNT)) {
            diagnostics.warning(Mention.of(raw), "dangerous assignment of integer to count");
            return new Expr.Coerce(value.at(), Expr.Coercion.ARITHMETIC, value, to);
        }
        return clashes.promote(value, to);
    }

    /** Whether the reason was told in a way that leaves nothing to say about the assignment. */
    private boolean explained(Expr value, Type to) {
        switch (value) {
            case Expr.InitList l -> {
                boolean vector = to instanceof VectorType;
                if (to instanceof TableType || vector) {
                    clashes.constructor(constructed(l, to), l.entries(), to);
                }
                return vector;
            }
            case Expr.TableCtor t -> {
                if (t.type().isSet() && to.isSet() && !t.type().isUnspecified()) {
                    clashes.constructor(Mention.of(t), t.entries(), to);
                }
                return false;
            }
            default -> {
                if (to instanceof RecordType r && value.type() instanceof RecordType from) {
                    clashes.records(value, from, r);
                    return true;
                }
                return false;
            }
        }
    }

    /** Braces as the constructor they stand for. */
    static Mention constructed(Expr.InitList l, Type to) {
        String name = to instanceof VectorType ? "vector" : to.isSet() ? "set" : "table";
        return new Mention(l.at(), name + "(" + ExprText.of(l) + ")");
    }

    private Expr destructure(Expr.Assign raw, Expr.ListExpr list, Expr value) {
        if (value instanceof Expr.ListExpr values
                && values.parts().size() == list.parts().size()) {
            List<Expr> parts = new ArrayList<>();
            for (int i = 0; i < list.parts().size(); i++) {
                Expr v = coercer.coerce(
                        values.parts().get(i), list.parts().get(i).type());
                if (v == null) {
                    return fail(raw, "type clash in assignment");
                }
                parts.add(v);
            }
            return new Expr.Assign(raw.at(), list, new Expr.ListExpr(values.at(), values.type(), parts));
        }
        return value.type().is(Tag.ANY) ? raw : fail(raw, "type clash in assignment");
    }

    /** {@code target += value} and {@code target -= value}. */
    public Expr compound(Position at, BinaryOp op, Expr target, Expr value) {
        if (anyBad(target, value)) {
            return new Expr.Bad(at);
        }
        Expr.Compound raw = new Expr.Compound(at, op, target, value);
        Type t = target.type();
        if (!isAssignable(target)) {
            return fail(raw, "not an lvalue");
        }
        if (TypeRules.bothArithmetic(t, value.type())
                || t.tag().isFloating() && value.type().tag().isFloating()) {
            Expr sum = operators.binary(at, op, target, value);
            if (anyBad(sum)) {
                return sum;
            }
            Type max = sum.type();
            if (max.tag() != t.tag() && !(t.is(Tag.COUNT) || t.is(Tag.INT) || t.is(Tag.DOUBLE))) {
                return fail(raw, "requires two arithmetic or two string operands");
            }
            Expr operand = sum instanceof Expr.Binary b ? b.right() : value;
            if (max.tag() != t.tag()) {
                operand = new Expr.Coerce(value.at(), Expr.Coercion.ARITHMETIC, value, t);
            }
            return new Expr.Compound(at, op, target, operand);
        }
        return switch (t.tag()) {
            case STRING ->
                op == BinaryOp.ADD && value.type().is(Tag.STRING)
                        ? raw
                        : fail(raw, "requires two arithmetic or two string operands");
            case PATTERN ->
                op == BinaryOp.ADD && value.type().is(Tag.PATTERN)
                        ? raw
                        : fail(raw, "pattern += op requires op to be a pattern");
            case TABLE -> {
                Expr same = removalKeys(op, value, t);
                same = same != null ? same : coercer.coerce(value, t);
                if (same == null && value instanceof Expr.InitList l) {
                    Position first = l.entries().get(0).keys().get(0).at();
                    clashes.constructor(new Mention(first, constructed(l, t).text()), l.entries(), t);
                    yield new Expr.Bad(at);
                }
                yield same == null || anyBad(same)
                        ? fail(raw, "RHS type mismatch for table/set " + (op == BinaryOp.ADD ? "+=" : "-="))
                        : new Expr.Compound(at, op, target, same);
            }
            case VECTOR ->
                op == BinaryOp.ADD
                        ? append(raw, (VectorType) t)
                        : fail(
                                raw,
                                value instanceof Expr.InitList
                                        ? "constructor list not allowed for -= operations on vectors"
                                        : "requires two arithmetic operands");
            default ->
                t.tag().isArithmetic() && value instanceof Expr.InitList
                        ? fail(new Expr.Binary(at, op, target, value, t), "requires arithmetic operands")
                        : fail(
                                raw,
                                op == BinaryOp.ADD
                                        ? "requires two arithmetic or two string operands"
                                        : "requires two arithmetic operands");
        };
    }

    /** {@code table -= { keys }}: the keys as a set. */
    private @Nullable Expr removalKeys(BinaryOp op, Expr value, Type t) {
        if (op == BinaryOp.SUB
                && t instanceof TableType table
                && table.yield() != null
                && value instanceof Expr.InitList l
                && l.entries().stream().allMatch(e -> e.value() == null)) {
            return coercer.coerce(value, new TableType(table.index(), null));
        }
        return null;
    }

    private Expr append(Expr.Compound raw, VectorType t) {
        Expr value = raw.value();
        Type v = value.type();
        if (value instanceof Expr.InitList l) {
            // Each element of the braces is appended, as if it stood in a vector.
            Expr all = coercer.coerce(l, t);
            if (all == null) {
                clashes.constructor(constructed(l, t), l.entries(), t);
            }
            return all == null || anyBad(all)
                    ? new Expr.Bad(raw.at())
                    : append(new Expr.Compound(raw.at(), raw.op(), raw.target(), all), t);
        }
        if (v instanceof VectorType w
                && !(t.element() instanceof VectorType)
                && (TypeRules.same(w, t) || w.isUnspecified())) {
            Expr whole = coercer.coerce(value, t);
            return whole == null ? raw : new Expr.Compound(raw.at(), raw.op(), raw.target(), whole);
        }
        if (v instanceof VectorType && TypeRules.same(v, t)) {
            return raw;
        }
        Expr element = coercer.coerce(value, t.element());
        if (element == null || anyBad(element)) {
            return fail(
                    raw,
                    "incompatible vector append: " + t.element().tag().label() + " and "
                            + v.tag().label());
        }
        return new Expr.Compound(raw.at(), raw.op(), raw.target(), element);
    }

    /** Whether a compound appends one element to a vector rather than another vector. */
    public static boolean appendsElement(Expr.Compound e) {
        return e.target().type() instanceof VectorType t
                && !TypeRules.same(e.value().type(), t);
    }

    public Expr add(Position at, Expr what) {
        if (anyBad(what)) {
            return what;
        }
        if (what instanceof Expr.Index i && i.base().type().isSet()) {
            return new Expr.Add(at, i);
        }
        diagnostics.error(at, "illegal add expression (add " + ExprText.of(what) + ")");
        return new Expr.Bad(at);
    }

    public Expr delete(Position at, Expr what) {
        if (anyBad(what)) {
            return what;
        }
        boolean fine = switch (what) {
            case Expr.Index i -> i.base().type().is(Tag.TABLE);
            case Expr.Field f -> f.recordType().field(f.slot()).isOptional();
            case Expr.LocalRef l -> l.type().is(Tag.TABLE) || l.type().is(Tag.VECTOR);
            case Expr.GlobalRef g -> g.type().is(Tag.TABLE) || g.type().is(Tag.VECTOR);
            default -> false;
        };
        if (!fine) {
            diagnostics.error(at, "illegal delete expression (delete " + ExprText.of(what) + ")");
            return new Expr.Bad(at);
        }
        return new Expr.Delete(at, what);
    }
}
