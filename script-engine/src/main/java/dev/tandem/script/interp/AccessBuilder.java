package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;

/** Makes executable nodes of what looks into values: elements, slices, fields, membership. */
final class AccessBuilder {
    private final NodeBuilder nodes;

    AccessBuilder(NodeBuilder nodes) {
        this.nodes = nodes;
    }

    Node index(Expr.Index i) {
        Node base = nodes.build(i.base());
        String text = ExprText.of(i);
        Position at = i.at();
        if (i.base().type() instanceof TableType table) {
            KeyNode key = nodes.key(i.keys());
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
                        throw Tables.noSuchIndex(text).at(at);
                    }
                    return v;
                }
            };
        }
        Node index = nodes.build(i.keys().get(0));
        if (i.base().type() instanceof VectorType) {
            return i.keys().get(0).type() instanceof VectorType
                    ? vectorByVector(base, index, at)
                    : vectorElement(base, index, i.type().is(Tag.ANY), text, at);
        }
        return new Node() {
            @Override
            Object eval(Frame f) {
                return Slices.at((Bytes) base.value(f), index.asLong(f));
            }
        };
    }

    private static Node vectorElement(Node base, Node index, boolean any, String text, Position at) {
        return new Node() {
            @Override
            Object eval(Frame f) {
                VectorValue v = (VectorValue) base.value(f);
                long n = index.asLong(f);
                long place = n < 0 ? n + v.size() : n;
                Object e = place < 0 || place >= v.size() ? null : v.get((int) place);
                if (e == null) {
                    throw Tables.noSuchIndex(text).at(at);
                }
                return any ? Vectors.asAny(v, e) : e;
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

    Node slice(Expr.Slice s) {
        Node base = nodes.build(s.base());
        Expr from = s.from();
        Expr to = s.to();
        Node low = from == null ? NodeBuilder.constant(0L) : nodes.build(from);
        Node high = to == null ? null : nodes.build(to);
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

    Node field(Expr.Field x) {
        Node record = nodes.build(x.record());
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

    Node hasField(Expr.HasField x) {
        Node record = nodes.build(x.record());
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                RecordValue r = (RecordValue) record.value(f);
                return r.get(x.slot()) != null || x.recordType().field(x.slot()).hasDefault();
            }
        };
    }

    Node in(Expr.In i) {
        Node container = nodes.build(i.container());
        Type c = i.container().type();
        if (c instanceof TableType table) {
            KeyNode key = nodes.key(i.element());
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
        Node element = nodes.build(i.element().get(0));
        return new BoolNode() {
            @Override
            boolean test(Frame f) {
                Object e = element.value(f);
                Object where = container.value(f);
                return Tables.holds(where, e);
            }
        };
    }
}
