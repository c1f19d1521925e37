package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.Tuple;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes executable places of assignable expressions. */
final class PlaceBuilder {
    private final NodeBuilder nodes;

    PlaceBuilder(NodeBuilder nodes) {
        this.nodes = nodes;
    }

    Place build(Expr target) {
        return switch (target) {
            case Expr.LocalRef l -> local(l.local().slot());
            case Expr.GlobalRef g -> global(g.global());
            case Expr.Field x -> field(nodes.build(x.record()), x.recordType(), x.slot());
            case Expr.Index i -> element(i);
            case Expr.Slice s -> slice(s);
            case Expr.ListExpr l -> list(l.parts().stream().map(this::build).toList());
            default -> throw new IllegalStateException("not assignable: " + ExprText.of(target));
        };
    }

    private static Place local(int slot) {
        return new Place() {
            @Override
            void store(Frame f, Object value) {
                f.slots[slot] = value;
            }

            @Override
            Object update(Frame f, Change change) {
                Object v = change.apply(f, f.slots[slot]);
                f.slots[slot] = v;
                return v;
            }
        };
    }

    private static Place global(Global global) {
        return new Place() {
            @Override
            void store(Frame f, Object value) {
                global.value(value);
            }

            @Override
            Object update(Frame f, Change change) {
                Object v = change.apply(f, global.value());
                global.value(v);
                return v;
            }
        };
    }

    private static Place field(Node record, RecordType type, int slot) {
        return new Place() {
            @Override
            void store(Frame f, Object value) {
                ((RecordValue) record.value(f)).set(slot, value);
            }

            @Override
            Object update(Frame f, Change change) {
                RecordValue r = (RecordValue) record.value(f);
                Object v = change.apply(f, Records.get(r, type, slot));
                r.set(slot, v);
                return v;
            }
        };
    }

    private Place element(Expr.Index i) {
        Node base = nodes.build(i.base());
        String text = ExprText.of(i);
        if (i.base().type() instanceof VectorType) {
            return vectorElement(base, nodes.build(i.keys().get(0)), i, text);
        }
        if (!(i.base().type() instanceof TableType)) {
            return stringElement();
        }
        KeyNode key = nodes.key(i.keys());
        return new Place() {
            @Override
            void store(Frame f, Object value) {
                TableValue t = (TableValue) base.value(f);
                Object k = Tables.ownKey(key.key(f));
                boolean added = t.put(k, value) == null;
                if (added && t.isLooped()) {
                    nodes.warnOfLoop(i);
                }
            }

            @Override
            Object update(Frame f, Change change) {
                TableValue t = (TableValue) base.value(f);
                Object k = key.key(f);
                Object old = Tables.lookup(t, k);
                if (old == null) {
                    throw Tables.noSuchIndex(text);
                }
                Object v = change.apply(f, old);
                t.put(Tables.ownKey(k), v);
                return v;
            }
        };
    }

    private static Place stringElement() {
        return new Place() {
            @Override
            void store(Frame f, Object value) {
                throw new ScriptError("assignments to string characters are not possible");
            }

            @Override
            Object update(Frame f, Change change) {
                throw new ScriptError("assignments to string characters are not possible");
            }
        };
    }

    private static Place vectorElement(Node base, Node index, Expr.Index i, String text) {
        Type declared = i.base().type();
        return new Place() {
            @Override
            void store(Frame f, Object value) {
                VectorValue v = (VectorValue) base.value(f);
                v.set(position(v, index.asLong(f), text), Vectors.fitting(v, declared, value, i));
            }

            @Override
            Object update(Frame f, Change change) {
                VectorValue v = (VectorValue) base.value(f);
                long i = index.asLong(f);
                int at = position(v, i, text);
                Object old = v.get(at);
                if (old == null) {
                    throw Tables.noSuchIndex(text);
                }
                Object now = change.apply(f, old);
                v.set(at, now);
                return now;
            }
        };
    }

    private static int position(VectorValue v, long index, String text) {
        long at = index < 0 ? index + v.size() : index;
        if (at < 0 || at > Integer.MAX_VALUE - 8) {
            throw Tables.noSuchIndex(text);
        }
        return (int) at;
    }

    private Place slice(Expr.Slice s) {
        Node base = nodes.build(s.base());
        Expr from = s.from();
        Expr to = s.to();
        Node low = from == null ? null : nodes.build(from);
        Node high = to == null ? null : nodes.build(to);
        return new Place() {
            @Override
            void store(Frame f, Object value) {
                VectorValue v = (VectorValue) base.value(f);
                int a = Slices.bound(v.size(), low == null ? 0 : low.asLong(f));
                int b = Math.max(a, Slices.bound(v.size(), high == null ? v.size() : high.asLong(f)));
                v.replace(a, b, (VectorValue) value);
            }

            @Override
            Object update(Frame f, Change change) {
                throw new ScriptError("a slice cannot be changed in place");
            }
        };
    }

    private static Place list(List<Place> parts) {
        return new Place() {
            @Override
            void store(Frame f, Object value) {
                // A tuple is a table's key of several parts, such as an expiry function gets.
                ListValue list = value instanceof Tuple key
                        ? new ListValue(key.parts())
                        : value instanceof ListValue l ? l : null;
                if (list == null || list.parts.length != parts.size()) {
                    throw new ScriptError("mismatch in list lengths");
                }
                for (int i = 0; i < parts.size(); i++) {
                    parts.get(i).store(f, list.part(i));
                }
            }

            @Override
            Object update(Frame f, Change change) {
                throw new ScriptError("a list cannot be changed in place");
            }
        };
    }

    /** The value of a bracketed list. */
    record ListValue(@Nullable Object[] parts) {
        Object part(int i) {
            Object p = parts[i];
            if (p == null) {
                throw new ScriptError("value used but not set");
            }
            return p;
        }
    }
}
