package dev.tandem.script.check;

import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The typing rules of expressions: takes checked operands, gives the checked whole with conversions made explicit, or
 * reports why it cannot be (zeek {@code src/Expr.cc}). Wording is Zeek's where a user may know it.
 */
public final class Checker {
    private final Diagnostics diagnostics;
    private final Coercer coercer;

    public Checker(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.coercer = new Coercer(diagnostics);
    }

    private Expr fail(Expr e, String message) {
        diagnostics.error(e.at(), message + " (" + ExprText.of(e) + ")");
        return new Expr.Bad(e.at());
    }

    private static boolean anyBad(Expr... operands) {
        for (Expr e : operands) {
            if (e.type().isError()) {
                return true;
            }
        }
        return false;
    }

    // ---- conversions

    /** {@code e} as {@code target}; a report and a bad expression when that cannot be. */
    public Expr convert(Expr e, Type target, String what) {
        if (anyBad(e)) {
            return e;
        }
        if (target.is(Tag.TIME) && isZero(e)) {
            return new Expr.Const(e.at(), Types.TIME, 0.0);
        }
        Expr fitting = coercer.coerce(e, target);
        if (fitting != null) {
            return fitting;
        }
        diagnostics.error(
                e.at(), what + " (" + ExprText.of(e) + " is " + e.type().label() + ", not " + target.label() + ")");
        return new Expr.Bad(e.at());
    }

    /** {@code e} as {@code target}, or null. */
    public @Nullable Expr tryConvert(Expr e, Type target) {
        return coercer.coerce(e, target);
    }

    /** A condition: bool, or an error. */
    public Expr condition(Expr e, String where) {
        if (anyBad(e) || e.type().is(Tag.BOOL)) {
            return e;
        }
        if (e.type().is(Tag.ANY)) {
            return convert(e, Types.BOOL, where);
        }
        diagnostics.error(e.at(), where + " (" + ExprText.of(e) + ")");
        return new Expr.Bad(e.at());
    }

    private static boolean isZero(Expr e) {
        return e instanceof Expr.Const c
                && (c.value() instanceof Long n && n == 0 || c.value() instanceof Double d && d == 0);
    }

    private Expr arithmeticTo(Expr e, Type element) {
        Type own = TypeRules.elementOf(e.type());
        Type target = own == null ? element : new VectorType(element);
        Type from = own == null ? e.type() : own;
        if (from.tag() == element.tag()) {
            return e;
        }
        if (own == null) {
            Expr c = coercer.coerce(e, element);
            return c == null ? e : c;
        }
        return new Expr.Coerce(e.at(), Expr.Coercion.ARITHMETIC, e, target);
    }

    // ---- unary

    public Expr unary(Position at, Expr.UnaryOp op, Expr operand) {
        if (anyBad(operand)) {
            return operand;
        }
        Type t = operand.type();
        Type element = TypeRules.elementOf(t);
        Tag tag = (element == null ? t : element).tag();
        Expr.Unary raw = new Expr.Unary(at, op, operand, t);
        switch (op) {
            case NOT -> {
                if (tag.isIntegral() && element == null) {
                    return new Expr.Unary(at, op, operand, Types.BOOL);
                }
                return tag == Tag.BOOL ? raw : fail(raw, "requires an integral or boolean operand");
            }
            case NEGATE -> {
                if (operand instanceof Expr.Const c) {
                    Expr folded = negated(at, c);
                    if (folded != null) {
                        return folded;
                    }
                }
                if (tag == Tag.COUNT || tag == Tag.INT) {
                    Expr asInt = arithmeticTo(operand, Types.INT);
                    return new Expr.Unary(at, op, asInt, asInt.type());
                }
                return tag == Tag.DOUBLE || tag == Tag.INTERVAL
                        ? raw
                        : fail(raw, "requires an integral or double operand");
            }
            case PLUS -> {
                if (tag == Tag.COUNT || tag == Tag.INT) {
                    Expr asInt = arithmeticTo(operand, Types.INT);
                    return new Expr.Unary(at, op, asInt, asInt.type());
                }
                return tag == Tag.DOUBLE || tag == Tag.INTERVAL
                        ? raw
                        : fail(raw, "requires an integral or double operand");
            }
            case COMPLEMENT -> {
                return tag == Tag.COUNT ? raw : fail(raw, "requires \"count\" operand");
            }
            case SIZE -> {
                return size(at, operand);
            }
            case COPY -> {
                return raw;
            }
        }
        return raw;
    }

