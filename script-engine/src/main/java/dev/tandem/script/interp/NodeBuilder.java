package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes executable nodes of expressions. */
final class NodeBuilder {
    private final Interpreter interpreter;
    private final OperatorBuilder operators = new OperatorBuilder(this);
    private final PlaceBuilder places = new PlaceBuilder(this);

    NodeBuilder(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    Reporter reporter() {
        return interpreter.context().reporter();
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
            case Expr.LocalRef l -> local(l.local().slot(), l.local().name(), l.at());
            case Expr.GlobalRef g -> global(g.global(), g.at());
            case Expr.Unary u -> operators.unary(u);
            case Expr.Binary b -> operators.binary(b);
            case Expr.Logic l -> operators.logic(l);
            case Expr.Step s -> step(s);
            case Expr.Conditional c -> conditional(c);
            case Expr.Assign a -> assign(a);
            case Expr.Sequence x -> sequence(build(x.first()), build(x.second()));
            case Expr.Compound c -> compound(c);
            case Expr.Index i -> index(i);
            case Expr.Slice s -> slice(s);
            case Expr.Field x -> field(x);
            case Expr.HasField x -> hasField(x);
            case Expr.In i -> in(i);
            case Expr.Call c -> call(c);
            case Expr.RecordCtor r -> recordCtor(r);
            case Expr.TableCtor t -> tableCtor(t);
            case Expr.VectorCtor v -> vectorCtor(v);
            case Expr.ListExpr l -> list(l);
            case Expr.Coerce c -> coerce(c);
            case Expr.Cast c -> cast(c);
            case Expr.IsType i -> isType(i);
            case Expr.Lambda l -> lambda(l);
            case Expr.Schedule s -> schedule(s);
            case Expr.Add a -> add(a);
            case Expr.Delete d -> delete(d);
            case Expr.InitList l -> throw new IllegalStateException("list without a type at " + l.at());
            case Expr.Bad b -> throw new ScriptError("erroneous expression", b.at());
        };
    }

