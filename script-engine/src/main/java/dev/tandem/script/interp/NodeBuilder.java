package dev.tandem.script.interp;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes executable nodes of expressions. */
final class NodeBuilder {
    private final Interpreter interpreter;
    private final boolean watching;
    private final OperatorBuilder operators = new OperatorBuilder(this);
    private final PlaceBuilder places = new PlaceBuilder(this);
    private final AccessBuilder access = new AccessBuilder(this);
    private final CallBuilder calls;
    private final ConstructorBuilder constructors;
    private final ConversionBuilder conversions = new ConversionBuilder(this);
    private final ElementBuilder elements = new ElementBuilder(this);

    NodeBuilder(Interpreter interpreter) {
        this(interpreter, false);
    }

    private NodeBuilder(Interpreter interpreter, boolean watching) {
        this.interpreter = interpreter;
        this.watching = watching;
        calls = new CallBuilder(interpreter, this);
        constructors = new ConstructorBuilder(interpreter, this);
    }

    Reporter reporter() {
        return interpreter.context().reporter();
    }

    /** A table got or lost an entry while a script loops over it. */
    void warnOfLoop(Expr.Index element) {
        reporter()
                .expressionWarning("possible loop/iterator invalidation (" + ExprText.of(element) + ")", element.at());
    }

    Place place(Expr target) {
        return places.build(target);
    }

    KeyNode key(List<Expr> keys) {
        return new KeyNode(all(keys));
    }

    Node[] all(List<Expr> exprs) {
        return exprs.stream().map(this::build).toArray(Node[]::new);
    }

    /** A node that names the place of an error which does not know its own. */
    Node build(Expr e) {
        return switch (e) {
            case Expr.Const c -> constant(c.value());
            case Expr.LocalRef l -> local(l.local().slot(), l.local().label(), l.at());
            case Expr.GlobalRef g -> global(g.global(), g.at());
            case Expr.Unary u -> operators.unary(u);
            case Expr.Binary b -> operators.binary(b);
            case Expr.Logic l -> operators.logic(l);
            case Expr.Step s -> step(s);
            case Expr.Conditional c -> conditional(c);
            case Expr.Assign a -> assign(a);
            case Expr.Sequence x -> sequence(build(x.first()), build(x.second()));
            case Expr.Compound c -> compound(c);
            case Expr.Index i -> watching ? watched(access.index(i)) : access.index(i);
            case Expr.Slice s -> access.slice(s);
            case Expr.Field x -> access.field(x);
            case Expr.HasField x -> access.hasField(x);
            case Expr.In i -> access.in(i);
            case Expr.Call c -> calls.call(c);
            case Expr.RecordCtor r -> constructors.recordCtor(r);
            case Expr.TableCtor t -> constructors.tableCtor(t);
            case Expr.VectorCtor v -> constructors.vectorCtor(v);
            case Expr.ListExpr l -> constructors.list(l);
            case Expr.Coerce c -> conversions.coerce(c);
            case Expr.Cast c -> conversions.cast(c);
            case Expr.CanCast c -> conversions.canCast(c);
            case Expr.IsType i -> conversions.isType(i);
            case Expr.Lambda l -> calls.lambda(l);
            case Expr.Schedule s -> calls.schedule(s);
            case Expr.Add a -> elements.add(a);
            case Expr.Delete d -> elements.delete(d);
            case Expr.InitList l -> throw new IllegalStateException("list without a type at " + l.at());
            case Expr.Bad b -> throw new ScriptError("erroneous expression", b.at());
        };
    }

    /** Builds nodes of a condition that waits: what they find by an index is watched. */
    NodeBuilder watching() {
        return new NodeBuilder(interpreter, true);
    }

    private Node watched(Node element) {
        return new Node() {
            @Override
            @Nullable
            Object eval(Frame f) {
                Object v = element.eval(f);
                if (v != null) {
                    interpreter.triggers().sawElement(v);
                }
                return v;
            }
        };
    }