    private static @Nullable Expr negated(Position at, Expr.Const c) {
        if (c.value() instanceof Long n && (c.type().is(Tag.INT) || n >= 0 || n == Long.MIN_VALUE)) {
            return new Expr.Const(at, Types.INT, -n);
        }
        return c.value() instanceof Double d ? new Expr.Const(at, c.type(), -d) : null;
    }

    private Expr size(Position at, Expr operand) {
        Type result = switch (operand.type().tag()) {
            case INT, COUNT, BOOL, ENUM -> Types.COUNT;
            case DOUBLE, TIME, INTERVAL, FILE, SUBNET -> Types.DOUBLE;
            case STRING, TABLE, VECTOR, RECORD, ADDR, PORT, PATTERN, FUNC -> Types.COUNT;
            case ANY -> Types.COUNT;
            default -> Types.ERROR;
        };
        Expr.Unary e = new Expr.Unary(at, Expr.UnaryOp.SIZE, operand, result);
        return result.isError() ? fail(e, "no such size") : e;
    }

    /** {@code ++} and {@code --}. */
    public Expr step(Position at, Expr target, int delta) {
        if (anyBad(target)) {
            return target;
        }
        Expr.Step e = new Expr.Step(at, target, delta);
        if (!isAssignable(target)) {
            return fail(e, "not an lvalue");
        }
        Type element = TypeRules.elementOf(target.type());
        return (element == null ? target.type() : element).tag().isIntegral()
                ? e
                : fail(e, "requires an integral operand");
    }

    // ---- binary

    public Expr binary(Position at, BinaryOp op, Expr left, Expr right) {
        if (anyBad(left, right)) {
            return new Expr.Bad(at);
        }
        Type le = TypeRules.elementOf(left.type());
        Type re = TypeRules.elementOf(right.type());
        boolean vector = le != null || re != null;
        Type a = le == null ? left.type() : le;
        Type b = re == null ? right.type() : re;
        Expr.Binary raw = new Expr.Binary(at, op, left, right, Types.BOOL);
        if (op == BinaryOp.DIV && left.type().is(Tag.ADDR)) {
            Expr width = coercer.coerce(right, Types.COUNT);
            return width == null || anyBad(width)
                    ? fail(raw, "requires an integral mask width")
                    : new Expr.Binary(at, op, left, width, Types.SUBNET);
        }
        Type operand;
        Type result;
        switch (op) {
            case ADD -> {
                if (TypeRules.bothArithmetic(a, b)) {
                    operand = TypeRules.max(a, b);
                    result = operand;
                } else if (b.is(Tag.INTERVAL) && (a.is(Tag.TIME) || a.is(Tag.INTERVAL))) {
                    return typed(raw, vector, a);
                } else if (b.is(Tag.TIME) && a.is(Tag.INTERVAL)) {
                    return typed(raw, vector, b);
                } else if (TypeRules.both(a, b, Tag.STRING)) {
                    return typed(raw, vector, a);
                } else {
                    return fail(raw, "requires arithmetic operands");
                }
            }
            case SUB -> {
                if (TypeRules.bothArithmetic(a, b)) {
                    operand = TypeRules.max(a, b);
                    result = operand;
                } else if (b.is(Tag.INTERVAL) && (a.is(Tag.TIME) || a.is(Tag.INTERVAL))) {
                    return typed(raw, vector, a);
                } else if (TypeRules.both(a, b, Tag.TIME)) {
                    return typed(raw, vector, Types.INTERVAL);
                } else if (left.type().isSet() && right.type().isSet()) {
                    return sets(raw);
                } else {
                    return fail(raw, "requires arithmetic operands");
                }
            }
            case MUL -> {
                if (a.is(Tag.INTERVAL) && b.tag().isArithmetic()
                        || b.is(Tag.INTERVAL) && a.tag().isArithmetic()) {
                    Expr l = a.is(Tag.INTERVAL) ? left : arithmeticTo(left, Types.DOUBLE);
                    Expr r = b.is(Tag.INTERVAL) ? right : arithmeticTo(right, Types.DOUBLE);
                    return typed(new Expr.Binary(at, op, l, r, Types.INTERVAL), vector, Types.INTERVAL);
                }
                if (!TypeRules.bothArithmetic(a, b)) {
                    return fail(raw, "requires arithmetic operands");
                }
                operand = TypeRules.max(a, b);
                result = operand;
            }
            case DIV -> {
                if (TypeRules.both(a, b, Tag.INTERVAL)) {
                    return typed(raw, vector, Types.DOUBLE);
                }
                if (a.is(Tag.INTERVAL) && b.tag().isArithmetic()) {
                    return typed(
                            new Expr.Binary(at, op, left, arithmeticTo(right, Types.DOUBLE), Types.INTERVAL),
                            vector,
                            Types.INTERVAL);
                }
                if (!TypeRules.bothArithmetic(a, b)) {
                    return fail(raw, "requires arithmetic operands");
                }
                operand = TypeRules.max(a, b);
                result = operand;
            }
            case MOD -> {
                if (!a.tag().isIntegral() || !b.tag().isIntegral()) {
                    return fail(raw, "requires integral operands");
                }
                operand = TypeRules.max(a, b);
                result = operand;
            }
            case SHIFT_LEFT, SHIFT_RIGHT -> {
                if (a.tag().isIntegral() && b.is(Tag.COUNT)) {
                    return typed(raw, vector, a);
                }
                return fail(
                        raw,
                        a.tag().isIntegral() && b.is(Tag.INT)
                                ? "requires \"count\" right operand"
                                : "requires integral operands");
            }
            case BIT_AND, BIT_OR, BIT_XOR -> {
                if (TypeRules.both(a, b, Tag.COUNT)) {
                    return typed(raw, vector, Types.COUNT);
                }
                if (a.is(Tag.PATTERN)) {
                    return !b.is(Tag.PATTERN)
                            ? fail(raw, "cannot mix pattern and non-pattern operands")
                            : op == BinaryOp.BIT_XOR
                                    ? fail(raw, "'^' operator does not apply to patterns")
                                    : typed(raw, vector, Types.PATTERN);
                }
                return left.type().isSet() && right.type().isSet()
                        ? sets(raw)
                        : fail(raw, "requires \"count\" or compatible \"set\" operands");
            }
            default -> {
                return comparison(raw, a, b, vector);
            }
        }
        return typed(
                new Expr.Binary(at, op, arithmeticTo(left, operand), arithmeticTo(right, operand), result),
                vector,
                result);
    }

