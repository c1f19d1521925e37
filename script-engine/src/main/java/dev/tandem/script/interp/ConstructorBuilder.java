package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes executable nodes of constructors. */
final class ConstructorBuilder {
    private final Interpreter interpreter;
    private final NodeBuilder nodes;

    ConstructorBuilder(Interpreter interpreter, NodeBuilder nodes) {
        this.interpreter = interpreter;
        this.nodes = nodes;
    }

    Node recordCtor(Expr.RecordCtor r) {
        Node[] values = r.fields().stream().map(x -> nodes.build(x.value())).toArray(Node[]::new);
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

    Node tableCtor(Expr.TableCtor t) {
        int n = t.entries().size();
        Node[][] keys = new Node[n][];
        @Nullable Node[] values = new Node[n];
        boolean[] expand = new boolean[n];
        List<Type> index = t.type().index();
        for (int i = 0; i < n; i++) {
            Expr.TableEntry e = t.entries().get(i);
            keys[i] = nodes.all(e.keys());
            Expr value = e.value();
            values[i] = value == null ? null : nodes.build(value);
            for (int k = 0; k < e.keys().size(); k++) {
                expand[i] |= index.size() != e.keys().size()
                        || e.keys().get(k).type().isSet() && !index.get(k).isSet();
            }
        }
        boolean isBound = t.attributes().nameLocals();
        return new Node() {
            @Override
            Object eval(Frame f) {
                TableValue made =
                        new TableValue(t.type(), isBound ? t.attributes().in(f.slots) : t.attributes());
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

    Node vectorCtor(Expr.VectorCtor v) {
        Node[] elements = nodes.all(v.elements());
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

    Node list(Expr.ListExpr l) {
        Node[] parts = nodes.all(l.parts());
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
}
