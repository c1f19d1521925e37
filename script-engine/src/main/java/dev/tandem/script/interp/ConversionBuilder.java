package dev.tandem.script.interp;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;

/** Makes executable nodes of conversions and type tests. */
final class ConversionBuilder {
    private final NodeBuilder nodes;

    ConversionBuilder(NodeBuilder nodes) {
        this.nodes = nodes;
    }

    Node coerce(Expr.Coerce c) {
        Node operand = nodes.build(c.operand());
        Type from = c.operand().type();
        Type to = c.type();
        if (to.is(Tag.DOUBLE) && from.is(Tag.COUNT)) {
            return new DoubleNode() {
                @Override
                double asDouble(Frame f) {
                    return Arithmetic.unsignedToDouble(operand.asLong(f));
                }
            };
        }
        if (to.is(Tag.DOUBLE) && from.is(Tag.INT)) {
            return new DoubleNode() {
                @Override
                double asDouble(Frame f) {
                    return operand.asLong(f);
                }
            };
        }
        if (to.tag().isIntegral() && from.tag().isIntegral()) {
            return operand;
        }
        return new Node() {
            @Override
            Object eval(Frame f) {
                try {
                    return Coercions.convert(from, to, operand.value(f));
                } catch (ScriptError e) {
                    throw e.at(c.at());
                }
            }
        };
    }

    Node cast(Expr.Cast c) {
        Node operand = nodes.build(c.operand());
        Type from = c.operand().type();
        String text = ExprText.of(c);
        return new Node() {
            @Override
            Object eval(Frame f) {
                try {
                    return Casts.cast(Casts.asAny(from, operand.value(f)), c.type(), text);
                } catch (ScriptError e) {
                    throw e.at(c.at());
                }
            }
        };
    }

    Node canCast(Expr.CanCast c) {
        Node operand = nodes.build(c.operand());
        Type from = c.operand().type();
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                return Casts.attempt(Casts.asAny(from, operand.value(f)), c.wanted()) != null;
            }
        };
    }

    Node isType(Expr.IsType i) {
        Node operand = nodes.build(i.operand());
        Type from = i.operand().type();
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                return Casts.is(Casts.asAny(from, operand.value(f)), i.wanted());
            }
        };
    }
}