    private static Expr typed(Expr.Binary e, boolean vector, Type element) {
        return new Expr.Binary(e.at(), e.op(), e.left(), e.right(), vector ? new VectorType(element) : element);
    }

    private Expr sets(Expr.Binary e) {
        Expr right = coercer.coerce(e.right(), e.left().type());
        Expr left = right == null ? coercer.coerce(e.left(), e.right().type()) : e.left();
        if (left == null || right == null && left == e.left()) {
            return fail(e, "incompatible \"set\" operands");
        }
        return new Expr.Binary(e.at(), e.op(), left, right == null ? e.right() : right, left.type());
    }

    private Expr comparison(Expr.Binary e, Type a, Type b, boolean vector) {
        boolean equality = e.op() == BinaryOp.EQ || e.op() == BinaryOp.NE;
        if (TypeRules.bothArithmetic(a, b)) {
            Type max = TypeRules.max(a, b);
            return typed(
                    new Expr.Binary(
                            e.at(), e.op(), arithmeticTo(e.left(), max), arithmeticTo(e.right(), max), Types.BOOL),
                    vector,
                    Types.BOOL);
        }
        if (a.is(Tag.TIME) && isZero(e.right())) {
            return typed(
                    new Expr.Binary(e.at(), e.op(), e.left(), new Expr.Const(e.at(), Types.TIME, 0.0), Types.BOOL),
                    vector,
                    Types.BOOL);
        }
        if (b.is(Tag.TIME) && isZero(e.left())) {
            return typed(
                    new Expr.Binary(e.at(), e.op(), new Expr.Const(e.at(), Types.TIME, 0.0), e.right(), Types.BOOL),
                    vector,
                    Types.BOOL);
        }
        if (a.is(Tag.ANY) != b.is(Tag.ANY)) {
            // Zeek compares a value of type any after taking it for the other operand's type.
            Expr left = a.is(Tag.ANY) ? convert(e.left(), b, "type clash in comparison") : e.left();
            Expr right = b.is(Tag.ANY) ? convert(e.right(), a, "type clash in comparison") : e.right();
            return binary(e.at(), e.op(), left, right);
        }
        if (a.tag() == b.tag()) {
            return switch (a.tag()) {
                case TIME, INTERVAL, STRING, PORT, ADDR, ERROR -> typed(e, vector, Types.BOOL);
                case BOOL, SUBNET, PATTERN, FUNC ->
                    equality ? typed(e, vector, Types.BOOL) : fail(e, "illegal comparison");
                case ENUM ->
                    !equality
                            ? fail(e, "illegal comparison")
                            : TypeRules.same(a, b) ? typed(e, vector, Types.BOOL) : fail(e, "illegal enum comparison");
                case TABLE -> {
                    if (!a.isSet() || !b.isSet()) {
                        yield fail(e, "illegal comparison");
                    }
                    Expr both = sets(e);
                    yield both instanceof Expr.Binary s
                            ? new Expr.Binary(e.at(), e.op(), s.left(), s.right(), Types.BOOL)
                            : both;
                }
                default -> fail(e, "illegal comparison");
            };
        }
        if (equality && a.is(Tag.PATTERN) && b.is(Tag.STRING) || equality && a.is(Tag.STRING) && b.is(Tag.PATTERN)) {
            return typed(e, vector, Types.BOOL);
        }
        return fail(e, "type clash in comparison");
    }