    private static Node constant(Object value) {
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
                interpreter.context().reporter().error("count underflow (" + ExprText.of(s) + ")", s.at());
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

    // ---- access

    private Node index(Expr.Index i) {
        Node base = build(i.base());
        String text = ExprText.of(i.base());
        Position at = i.at();
        if (i.base().type() instanceof TableType table) {
            KeyNode key = key(i.keys());
            if (table.isPatternTable() && i.keys().get(0).type().is(Tag.STRING)) {
                return new Node() {
                    @Override
                    Object eval(Frame f) {
                        return Tables.matching((TableValue) base.value(f), (Bytes) key.key(f), (VectorType) i.type());
                    }
                };
            }
            return new Node() {
                @Override
                Object eval(Frame f) {
                    TableValue t = (TableValue) base.value(f);
                    Object k = key.key(f);
                    Object v = Tables.lookup(t, k);
                    if (v == null) {
                        throw Tables.noSuchIndex(text, k).at(at);
                    }
                    return v;
                }
            };
        }
        Node index = build(i.keys().get(0));
        if (i.base().type() instanceof VectorType) {
            return i.keys().get(0).type() instanceof VectorType
                    ? vectorByVector(base, index, at)
                    : vectorElement(base, index, text, at);
        }
        return new Node() {
            @Override
            Object eval(Frame f) {
                return Slices.at((Bytes) base.value(f), index.asLong(f));
            }
        };
    }

    private static Node vectorElement(Node base, Node index, String text, Position at) {
        return new Node() {
            @Override
            Object eval(Frame f) {
                VectorValue v = (VectorValue) base.value(f);
                long n = index.asLong(f);
                long place = n < 0 ? n + v.size() : n;
                Object e = place < 0 || place >= v.size() ? null : v.get((int) place);
                if (e == null) {
                    throw Tables.noSuchIndex(text, n).at(at);
                }
                return e;
            }
        };
    }

    private static Node vectorByVector(Node base, Node index, Position at) {
        return new Node() {
            @Override
            Object eval(Frame f) {
                VectorValue v = (VectorValue) base.value(f);
                VectorValue by = (VectorValue) index.value(f);
                VectorValue out = new VectorValue(v.type());
                if (by.type().element().is(Tag.BOOL)) {
                    if (by.size() != v.size()) {
                        throw new ScriptError(
                                "size mismatch, boolean index and vector (" + by.size() + " and " + v.size() + ")", at);
                    }
                    for (int i = 0; i < v.size(); i++) {
                        if (by.get(i) == Boolean.TRUE) {
                            out.add(v.get(i));
                        }
                    }
                    return out;
                }
                for (int i = 0; i < by.size(); i++) {
                    out.add(by.get(i) instanceof Long n ? v.get((int) (n < 0 ? n + v.size() : n)) : null);
                }
                return out;
            }
        };
    }

    private Node slice(Expr.Slice s) {
        Node base = build(s.base());
        Expr from = s.from();
        Expr to = s.to();
        Node low = from == null ? constant(0L) : build(from);
        Node high = to == null ? null : build(to);
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object b = base.value(f);
                if (b instanceof Bytes text) {
                    return Slices.of(text, low.asLong(f), high == null ? text.length() : high.asLong(f));
                }
                VectorValue v = (VectorValue) b;
                return Slices.of(v, low.asLong(f), high == null ? v.size() : high.asLong(f));
            }
        };
    }

    private Node field(Expr.Field x) {
        Node record = build(x.record());
        int slot = x.slot();
        RecordType type = x.recordType();
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object v = Records.get((RecordValue) record.value(f), type, slot);
                if (v == null) {
                    throw new ScriptError(
                            "field value missing (" + ExprText.of(x.record()) + "$"
                                    + type.field(slot).name() + ")",
                            x.at());
                }
                return v;
            }
        };
    }

    private Node hasField(Expr.HasField x) {
        Node record = build(x.record());
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                RecordValue r = (RecordValue) record.value(f);
                return r.get(x.slot()) != null || x.recordType().field(x.slot()).hasDefault();
            }
        };
    }

    private Node in(Expr.In i) {
        Node container = build(i.container());
        Type c = i.container().type();
        if (c instanceof TableType table) {
            KeyNode key = key(i.element());
            if (table.isPatternTable() && i.element().get(0).type().is(Tag.STRING)) {
                return new BoolNode() {
                    @Override
                    boolean test(Frame f) {
                        Bytes text = (Bytes) key.key(f);
                        return Tables.anyMatches((TableValue) container.value(f), text);
                    }
                };
            }
            return new BoolNode() {
                @Override
                boolean test(Frame f) {
                    Object k = key.key(f);
                    return ((TableValue) container.value(f)).contains(k);
                }
            };
        }
        Node element = build(i.element().get(0));
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                Object e = element.value(f);
                Object where = container.value(f);
                return Tables.holds(where, e);
            }
        };
    }

    // ---- calls

    private Node call(Expr.Call c) {
        Node callee = build(c.callee());
        FuncType type = (FuncType) c.callee().type();
        Node[] args = all(c.args());
        Arguments arguments = new Arguments(type, args);
        return new Node() {
            @Override
            @Nullable
            Object eval(Frame f) {
                try {
                    FuncValue func = (FuncValue) callee.value(f);
                    Object[] values = arguments.evaluate(f);
                    return interpreter.callFrom(c.at(), func, values);
                } catch (ScriptError e) {
                    throw e.at(c.at());
                }
            }
        };
    }

    private Node schedule(Expr.Schedule s) {
        Node when = build(s.when());
        Node event = build(s.event());
        Arguments arguments = new Arguments((FuncType) s.event().type(), all(s.args()));
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

    private Node lambda(Expr.Lambda l) {
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

    // ---- constructors

    private Node recordCtor(Expr.RecordCtor r) {
        Node[] values = r.fields().stream().map(x -> build(x.value())).toArray(Node[]::new);
        int[] slots = r.fields().stream().mapToInt(Expr.FieldInit::slot).toArray();
        RecordType type = r.type();
        return new Node() {
            @Override
            Object eval(Frame f) {
                RecordValue made = Records.bare(type);
                for (int i = 0; i < slots.length; i++) {
                    try {
                        made.set(slots[i], values[i].value(f));
                    } catch (ScriptError e) {
                        throw e.at(r.at());
                    }
                }
                Records.fillDefaults(made, type);
                return made;
            }
        };
    }

    private Node tableCtor(Expr.TableCtor t) {
        int n = t.entries().size();
        Node[][] keys = new Node[n][];
        @Nullable Node[] values = new Node[n];
        boolean[] expand = new boolean[n];
        List<Type> index = t.type().index();
        for (int i = 0; i < n; i++) {
            Expr.TableEntry e = t.entries().get(i);
            keys[i] = all(e.keys());
            Expr value = e.value();
            values[i] = value == null ? null : build(value);
            for (int k = 0; k < e.keys().size(); k++) {
                expand[i] |= index.size() != e.keys().size()
                        || e.keys().get(k).type().isSet() && !index.get(k).isSet();
            }
        }
        return new Node() {
            @Override
            Object eval(Frame f) {
                TableValue made = new TableValue(t.type(), t.attributes());
                interpreter.created(made);
                for (int i = 0; i < n; i++) {
                    Object[] parts = new Object[keys[i].length];
                    for (int k = 0; k < parts.length; k++) {
                        parts[k] = keys[i][k].value(f);
                    }
                    Node valueNode = values[i];
                    Object value = valueNode == null ? TableValue.PRESENT : valueNode.value(f);
                    if (expand[i]) {
                        product(made, parts, 0, index, value);
                    } else {
                        made.put(Tables.ownKey(TableValue.key(parts)), value);
                    }
                }
                return made;
            }
        };
    }

    /** Stores a value under every combination of the elements of sets that stand among the key's parts. */
    private static void product(TableValue into, Object[] parts, int at, List<Type> index, Object value) {
        if (parts.length != index.size()) {
            Sets.addAll(into, (TableValue) parts[0]);
            return;
        }
        if (at == parts.length) {
            into.put(Tables.ownKey(TableValue.key(parts.clone())), value);
            return;
        }
        if (parts[at] instanceof TableValue set && !index.get(at).is(Tag.TABLE)) {
            for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
                Object[] one = parts.clone();
                Object element = set.entryKey(e);
                if (element != null) {
                    one[at] = element;
                    product(into, one, at + 1, index, value);
                }
            }
            return;
        }
        product(into, parts, at + 1, index, value);
    }

    private Node vectorCtor(Expr.VectorCtor v) {
        Node[] elements = all(v.elements());
        return new Node() {
            @Override
            Object eval(Frame f) {
                VectorValue made = new VectorValue(v.type());
                for (Node e : elements) {
                    made.add(e.value(f));
                }
                return made;
            }
        };
    }

    private Node list(Expr.ListExpr l) {
        Node[] parts = all(l.parts());
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object[] values = new Object[parts.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = parts[i].value(f);
                }
                return new PlaceBuilder.ListValue(values);
            }
        };
    }

    // ---- types

    private Node coerce(Expr.Coerce c) {
        Node operand = build(c.operand());
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

    private Node cast(Expr.Cast c) {
        Node operand = build(c.operand());
        Type from = c.operand().type();
        return new Node() {
            @Override
            Object eval(Frame f) {
                Object any = Coercions.convert(from, Types.ANY, operand.value(f));
                Object v = Coercions.cast(any, c.type());
                if (v == null) {
                    throw new ScriptError(
                            "invalid cast of value with type '"
                                    + AnyValue.typeOf(any).label() + "' to type '"
                                    + c.type().label() + "'",
                            c.at());
                }
                return v;
            }
        };
    }

    private Node isType(Expr.IsType i) {
        Node operand = build(i.operand());
        Type from = i.operand().type();
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                Object any = Coercions.convert(from, Types.ANY, operand.value(f));
                return Coercions.cast(any, i.wanted()) != null;
            }
        };
    }

    // ---- add, delete

    private Node add(Expr.Add a) {
        Node base = build(a.element().base());
        KeyNode key = key(a.element().keys());
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                try {
                    return ((TableValue) base.value(f)).add(Tables.ownKey(key.key(f)));
                } catch (ScriptError e) {
                    throw e.at(a.at());
                }
            }
        };
    }

    private Node delete(Expr.Delete d) {
        switch (d.what()) {
            case Expr.Index i -> {
                Node base = build(i.base());
                KeyNode key = key(i.keys());
                return new BoolNode() {
                    @Override
                    boolean test(Frame f) {
                        return ((TableValue) base.value(f)).remove(key.key(f)) != null;
                    }
                };
            }
            case Expr.Field x -> {
                Node record = build(x.record());
                return new BoolNode() {
                    @Override
                    boolean test(Frame f) {
                        RecordValue r = (RecordValue) record.value(f);
                        r.set(x.slot(), null);
                        Object def = freshDefault(x.recordType(), x.slot());
                        if (def != null) {
                            r.set(x.slot(), def);
                        }
                        return true;
                    }
                };
            }
            default -> {
                Node whole = build(d.what());
                return new BoolNode() {
                    @Override
                    boolean test(Frame f) {
                        if (whole.value(f) instanceof TableValue t) {
                            t.clear();
                        } else if (whole.value(f) instanceof VectorValue v) {
                            v.resize(0);
                        }
                        return true;
                    }
                };
            }
        }
    }

    private static @Nullable Object freshDefault(RecordType type, int slot) {
        AttributeValue def = type.field(slot).attributes().get(Attr.DEFAULT);
        return def == null ? null : def.evaluate();
    }
}
