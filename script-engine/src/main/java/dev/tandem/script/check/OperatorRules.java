package dev.tandem.script.check;

import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** Operators: what their operands may be and what comes out. */
public final class OperatorRules extends TypingRules {
    OperatorRules(Diagnostics diagnostics, Coercer coercer) {
        super(diagnostics, coercer);
    }

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
                    if (c.type().is(Tag.COUNT) && c.value() instanceof Long n && n < 0 && n != Long.MIN_VALUE) {
                        diagnostics.error(at, "literal is outside range of 'int' values (-" + ExprText.of(c) + ")");
                        return new Expr.Bad(at);
                    }
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
            case ANY -> Types.ANY;
            default -> Types.ERROR;
        };
        Expr.Unary e = new Expr.Unary(at, Expr.UnaryOp.SIZE, operand, result);
        if (operand.type().is(Tag.VOID)) {
            diagnostics.error(at, "cannot take size of void (sizeof " + ExprText.of(operand) + ")");
            return new Expr.Bad(at);
        }
        return result.isError() ? fail(e, "no such size") : e;
    }

    /** {@code ++} and {@code --}. */
    public Expr step(Position at, Expr target, int delta) {
        if (anyBad(target)) {
            return target;
        }
        Expr.Step e = new Expr.Step(at, target, delta);
        if (!AssignmentRules.isAssignable(target)) {
            return fail(e, "not an lvalue");
        }
        if (AssignmentRules.refuseConstant(diagnostics, target)) {
            return new Expr.Bad(at);
        }
        return target.type().tag().isIntegral() ? e : fail(e, "requires an integral operand");
    }

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
                if (b.is(Tag.INTERVAL) && a.tag().isArithmetic()) {
                    return typed(
                            new Expr.Binary(at, op, arithmeticTo(left, Types.DOUBLE), right, Types.INTERVAL),
                            vector,
                            Types.INTERVAL);
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
                            : TypeRules.same(a, b) ? typed(e, vector, Types.BOOL) : differentEnums(e, a, b, vector);
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
        if (e.left().type() instanceof VectorType && a.is(Tag.STRING) && b.is(Tag.PATTERN)) {
            return fail(e, "cannot compare string vectors with pattern vectors");
        }
        if (equality && a.is(Tag.PATTERN) && b.is(Tag.STRING) || equality && a.is(Tag.STRING) && b.is(Tag.PATTERN)) {
            return typed(e, vector, Types.BOOL);
        }
        return fail(e, "type clash in comparison");
    }

    private Expr differentEnums(Expr.Binary e, Type a, Type b, boolean vector) {
        diagnostics.warning(
                e.at(),
                "Remove in v9.1. Mixing incompatible enum types " + a.label() + " and " + b.label()
                        + " will become an error.");
        return typed(e, vector, Types.BOOL);
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
}
