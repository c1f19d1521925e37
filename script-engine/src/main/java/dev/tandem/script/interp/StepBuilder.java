package dev.tandem.script.interp;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.ast.Stmts;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.NoValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes executable steps of statements. */
final class StepBuilder {
    private final Interpreter interpreter;
    private final NodeBuilder nodes;

    StepBuilder(Interpreter interpreter, NodeBuilder nodes) {
        this.interpreter = interpreter;
        this.nodes = nodes;
    }

    Step build(Stmt s) {
        Step step = plain(s);
        return Stmts.mayLackValue(s, e -> true) ? skippable(step, s instanceof Stmt.Return) : step;
    }

    /** A statement that ends where an expression of it has no value. */
    private static Step skippable(Step step, boolean returns) {
        return new Step() {
            @Override
            int run(Frame f) {
                try {
                    return step.run(f);
                } catch (NoValue e) {
                    return returns ? RETURN : GO_ON;
                }
            }
        };
    }

    private Step plain(Stmt s) {
        return switch (s) {
            case Stmt.Block b -> block(b);
            case Stmt.Nothing n -> end(Step.GO_ON);
            case Stmt.Eval e -> eval(nodes.build(e.expr()));
            case Stmt.Init i -> init(i);
            case Stmt.Print p -> print(p);
            case Stmt.If i -> ifElse(i);
            case Stmt.While w -> whileLoop(w);
            case Stmt.For x -> new ForBuilder(interpreter, nodes, this).build(x);
            case Stmt.Switch x -> switchOver(x);
            case Stmt.Return r -> returns(r);
            case Stmt.Break b -> end(Step.BREAK);
            case Stmt.Next n -> end(Step.NEXT);
            case Stmt.Fallthrough x -> end(Step.FALLTHROUGH);
            case Stmt.Raise r -> raise(r);
            case Stmt.When w -> when(w);
            case Stmt.Assert a -> assertion(a);
        };
    }

    private static Step end(int how) {
        return new Step() {
            @Override
            int run(Frame f) {
                return how;
            }
        };
    }

    private static Step eval(Node e) {
        return new Step() {
            @Override
            int run(Frame f) {
                e.eval(f);
                return GO_ON;
            }
        };
    }

    private Step block(Stmt.Block b) {
        Step[] steps = b.statements().stream().map(this::build).toArray(Step[]::new);
        return new Step() {
            @Override
            int run(Frame f) {
                for (Step s : steps) {
                    int how = s.run(f);
                    if (how != GO_ON) {
                        return how;
                    }
                }
                return GO_ON;
            }
        };
    }

    private Step init(Stmt.Init i) {
        Local local = i.local();
        int slot = local.slot();
        Attributes attributes = local.attributes();
        boolean isBound = attributes.nameLocals();
        Expr value = i.value();
        Node node = value == null ? null : nodes.build(value);
        return new Step() {
            @Override
            int run(Frame f) {
                try {
                    Object v = node == null ? Records.emptyAggregate(local.type()) : node.value(f);
                    if (v != null) {
                        interpreter.adorn(v, isBound ? attributes.in(f.slots) : attributes);
                    }
                    f.slots[slot] = v;
                } catch (ScriptError e) {
                    throw e.at(i.at());
                }
                return GO_ON;
            }
        };
    }

    private Step print(Stmt.Print p) {
        Node[] values = nodes.all(p.values());
        Type[] types = p.values().stream().map(Expr::type).toArray(Type[]::new);
        return new Step() {
            @Override
            int run(Frame f) {
                try {
                    Object[] all = new Object[values.length];
                    for (int i = 0; i < all.length; i++) {
                        all[i] = values[i].value(f);
                    }
                    interpreter.print(all, types);
                } catch (ScriptError e) {
                    throw e.at(p.at());
                }
                return GO_ON;
            }
        };
    }

    private Step ifElse(Stmt.If i) {
        Node condition = nodes.build(i.condition());
        Step then = build(i.then());
        Stmt other = i.otherwise();
        Step otherwise = other == null ? end(Step.GO_ON) : build(other);
        return new Step() {
            @Override
            int run(Frame f) {
                boolean yes;
                try {
                    yes = condition.test(f);
                } catch (ScriptError e) {
                    throw e.at(i.at());
                }
                return (yes ? then : otherwise).run(f);
            }
        };
    }

    private Step whileLoop(Stmt.While w) {
        Node condition = nodes.build(w.condition());
        Step body = build(w.body());
        HotLoop hot = new HotLoop(interpreter, w);
        return new Step() {
            @Override
            int run(Frame f) {
                while (true) {
                    int rest = hot.rest(f, null, 0);
                    if (rest != CompiledLoop.REFUSED) {
                        return rest == CompiledLoop.RETURNED ? RETURN : GO_ON;
                    }
                    if (!condition.test(f)) {
                        return GO_ON;
                    }
                    int how = body.run(f);
                    if (how == BREAK) {
                        return GO_ON;
                    }
                    if (how == RETURN) {
                        return how;
                    }
                }
            }
        };
    }

