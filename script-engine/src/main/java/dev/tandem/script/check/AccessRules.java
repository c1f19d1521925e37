package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.ListType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Indexes, slices, fields and membership. */
public final class AccessRules extends TypingRules {
    AccessRules(Diagnostics diagnostics, Coercer coercer) {
        super(diagnostics, coercer);
    }

    public Expr index(Position at, Expr base, List<Expr> keys) {
        if (anyBad(base) || keys.stream().anyMatch(k -> anyBad(k))) {
            return new Expr.Bad(at);
        }
        Type t = base.type();
        Expr.Index raw = new Expr.Index(at, base, keys, Types.VOID);
        switch (t) {
            case TableType table -> {
                if (table.isUnspecified()) {
                    return new Expr.Index(at, base, keys, table.yield() == null ? Types.VOID : Types.ANY);
                }
                List<Expr> fitting = coercer.indexKeys(keys, table);
                if (fitting == null) {
                    clashes.list(listed(keys), ConstructorRules.flatten(keys), table.index(), index(table));
                    return fail(raw, "not an index type");
                }
                Type yield = table.yield();
                if (table.isPatternTable() && fitting.get(0).type().is(Tag.STRING) && yield != null) {
                    return new Expr.Index(at, base, fitting, new VectorType(yield));
                }
                return new Expr.Index(at, base, fitting, yield == null ? Types.VOID : yield);
            }
            case VectorType v -> {
                if (keys.size() != 1) {
                    return fail(raw, "not an index type");
                }
                Type key = keys.get(0).type();
                if (key.tag().isIntegral()) {
                    return new Expr.Index(at, base, List.of(arithmeticTo(keys.get(0), Types.INT)), v.element());
                }
                if (key instanceof VectorType kv
                        && (kv.element().is(Tag.BOOL) || kv.element().tag().isIntegral())) {
                    return new Expr.Index(at, base, keys, v);
                }
                if (key.is(Tag.ANY)) {
                    return new Expr.Index(
                            at, base, List.of(convert(keys.get(0), Types.INT, "not an index type")), v.element());
                }
                return fail(raw, "not an index type");
            }
            default -> {
                if (t.is(Tag.STRING)) {
                    return keys.size() == 1 && keys.get(0).type().tag().isIntegral()
                            ? new Expr.Index(at, base, List.of(arithmeticTo(keys.get(0), Types.INT)), Types.STRING)
                            : fail(raw, "invalid string index expression");
                }
                if (t.is(Tag.ANY)) {
                    return fail(raw, "expression with type 'any' is not a type that can be indexed");
                }
                return fail(raw, "expression with type '" + t.tag().label() + "' is not a type that can be indexed");
            }
        }
    }

    private static Expr listed(List<Expr> keys) {
        return keys.size() == 1
                ? keys.get(0)
                : new Expr.ListExpr(
                        keys.get(0).at(),
                        new ListType(keys.stream().map(Expr::type).toList()),
                        keys);
    }

    private static Mention index(TableType table) {
        return new Mention(table.declared(), new ListType(table.index()).describe());
    }

    public Expr slice(Position at, Expr base, @Nullable Expr from, @Nullable Expr to) {
        if (anyBad(base) || from != null && anyBad(from) || to != null && anyBad(to)) {
            return new Expr.Bad(at);
        }
        Expr.Slice raw = new Expr.Slice(at, base, from, to, base.type());
        if (!base.type().is(Tag.STRING) && !base.type().is(Tag.VECTOR)) {
            return fail(raw, "slice notation indexing only supported for strings and vectors currently");
        }
        Expr low = from == null ? null : coercer.coerce(from, Types.INT);
        Expr high = to == null ? null : coercer.coerce(to, Types.INT);
        if (from != null && low == null || to != null && high == null) {
            return fail(raw, "slice bounds must be integers");
        }
        return new Expr.Slice(at, base, low, high, base.type());
    }

    public Expr field(Position at, Expr record, String name) {
        if (anyBad(record)) {
            return record;
        }
        if (!(record.type() instanceof RecordType r)) {
            diagnostics.error(at, "not a record (" + ExprText.of(record) + "$" + name + ")");
            return new Expr.Bad(at);
        }
        int slot = r.slot(name);
        if (slot < 0) {
            return noField(at, record, r, "no such field in record", "$", name);
        }
        Expr.Field field = new Expr.Field(at, record, r, slot, r.field(slot).type());
        deprecated(r, slot, "$", Mention.of(field));
        return field;
    }

    private Expr noField(Position at, Expr record, RecordType r, String message, String sign, String name) {
        diagnostics.error(
                at,
                message + " (" + ExprText.of(record) + sign + name + ")",
                Suggestion.of(name, r.fields().stream().map(RecordField::name).toList()));
        return new Expr.Bad(at);
    }

    public Expr hasField(Position at, Expr record, String name) {
        if (anyBad(record)) {
            return record;
        }
        if (!(record.type() instanceof RecordType r)) {
            diagnostics.error(at, "not a record (" + ExprText.of(record) + "?$" + name + ")");
            return new Expr.Bad(at);
        }
        int slot = r.slot(name);
        if (slot < 0) {
            return noField(at, record, r, "no such field in record", "?$", name);
        }
        Expr.HasField test = new Expr.HasField(at, record, r, slot);
        deprecated(r, slot, "?$", Mention.of(test));
        return test;
    }

    public Expr in(Position at, Expr element, Expr container) {
        if (anyBad(element, container)) {
            return new Expr.Bad(at);
        }
        Type e = element.type();
        Type c = container.type();
        List<Expr> single = List.of(element);
        Expr.In raw = new Expr.In(at, single, container);
        if (e.is(Tag.PATTERN) && c.is(Tag.STRING)
                || e.is(Tag.STRING) && c.is(Tag.STRING)
                || e.is(Tag.ADDR) && c.is(Tag.SUBNET)
                || e.is(Tag.SUBNET) && c.is(Tag.SUBNET)) {
            return raw;
        }
        if (container instanceof Expr.InitList l) {
            Expr set = coercer.coerce(l, new TableType(List.of(e), null));
            return set == null ? fail(raw, "not an index type") : new Expr.In(at, single, set);
        }
        if (c instanceof TableType table) {
            if (table.isUnspecified()) {
                return raw;
            }
            List<Expr> keys = coercer.indexKeys(single, table);
            if (keys == null) {
                clashes.list(element, ConstructorRules.flatten(single), table.index(), index(table));
                return fail(raw, "not an index type");
            }
            return new Expr.In(at, keys, container);
        }
        if (c instanceof VectorType) {
            Expr index = coercer.coerce(element, Types.INT);
            if (index == null) {
                clashes.element(element, Types.INT);
            }
            return index == null || anyBad(index)
                    ? fail(raw, "not an index type")
                    : new Expr.In(at, List.of(index), container);
        }
        if (c.is(Tag.STRING) && !e.is(Tag.PATTERN)) {
            clashes.element(element, Types.INT);
        }
        return fail(raw, e.is(Tag.PATTERN) ? "pattern requires string or set/table index" : "not an index type");
    }
}
