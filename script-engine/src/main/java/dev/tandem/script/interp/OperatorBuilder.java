package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.check.AssignmentRules;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** Makes executable nodes of operators: unboxed where both operands are numbers. */
final class OperatorBuilder {
    private final NodeBuilder nodes;

    OperatorBuilder(NodeBuilder nodes) {
        this.nodes = nodes;
    }

    Node unary(Expr.Unary u) {
        Node operand = nodes.build(u.operand());
        Type t = u.operand().type();
        if (t instanceof VectorType && u.op() != Expr.UnaryOp.SIZE && u.op() != Expr.UnaryOp.COPY) {
            return new Node() {
                @Override
                Object eval(Frame f) {
                    VectorValue in = (VectorValue) operand.value(f);
                    VectorValue out = new VectorValue((VectorType) u.type());
                    for (int i = 0; i < in.size(); i++) {
                        Object e = in.get(i);
                        out.set(i, e == null ? null : apply(u.op(), e));
                    }
                    return out;
                }
            };
        }
        switch (u.op()) {
            case NOT -> {
                boolean bool = t.is(Tag.BOOL);
                return new BoolNode() {
                    @Override
                    boolean test(Frame f) {
                        return bool ? !operand.test(f) : operand.asLong(f) == 0;
                    }
                };
            }
            case COPY -> {
                return new Node() {
                    @Override
                    Object eval(Frame f) {
                        return Copy.of(operand.value(f));
                    }
                };
            }
            case SIZE -> {
                return size(u, operand);
            }
            default -> {
                return new Node() {
                    @Override
                    Object eval(Frame f) {
                        return apply(u.op(), operand.value(f));
                    }
                };
            }
        }
    }

    private static Object apply(Expr.UnaryOp op, Object v) {
        return switch (v) {
            case Long n -> op == Expr.UnaryOp.NEGATE ? -n : op == Expr.UnaryOp.COMPLEMENT ? ~n : n;
            case Double d -> op == Expr.UnaryOp.NEGATE ? -d : d;
            case Boolean b -> !b;
            default -> v;
        };
    }

