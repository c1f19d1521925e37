package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.RecordType;
import org.jspecify.annotations.Nullable;

/** Makes executable nodes of {@code add} and {@code delete}. */
final class ElementBuilder {
    private final NodeBuilder nodes;

    ElementBuilder(NodeBuilder nodes) {
        this.nodes = nodes;
    }

    Node add(Expr.Add a) {
        Node base = nodes.build(a.element().base());
        KeyNode key = nodes.key(a.element().keys());
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                try {
                    TableValue t = (TableValue) base.value(f);
                    boolean added = t.add(Tables.ownKey(key.key(f)));
                    if (added && t.isLooped()) {
                        nodes.warnOfLoop(a.element());
                    }
                    return added;
                } catch (ScriptError e) {
                    throw e.at(a.at());
                }
            }
        };
    }

    Node delete(Expr.Delete d) {
        switch (d.what()) {
            case Expr.Index i -> {
                Node base = nodes.build(i.base());
                KeyNode key = nodes.key(i.keys());
                return new BoolNode() {
                    @Override
                    boolean test(Frame f) {
                        TableValue t = (TableValue) base.value(f);
                        boolean removed = t.remove(key.key(f)) != null;
                        if (removed && t.isLooped()) {
                            nodes.warnOfLoop(i);
                        }
                        return removed;
                    }
                };
            }
            case Expr.Field x -> {
                Node record = nodes.build(x.record());
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
                Node whole = nodes.build(d.what());
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