    public Expr logic(Position at, boolean and, Expr left, Expr right) {
        if (anyBad(left, right)) {
            return new Expr.Bad(at);
        }
        Type le = TypeRules.elementOf(left.type());
        Type re = TypeRules.elementOf(right.type());
        Expr.Logic e =
                new Expr.Logic(at, and, left, right, le != null ? left.type() : re != null ? right.type() : Types.BOOL);
        Tag a = (le == null ? left.type() : le).tag();
        Tag b = (re == null ? right.type() : re).tag();
        return a == Tag.BOOL && b == Tag.BOOL ? e : fail(e, "requires boolean operands");
    }

    public Expr conditional(Position at, Expr condition, Expr then, Expr otherwise) {
        if (anyBad(condition, then, otherwise)) {
            return new Expr.Bad(at);
        }
        Expr.Conditional raw = new Expr.Conditional(at, condition, then, otherwise, then.type());
        Type ce = TypeRules.elementOf(condition.type());
        if (!(ce == null ? condition.type() : ce).is(Tag.BOOL)) {
            return fail(raw, "requires boolean conditional");
        }
        Type a = then.type();
        Type b = otherwise.type();
        if (TypeRules.bothArithmetic(a, b)) {
            Type max = TypeRules.max(a, b);
            return new Expr.Conditional(at, condition, arithmeticTo(then, max), arithmeticTo(otherwise, max), max);
        }
        if (then instanceof Expr.InitList && otherwise instanceof Expr.InitList) {
            return raw;
        }
        Expr right = coercer.coerce(otherwise, a);
        if (right != null && !anyBad(right) && !Coercer.isUnspecified(a)) {
            return new Expr.Conditional(at, condition, then, right, a);
        }
        Expr left = coercer.coerce(then, b);
        if (left != null && !anyBad(left)) {
            return new Expr.Conditional(at, condition, left, otherwise, b);
        }
        return right != null
                ? new Expr.Conditional(at, condition, then, right, a)
                : fail(raw, "operands must be of the same type");
    }

    // ---- assignment

    static boolean isAssignable(Expr e) {
        return switch (e) {
            case Expr.LocalRef l -> true;
            case Expr.GlobalRef g -> true;
            case Expr.Index i -> true;
            case Expr.Slice s -> true;
            case Expr.Field f -> true;
            case Expr.ListExpr l -> l.parts().stream().allMatch(Checker::isAssignable);
            case Expr.Bad b -> true;
            default -> false;
        };
    }