    private static Node size(Expr.Unary u, Node operand) {
        boolean signed = u.operand().type().is(Tag.INT);
        boolean dynamic = u.operand().type().is(Tag.ANY);
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object any = operand.value(f);
                Object v = AnyValue.unwrap(any);
                Object size = switch (v) {
                    case Bytes b -> (long) b.length();
                    case TableValue t -> (long) t.size();
                    case VectorValue x -> (long) x.size();
                    case Long n -> signed ? Math.abs(n) : n;
                    case Double d -> Math.abs(d);
                    case Boolean b -> b ? 1L : 0L;
                    case EnumValue e -> e.number();
                    case Addr a -> a.isV4() ? 32L : 128L;
                    case Subnet s -> Math.pow(2, 128 - s.width128());
                    case Port p -> (long) p.number();
                    case RecordValue r -> (long) r.layout().size();
                    case FileValue x -> (double) x.size();
                    default -> throw new ScriptError("no such size (" + ExprText.of(u) + ")", u.at());
                };
                return dynamic ? AnyValue.wrap(size instanceof Double ? Types.DOUBLE : Types.COUNT, size) : size;
            }
        };
    }

    Node logic(Expr.Logic l) {
        Node left = nodes.build(l.left());
        Node right = nodes.build(l.right());
        if (l.type() instanceof VectorType v) {
            return new Node() {
                @Override
                Object eval(Frame f) {
                    return elementwise(
                            v,
                            left.value(f),
                            right.value(f),
                            l.at(),
                            (a, b) -> l.and() ? (Boolean) a && (Boolean) b : (Boolean) a || (Boolean) b);
                }
            };
        }
        boolean and = l.and();
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                return and ? left.test(f) && right.test(f) : left.test(f) || right.test(f);
            }
        };
    }

    private interface Pair {
        Object apply(Object a, Object b);
    }

    private static VectorValue elementwise(VectorType type, Object a, Object b, Position at, Pair pair) {
        VectorValue out = new VectorValue(type);
        VectorValue x = a instanceof VectorValue v ? v : null;
        VectorValue y = b instanceof VectorValue v ? v : null;
        if (x != null && y != null && x.size() != y.size()) {
            throw new ScriptError("vector operands are of different sizes", at);
        }
        int size = x != null ? x.size() : y != null ? y.size() : 0;
        for (int i = 0; i < size; i++) {
            Object l = x != null ? x.get(i) : a;
            Object r = y != null ? y.get(i) : b;
            out.set(i, l == null || r == null ? null : pair.apply(l, r));
        }
        return out;
    }

    Node binary(Expr.Binary b) {
        Node left = nodes.build(b.left());
        Node right = nodes.build(b.right());
        Type t = b.left().type();
        if (b.type() instanceof VectorType v
                && (t instanceof VectorType || b.right().type() instanceof VectorType)) {
            Type element = t instanceof VectorType lv ? lv.element() : t;
            return new Node() {
                @Override
                Object eval(Frame f) {
                    try {
                        return elementwise(
                                v,
                                left.value(f),
                                right.value(f),
                                b.at(),
                                (x, y) -> Arithmetic.apply(b.op(), element.tag(), x, y));
                    } catch (ScriptError e) {
                        throw e.in(ExprText.of(b), b.at());
                    }
                }
            };
        }
        Tag tag = t.tag();
        Tag other = b.right().type().tag();
        if (tag.isIntegral() && other.isIntegral()) {
            return b.op().isComparison() ? compareLongs(b, tag, left, right) : longs(b, tag, left, right);
        }
        if (tag.isFloating() && other.isFloating()) {
            return b.op().isComparison() ? compareDoubles(b, left, right) : doubles(b, left, right);
        }
        return new Node() {
            @Override
            Object eval(Frame f) {
                try {
                    return Arithmetic.apply(b.op(), tag, left.value(f), right.value(f));
                } catch (ScriptError e) {
                    throw e.in(ExprText.of(b), b.at());
                }
            }
        };
    }

    private Node longs(Expr.Binary b, Tag tag, Node left, Node right) {
        BinaryOp op = b.op();
        return switch (op) {
            case ADD ->
                new LongNode() {
                    @Override
                    long asLong(Frame f) {
                        return left.asLong(f) + right.asLong(f);
                    }
                };
            case SUB ->
                tag == Tag.INT
                        ? new LongNode() {
                            @Override
                            long asLong(Frame f) {
                                return left.asLong(f) - right.asLong(f);
                            }
                        }
                        : new LongNode() {
                            @Override
                            long asLong(Frame f) {
                                long x = left.asLong(f);
                                long y = right.asLong(f);
                                if (Long.compareUnsigned(x, y) < 0) {
                                    nodes.reporter()
                                            .expressionWarning("count underflow (" + ExprText.of(b) + ")", b.at());
                                }
                                return x - y;
                            }
                        };
            default ->
                new LongNode() {
                    @Override
                    long asLong(Frame f) {
                        long x = left.asLong(f);
                        long y = right.asLong(f);
                        try {
                            return Arithmetic.longs(op, tag, x, y);
                        } catch (ScriptError e) {
                            throw e.in(ExprText.of(b), b.at());
                        }
                    }
                };
        };
    }

    private static Node compareLongs(Expr.Binary b, Tag tag, Node left, Node right) {
        BinaryOp op = b.op();
        if (op == BinaryOp.EQ) {
            return new BoolNode() {
                @Override
                boolean test(Frame f) {
                    return left.asLong(f) == right.asLong(f);
                }
            };
        }
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                return Arithmetic.compare(op, tag, left.asLong(f), right.asLong(f));
            }
        };
    }

    private static Node doubles(Expr.Binary b, Node left, Node right) {
        BinaryOp op = b.op();
        return new DoubleNode() {
            @Override
            double asDouble(Frame f) {
                double x = left.asDouble(f);
                double y = right.asDouble(f);
                try {
                    return Arithmetic.doubles(op, x, y);
                } catch (ScriptError e) {
                    throw e.in(ExprText.of(b), b.at());
                }
            }
        };
    }

    private static Node compareDoubles(Expr.Binary b, Node left, Node right) {
        BinaryOp op = b.op();
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                return Arithmetic.compare(op, left.asDouble(f), right.asDouble(f));
            }
        };
    }

    /** What {@code += value} or {@code -= value} does to the old value of its target. */
    Place.Change change(Expr.Compound c, Node value) {
        Type t = c.target().type();
        BinaryOp op = c.op();
        if (t instanceof TableType) {
            return (f, old) -> {
                TableValue into = (TableValue) set(old, c);
                TableValue other = (TableValue) value.value(f);
                if (op == BinaryOp.ADD) {
                    Sets.addAll(into, other);
                } else {
                    Sets.removeAll(into, other);
                }
                return into;
            };
        }
        if (t instanceof VectorType) {
            boolean one = AssignmentRules.appendsElement(c);
            return (f, old) -> {
                VectorValue into = (VectorValue) set(old, c);
                Object what = value.value(f);
                if (one) {
                    into.add(Vectors.fitting(into, t, what, c));
                } else {
                    VectorValue more = (VectorValue) what;
                    int n = more.size();
                    for (int i = 0; i < n; i++) {
                        into.add(more.get(i));
                    }
                }
                return into;
            };
        }
        if (t.is(Tag.PATTERN)) {
            return (f, old) -> ((Pattern) set(old, c)).or((Pattern) value.value(f));
        }
        return (f, old) -> {
            Object a = set(old, c);
            Object b = value.value(f);
            if (op == BinaryOp.SUB
                    && t.is(Tag.COUNT)
                    && a instanceof Long x
                    && b instanceof Long y
                    && Long.compareUnsigned(x, y) < 0) {
                nodes.reporter()
                        .expressionWarning(
                                "count underflow (" + ExprText.of(c.target()) + " - " + ExprText.of(c.value()) + ")",
                                c.at());
            }
            return Arithmetic.apply(op, t.tag(), a, b);
        };
    }

    private static Object set(@Nullable Object old, Expr.Compound c) {
        if (old == null) {
            throw new ScriptError("value used but not set (" + ExprText.of(c.target()) + ")", c.at());
        }
        return old;
    }
}