    private Step returns(Stmt.Return r) {
        Expr value = r.value();
        Node node = value == null ? null : nodes.build(value);
        return new Step() {
            @Override
            int run(Frame f) {
                try {
                    f.result = node == null ? null : node.eval(f);
                } catch (ScriptError e) {
                    throw e.at(r.at());
                }
                return RETURN;
            }
        };
    }

    private Step raise(Stmt.Raise r) {
        Node event = nodes.build(r.event());
        Arguments arguments = new Arguments((FuncType) r.event().type(), nodes.all(r.args()));
        return new Step() {
            @Override
            int run(Frame f) {
                try {
                    interpreter.context().raise((FuncValue) event.value(f), arguments.evaluate(f));
                } catch (ScriptError e) {
                    throw e.at(r.at());
                }
                return GO_ON;
            }
        };
    }

    // ---- switch

    private record TypeCase(Type type, int slot, int target) {}

    private Step switchOver(Stmt.Switch x) {
        Node value = nodes.build(x.value());
        Type type = x.value().type();
        Step[] bodies = x.cases().stream().map(c -> build(c.body())).toArray(Step[]::new);
        Map<Object, Integer> targets = new HashMap<>();
        List<TypeCase> typeCases = new ArrayList<>();
        int otherwise = -1;
        for (int i = 0; i < x.cases().size(); i++) {
            Stmt.Case c = x.cases().get(i);
            for (Expr e : c.values()) {
                targets.putIfAbsent(interpreter.evaluate(e), i);
            }
            for (Stmt.TypeCase t : c.types()) {
                Local local = t.local();
                typeCases.add(new TypeCase(t.type(), local == null ? -1 : local.slot(), i));
            }
            if (c.isDefault()) {
                otherwise = i;
            }
        }
        int defaultTarget = otherwise;
        return new Step() {
            @Override
            int run(Frame f) {
                Object v;
                try {
                    v = value.value(f);
                } catch (ScriptError e) {
                    throw e.at(x.at());
                }
                Integer found = targets.get(v);
                int target = found != null ? found : byType(f, v);
                for (int i = target < 0 ? defaultTarget : target; i >= 0 && i < bodies.length; i++) {
                    int how = bodies[i].run(f);
                    if (how == RETURN || how == NEXT) {
                        return how;
                    }
                    if (how != FALLTHROUGH) {
                        return GO_ON;
                    }
                }
                return GO_ON;
            }

            private int byType(Frame f, Object v) {
                if (typeCases.isEmpty()) {
                    return -1;
                }
                Object any = Coercions.convert(type, Types.ANY, v);
                for (TypeCase t : typeCases) {
                    Object is = Casts.orNull(any, t.type());
                    if (is != null) {
                        if (t.slot() >= 0) {
                            f.slots[t.slot()] = is;
                        }
                        return t.target();
                    }
                }
                return -1;
            }
        };
    }

    // ---- when, assert

    private Step when(Stmt.When w) {
        Step body = build(w.body());
        Stmt late = w.onTimeout();
        Triggers.Statement statement = new Triggers.Statement(
                nodes.watching().build(w.condition()),
                body,
                late == null ? null : build(late),
                new Watches(w.condition()));
        Expr limit = w.timeout();
        Node timeout = limit == null ? null : nodes.build(limit);
        return new Step() {
            @Override
            int run(Frame f) {
                Frame own = new Frame(new Object[w.frameSize()]);
                for (Expr.Capture c : w.captures()) {
                    Object v = f.slots[c.outer().slot()];
                    own.slots[c.inner().slot()] = v != null && c.copy() ? Copy.of(v) : v;
                }
                double seconds = timeout == null ? -1 : timeout.asDouble(f);
                if (w.returns()) {
                    throw interpreter.triggers().addReturning(statement, own, seconds);
                }
                interpreter.triggers().add(statement, own, seconds);
                return GO_ON;
            }
        };
    }

    private Step assertion(Stmt.Assert a) {
        Node condition = nodes.build(a.condition());
        Expr message = a.message();
        Node text = message == null ? null : nodes.build(message);
        Type type = message == null ? Types.STRING : message.type();
        return new Step() {
            @Override
            int run(Frame f) {
                boolean fine;
                try {
                    fine = condition.test(f);
                } catch (ScriptError e) {
                    throw e.at(a.at());
                }
                if (!fine) {
                    throw interpreter.assertionFailure(a, text == null ? null : text.value(f), type);
                }
                return GO_ON;
            }
        };
    }
}
