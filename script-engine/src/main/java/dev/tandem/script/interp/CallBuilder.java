package dev.tandem.script.interp;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Tag;
import org.jspecify.annotations.Nullable;

/** Makes executable nodes of calls, scheduled events and lambdas. */
final class CallBuilder {
    private final Interpreter interpreter;
    private final NodeBuilder nodes;

    CallBuilder(Interpreter interpreter, NodeBuilder nodes) {
        this.interpreter = interpreter;
        this.nodes = nodes;
    }

    Node call(Expr.Call c) {
        Node callee = nodes.build(c.callee());
        FuncType type = (FuncType) c.callee().type();
        Node[] args = nodes.all(c.args());
        Arguments arguments = new Arguments(type, args);
        return new Node() {
            @Override
            @Nullable
            Object eval(Frame f) {
                try {
                    FuncValue func = (FuncValue) callee.value(f);
                    Object[] values = arguments.evaluate(f);
                    return interpreter.callFromInterpreted(c, func, values);
                } catch (ScriptError e) {
                    throw e.at(c.at());
                }
            }
        };
    }

    Node schedule(Expr.Schedule s) {
        Node when = nodes.build(s.when());
        Node event = nodes.build(s.event());
        Arguments arguments = new Arguments((FuncType) s.event().type(), nodes.all(s.args()));
        boolean absolute = s.when().type().is(Tag.TIME);
        return new Node() {
            @Override
            @Nullable
            Object eval(Frame f) {
                double at = when.asDouble(f);
                FuncValue target = (FuncValue) event.value(f);
                interpreter
                        .context()
                        .schedule(
                                absolute ? at : interpreter.context().networkTime() + at,
                                target,
                                arguments.evaluate(f));
                return null;
            }
        };
    }

    Node lambda(Expr.Lambda l) {
        int[] from = l.captures().stream().mapToInt(c -> c.outer().slot()).toArray();
        int[] to = l.captures().stream().mapToInt(c -> c.inner().slot()).toArray();
        Body body = new Body(interpreter, l.body(), to);
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object[] captured = new Object[from.length];
                for (int i = 0; i < from.length; i++) {
                    Object v = f.slots[from[i]];
                    captured[i] = v != null && l.captures().get(i).copy() ? Copy.of(v) : v;
                }
                return new Closure(body, captured);
            }
        };
    }
}