    public Expr assign(Position at, Expr target, Expr value) {
        if (anyBad(target, value)) {
            return new Expr.Bad(at);
        }
        Expr.Assign raw = new Expr.Assign(at, target, value);
        if (!isAssignable(target)) {
            return fail(raw, "not an lvalue");
        }
        if (target instanceof Expr.LocalRef l && l.local().constant()) {
            return fail(raw, "const is not a modifiable lvalue");
        }
        if (target instanceof Expr.GlobalRef g) {
            switch (g.global().kind()) {
                case CONST, OPTION -> {
                    return fail(
                            raw,
                            g.global().kind() == Global.Kind.OPTION
                                    ? "option is not a modifiable lvalue"
                                    : "const is not a modifiable lvalue");
                }
                case TYPE, ENUM_CONSTANT -> {
                    return fail(raw, "not an lvalue");
                }
                case VARIABLE -> {}
            }
        }
        if (target instanceof Expr.ListExpr list) {
            return destructure(raw, list, value);
        }
        if (value.type().is(Tag.VOID)) {
            return fail(raw, "can't assign void value");
        }
        if (target.type().is(Tag.ENUM) != value.type().is(Tag.ENUM)
                && !value.type().is(Tag.ANY)
                && !target.type().is(Tag.ANY)) {
            return fail(raw, "can't convert to/from enumerated type");
        }
        if (target.type().is(Tag.TIME) && isZero(value)) {
            return new Expr.Assign(at, target, new Expr.Const(value.at(), Types.TIME, 0.0));
        }
        Expr fitting = coercer.coerce(value, target.type());
        return fitting == null ? fail(raw, "type clash in assignment") : new Expr.Assign(at, target, fitting);
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
            Expr sum = binary(at, op, target, value);
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
                yield same == null || anyBad(same)
                        ? fail(raw, "RHS type mismatch for table/set " + (op == BinaryOp.ADD ? "+=" : "-="))
                        : new Expr.Compound(at, op, target, same);
            }
            case VECTOR ->
                op == BinaryOp.ADD ? append(raw, (VectorType) t) : fail(raw, "requires two arithmetic operands");
            default ->
                fail(
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

    // ---- access

    public Expr index(Position at, Expr base, List<Expr> keys) {
        if (anyBad(base) || keys.stream().anyMatch(k -> anyBad(k))) {
            return new Expr.Bad(at);
        }
        Type t = base.type();
        Expr.Index raw = new Expr.Index(at, base, keys, Types.VOID);
        switch (t) {
            case TableType table -> {
                if (table.isUnspecified()) {
                    return new Expr.Index(at, base, keys, table.yield() == null ? Types.VOID : Types.ANY);
                }
                List<Expr> fitting = coercer.indexKeys(keys, table);
                if (fitting == null) {
                    return fail(raw, "not an index type");
                }
                Type yield = table.yield();
                if (table.isPatternTable() && fitting.get(0).type().is(Tag.STRING) && yield != null) {
                    return new Expr.Index(at, base, fitting, new VectorType(yield));
                }
                return new Expr.Index(at, base, fitting, yield == null ? Types.VOID : yield);
            }
            case VectorType v -> {
                if (keys.size() != 1) {
                    return fail(raw, "not an index type");
                }
                Type key = keys.get(0).type();
                if (key.tag().isIntegral()) {
                    return new Expr.Index(at, base, List.of(arithmeticTo(keys.get(0), Types.INT)), v.element());
                }
                if (key instanceof VectorType kv
                        && (kv.element().is(Tag.BOOL) || kv.element().tag().isIntegral())) {
                    return new Expr.Index(at, base, keys, v);
                }
                if (key.is(Tag.ANY)) {
                    return new Expr.Index(
                            at, base, List.of(convert(keys.get(0), Types.INT, "not an index type")), v.element());
                }
                return fail(raw, "not an index type");
            }
            default -> {
                if (t.is(Tag.STRING)) {
                    return keys.size() == 1 && keys.get(0).type().tag().isIntegral()
                            ? new Expr.Index(at, base, List.of(arithmeticTo(keys.get(0), Types.INT)), Types.STRING)
                            : fail(raw, "invalid string index expression");
                }
                if (t.is(Tag.ANY)) {
                    return fail(raw, "expression with type 'any' is not a type that can be indexed");
                }
                return fail(raw, "expression with type '" + t.tag().label() + "' is not a type that can be indexed");
            }
        }
    }

    public Expr slice(Position at, Expr base, @Nullable Expr from, @Nullable Expr to) {
        if (anyBad(base) || from != null && anyBad(from) || to != null && anyBad(to)) {
            return new Expr.Bad(at);
        }
        Expr.Slice raw = new Expr.Slice(at, base, from, to, base.type());
        if (!base.type().is(Tag.STRING) && !base.type().is(Tag.VECTOR)) {
            return fail(raw, "slice notation indexing only supported for strings and vectors currently");
        }
        Expr low = from == null ? null : coercer.coerce(from, Types.INT);
        Expr high = to == null ? null : coercer.coerce(to, Types.INT);
        if (from != null && low == null || to != null && high == null) {
            return fail(raw, "slice bounds must be integers");
        }
        return new Expr.Slice(at, base, low, high, base.type());
    }

    public Expr field(Position at, Expr record, String name) {
        if (anyBad(record)) {
            return record;
        }
        if (!(record.type() instanceof RecordType r)) {
            diagnostics.error(at, "not a record (" + ExprText.of(record) + "$" + name + ")");
            return new Expr.Bad(at);
        }
        int slot = r.slot(name);
        if (slot < 0) {
            return noField(at, record, r, "no such field in record", "$", name);
        }
        return new Expr.Field(at, record, r, slot, r.field(slot).type());
    }

    private Expr noField(Position at, Expr record, RecordType r, String message, String sign, String name) {
        diagnostics.error(
                at,
                message + " (" + ExprText.of(record) + sign + name + ")",
                Suggestion.of(name, r.fields().stream().map(RecordField::name).toList()));
        return new Expr.Bad(at);
    }

    public Expr hasField(Position at, Expr record, String name) {
        if (anyBad(record)) {
            return record;
        }
        if (!(record.type() instanceof RecordType r)) {
            diagnostics.error(at, "not a record (" + ExprText.of(record) + "?$" + name + ")");
            return new Expr.Bad(at);
        }
        int slot = r.slot(name);
        return slot < 0
                ? noField(at, record, r, "no such field in record", "?$", name)
                : new Expr.HasField(at, record, r, slot);
    }

    public Expr in(Position at, Expr element, Expr container) {
        if (anyBad(element, container)) {
            return new Expr.Bad(at);
        }
        Type e = element.type();
        Type c = container.type();
        List<Expr> single = List.of(element);
        Expr.In raw = new Expr.In(at, single, container);
        if (e.is(Tag.PATTERN) && c.is(Tag.STRING)
                || e.is(Tag.STRING) && c.is(Tag.STRING)
                || e.is(Tag.ADDR) && c.is(Tag.SUBNET)
                || e.is(Tag.SUBNET) && c.is(Tag.SUBNET)) {
            return raw;
        }
        if (container instanceof Expr.InitList l) {
            Expr set = coercer.coerce(l, new TableType(List.of(e), null));
            return set == null ? fail(raw, "not an index type") : new Expr.In(at, single, set);
        }
        if (c instanceof TableType table) {
            if (table.isUnspecified()) {
                return raw;
            }
            List<Expr> keys = coercer.indexKeys(single, table);
            return keys == null ? fail(raw, "not an index type") : new Expr.In(at, keys, container);
        }
        if (c instanceof VectorType) {
            Expr index = coercer.coerce(element, Types.INT);
            return index == null || anyBad(index)
                    ? fail(raw, "not an index type")
                    : new Expr.In(at, List.of(index), container);
        }
        return fail(raw, e.is(Tag.PATTERN) ? "pattern requires string or set/table index" : "not an index type");
    }

    // ---- calls

    /**
     * A call of a function or hook.
     *
     * @param hookCall whether the keyword {@code hook} stands before it
     */
    public Expr call(Position at, Expr callee, List<Expr> args, boolean hookCall) {
        if (anyBad(callee) || args.stream().anyMatch(a -> anyBad(a))) {
            return new Expr.Bad(at);
        }
        if (!(callee.type() instanceof FuncType f)) {
            return fail(callee, "not a function");
        }
        if (f.flavor() == FuncType.Flavor.HOOK && !hookCall) {
            return fail(callee, "hook cannot be called directly, use hook operator");
        }
        Expr.Call raw = new Expr.Call(at, callee, args, f.yield());
        if (f.flavor() == FuncType.Flavor.EVENT) {
            return fail(raw, "event called in expression, use event statement instead");
        }
        List<Expr> fitting = arguments(raw, f, args);
        return fitting == null ? new Expr.Bad(at) : new Expr.Call(at, callee, fitting, f.yield());
    }

    /** Arguments brought to the parameters' types, defaults left out at the end; null after a report. */
    public @Nullable List<Expr> arguments(Expr whole, FuncType f, List<Expr> args) {
        if (args.stream().anyMatch(a -> anyBad(a))) {
            return null;
        }
        RecordType params = f.params();
        if (f.isVariadic()) {
            return variadic(whole, params, args);
        }
        int required = 0;
        for (int i = 0; i < params.size(); i++) {
            if (!params.field(i).hasDefault()) {
                required = i + 1;
            }
        }
        if (args.size() < required || args.size() > params.size()) {
            fail(whole, "argument type mismatch in function call");
            return null;
        }
        List<Expr> out = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            Expr a = coercer.coerce(args.get(i), params.field(i).type());
            if (a == null) {
                diagnostics.error(
                        args.get(i).at(),
                        "argument type mismatch in function call (" + ExprText.of(whole) + ")",
                        "parameter '" + params.field(i).name() + "' is "
                                + params.field(i).type().label() + ", this is "
                                + args.get(i).type().label());
                return null;
            }
            out.add(a);
        }
        return out;
    }