    static Node constant(Object value) {
        return new Node() {
            @Override
            Object eval(Frame f) {
                return value;
            }
        };
    }

    private static Node local(int slot, String name, Position at) {
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object v = f.slots[slot];
                if (v == null) {
                    throw new ScriptError("value used but not set (" + name + ")", at);
                }
                return v;
            }
        };
    }

    private static Node global(Global global, Position at) {
        if (global.kind() == Global.Kind.TYPE) {
            return constant(global.type());
        }
        if (global.type() instanceof FuncType t && t.flavor() == FuncType.Flavor.FUNCTION) {
            return function(global, at);
        }
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object v = global.value();
                if (v == null) {
                    throw new ScriptError("value used but not set (" + global.name() + ")", at);
                }
                return v;
            }
        };
    }

    /** A function that is declared and has no body yet is no value. */
    private static Node function(Global global, Position at) {
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object v = global.value();
                if (v == null || v instanceof ScriptFunction s && s.isEmpty()) {
                    throw new ScriptError("value used but not set (" + global.name() + ")", at);
                }
                return v;
            }
        };
    }

    private Node step(Expr.Step s) {
        Place place = place(s.target());
        boolean count = s.target().type().is(Tag.COUNT);
        Place.Change change = (f, old) -> {
            if (old instanceof VectorValue v) {
                for (int i = 0; i < v.size(); i++) {
                    if (v.get(i) instanceof Long n) {
                        v.set(i, n + s.delta());
                    }
                }
                return v;
            }
            if (old == null) {
                throw new ScriptError("value used but not set (" + ExprText.of(s.target()) + ")", s.at());
            }
            long n = (Long) old;
            if (count && n == 0 && s.delta() < 0) {
                interpreter.context().reporter().expressionWarning("count underflow (" + ExprText.of(s) + ")", s.at());
            }
            return n + s.delta();
        };
        return new Node() {
            @Override
            Object eval(Frame f) {
                try {
                    return place.update(f, change);
                } catch (ScriptError e) {
                    throw e.at(s.at());
                }
            }
        };
    }

    private Node conditional(Expr.Conditional c) {
        Node condition = build(c.condition());
        Node then = build(c.then());
        Node otherwise = build(c.otherwise());
        if (c.condition().type() instanceof VectorType) {
            return new Node() {
                @Override
                Object eval(Frame f) {
                    VectorValue which = (VectorValue) condition.value(f);
                    Object a = then.value(f);
                    Object b = otherwise.value(f);
                    VectorValue out = new VectorValue((VectorType) c.type());
                    for (int i = 0; i < which.size(); i++) {
                        Object from = which.get(i) == Boolean.TRUE ? a : b;
                        out.set(i, from instanceof VectorValue v ? v.get(i) : from);
                    }
                    return out;
                }
            };
        }
        return new Node() {
            @Override
            @Nullable
            Object eval(Frame f) {
                return condition.test(f) ? then.eval(f) : otherwise.eval(f);
            }
        };
    }

    private Node assign(Expr.Assign a) {
        Node value = build(a.value());
        Place place = place(a.target());
        return new Node() {
            @Override
            Object eval(Frame f) {
                try {
                    Object v = value.value(f);
                    place.store(f, v);
                    return v;
                } catch (ScriptError e) {
                    throw e.at(a.at());
                }
            }
        };
    }

    private static Node sequence(Node first, Node second) {
        return new Node() {
            @Override
            @Nullable
            Object eval(Frame f) {
                first.eval(f);
                return second.eval(f);
            }
        };
    }

    private Node compound(Expr.Compound c) {
        Place place = place(c.target());
        Place.Change change = operators.change(c, build(c.value()));
        return new Node() {
            @Override
            Object eval(Frame f) {
                try {
                    return place.update(f, change);
                } catch (ScriptError e) {
                    throw e.at(c.at());
                }
            }
        };
    }
}