    private @Nullable List<Expr> variadic(Expr whole, RecordType fixed, List<Expr> args) {
        if (args.size() < fixed.size()) {
            fail(whole, "argument type mismatch in function call");
            return null;
        }
        List<Expr> out = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            Type wanted = i < fixed.size() ? fixed.field(i).type() : Types.ANY;
            Expr a = coercer.coerce(args.get(i), wanted);
            if (a == null) {
                fail(whole, "argument type mismatch in function call");
                return null;
            }
            out.add(a);
        }
        return out;
    }

    // ---- constructors

    public Expr vectorCtor(Position at, List<Expr> elements) {
        if (elements.isEmpty()) {
            return new Expr.VectorCtor(at, new VectorType(Types.VOID), elements);
        }
        Type element = common(elements);
        Expr.VectorCtor raw = new Expr.VectorCtor(
                at, new VectorType(element == null ? elements.get(0).type() : element), elements);
        if (elements.stream().anyMatch(e -> anyBad(e))) {
            return new Expr.Bad(at);
        }
        if (element == null) {
            return fail(raw, "inconsistent types in vector constructor");
        }
        Expr typed =
                coercer.coerce(new Expr.VectorCtor(at, new VectorType(Types.VOID), elements), new VectorType(element));
        return typed == null ? fail(raw, "inconsistent types in vector constructor") : typed;
    }

    /** The type that all expressions can be brought to, or null. */
    private @Nullable Type common(List<Expr> all) {
        Type type = all.get(0).type();
        for (Expr e : all) {
            Type t = e.type();
            if (TypeRules.bothArithmetic(type, t)) {
                type = TypeRules.max(type, t);
            } else if (!TypeRules.same(type, t)) {
                if (Coercer.isUnspecified(type) && coercer.coerce(all.get(0), t) != null) {
                    type = t;
                } else if (coercer.coerce(e, type) == null) {
                    return null;
                }
            }
        }
        return type;
    }

    /** {@code set(...)} and {@code table(...)} without a declared type: the type comes from the elements. */
    public Expr tableCtor(Position at, boolean isTable, List<Expr.TableEntry> entries, Attributes attributes) {
        Expr.TableCtor raw =
                new Expr.TableCtor(at, new TableType(List.of(), isTable ? Types.ANY : null), entries, attributes);
        if (entries.isEmpty()) {
            return raw;
        }
        for (Expr.TableEntry e : entries) {
            Expr value = e.value();
            if (e.keys().stream().anyMatch(k -> anyBad(k)) || value != null && anyBad(value)) {
                return new Expr.Bad(at);
            }
        }
        if (isTable && entries.stream().anyMatch(e -> e.value() == null)) {
            return fail(raw, "illegal table constructor");
        }
        List<Type> index = new ArrayList<>();
        List<Expr> first = flatten(entries.get(0).keys());
        for (int i = 0; i < first.size(); i++) {
            List<Expr> column = new ArrayList<>();
            for (Expr.TableEntry e : entries) {
                List<Expr> keys = flatten(e.keys());
                if (keys.size() != first.size()) {
                    return fail(raw, "inconsistent index types in " + (isTable ? "table" : "set") + " constructor");
                }
                column.add(keys.get(i));
            }
            Type type = common(column);
            if (type == null) {
                return fail(raw, isTable ? "inconsistent types in table constructor" : "type clash in set constructor");
            }
            index.add(type);
        }
        Type yield = null;
        if (isTable) {
            List<Expr> values = new ArrayList<>();
            entries.forEach(e -> values.add(Objects.requireNonNull(e.value())));
            yield = common(values);
            if (yield == null) {
                return fail(raw, "inconsistent types in table constructor");
            }
        }
        Expr typed = coercer.coerce(raw, new TableType(index, yield));
        return typed == null ? fail(raw, "type clash in " + (isTable ? "table" : "set") + " constructor") : typed;
    }

    private static List<Expr> flatten(List<Expr> keys) {
        return keys.size() == 1 && keys.get(0) instanceof Expr.ListExpr l ? l.parts() : keys;
    }

    /** A constructor call by type name: {@code Info($a=1)}, {@code string_set("x")}, {@code string_vec("x")}. */
    public Expr namedCtor(
            Position at, Type type, List<Expr.TableEntry> entries, List<Expr.FieldInit> fields, Attributes attributes) {
        Expr made;
        if (type instanceof RecordType r) {
            made = recordCtor(at, fields, r);
            return made;
        }
        made = coercer.coerce(new Expr.InitList(at, entries), type);
        if (made == null) {
            diagnostics.error(at, "type clash in constructor of " + type.label());
            return new Expr.Bad(at);
        }
        return made instanceof Expr.TableCtor t && !attributes.kinds().isEmpty()
                ? new Expr.TableCtor(t.at(), t.type(), t.entries(), attributes)
                : made;
    }

    /** A record constructor, of a known type or of an anonymous one made from its fields. */
    public Expr recordCtor(Position at, List<Expr.FieldInit> fields, @Nullable RecordType known) {
        List<RecordField> decls = new ArrayList<>();
        List<Expr.FieldInit> placed = new ArrayList<>();
        for (Expr.FieldInit f : fields) {
            if (anyBad(f.value())) {
                return new Expr.Bad(at);
            }
            if (decls.stream().anyMatch(d -> d.name().equals(f.name()))) {
                diagnostics.error(f.at(), "duplicate field \"" + f.name() + "\" in record constructor");
                return new Expr.Bad(at);
            }
            Type type = f.value() instanceof Expr.InitList && known != null && known.slot(f.name()) >= 0
                    ? known.field(known.slot(f.name())).type()
                    : f.value().type();
            placed.add(new Expr.FieldInit(f.name(), decls.size(), f.value(), f.at()));
            decls.add(new RecordField(f.name(), type, Attributes.NONE));
        }
        Expr.RecordCtor anonymous = new Expr.RecordCtor(at, new RecordType(decls), placed);
        if (known == null) {
            return anonymous;
        }
        for (Expr.FieldInit f : fields) {
            if (known.slot(f.name()) < 0) {
                diagnostics.error(
                        f.at(),
                        "constructor for record " + known.label() + " has no field \"" + f.name() + "\"",
                        Suggestion.of(
                                f.name(),
                                known.fields().stream().map(RecordField::name).toList()));
                return new Expr.Bad(at);
            }
            Expr fitting =
                    coercer.coerce(f.value(), known.field(known.slot(f.name())).type());
            if (fitting == null) {
                diagnostics.error(
                        f.at(),
                        "type mismatch in record constructor (field " + f.name() + " is "
                                + known.field(known.slot(f.name())).type().label() + ", this is "
                                + f.value().type().label() + ")");
                return new Expr.Bad(at);
            }
        }
        Expr made = coercer.coerce(anonymous, known);
        if (made == null) {
            diagnostics.error(at, "type clash in constructor of " + known.label());
            return new Expr.Bad(at);
        }
        return made;
    }

    // ---- delete, add

    public Expr add(Position at, Expr what) {
        if (anyBad(what)) {
            return what;
        }
        if (what instanceof Expr.Index i && i.base().type().isSet()) {
            return new Expr.Add(at, i);
        }
        diagnostics.error(at, "illegal add statement (" + ExprText.of(what) + ")");
        return new Expr.Bad(at);
    }

    public Expr delete(Position at, Expr what) {
        if (anyBad(what)) {
            return what;
        }
        boolean fine = switch (what) {
            case Expr.Index i -> i.base().type().is(Tag.TABLE);
            case Expr.Field f -> true;
            case Expr.LocalRef l -> l.type().is(Tag.TABLE) || l.type().is(Tag.VECTOR);
            case Expr.GlobalRef g -> g.type().is(Tag.TABLE) || g.type().is(Tag.VECTOR);
            default -> false;
        };
        if (!fine) {
            diagnostics.error(at, "illegal delete statement (" + ExprText.of(what) + ")");
            return new Expr.Bad(at);
        }
        return new Expr.Delete(at, what);
    }
}
