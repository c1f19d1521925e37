package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.ListType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Constructors of vectors, sets, tables and records; types come from the elements where none is given. */
public final class ConstructorRules extends TypingRules {
    ConstructorRules(Diagnostics diagnostics, Coercer coercer) {
        super(diagnostics, coercer);
    }

    public Expr vectorCtor(Position at, List<Expr> elements) {
        if (elements.isEmpty()) {
            return new Expr.VectorCtor(at, new VectorType(Types.VOID), elements);
        }
        Type element = common(elements);
        Expr.VectorCtor raw = new Expr.VectorCtor(
                at, new VectorType(element == null ? elements.get(0).type() : element), elements);
        if (elements.stream().anyMatch(e -> anyBad(e))) {
            return new Expr.Bad(at);
        }
        if (element == null) {
            inconsistent(elements);
            diagnostics.error(at, "inconsistent types in list");
            return new Expr.Bad(at);
        }
        Expr typed =
                coercer.coerce(new Expr.VectorCtor(at, new VectorType(Types.VOID), elements), new VectorType(element));
        return typed == null ? fail(raw, "inconsistent types in vector constructor") : typed;
    }

    /** The type that all expressions can be brought to, or null. */
    private @Nullable Type common(List<Expr> all) {
        Type type = all.get(0).type();
        for (Expr e : all) {
            Type t = e.type();
            if (TypeRules.bothArithmetic(type, t)) {
                type = TypeRules.max(type, t);
            } else if (isAnonymous(type) && isAnonymous(t) && !TypeRules.same(type, t)) {
                type = union((RecordType) type, (RecordType) t);
            } else if (!TypeRules.same(type, t)) {
                if (Coercer.isUnspecified(type) && coercer.coerce(all.get(0), t) != null) {
                    type = t;
                } else if (coercer.coerce(e, type) == null) {
                    return null;
                }
            }
        }
        return type;
    }

    /** Names the first two types that do not go together. */
    private void inconsistent(List<Expr> elements) {
        Type first = elements.get(0).type();
        for (Expr e : elements) {
            Type t = e.type();
            if (first instanceof EnumType && t instanceof EnumType && !TypeRules.same(first, t)) {
                diagnostics.error(
                        Mention.of(first),
                        Mention.of(t),
                        "incompatible enum types: '" + first.label() + "' and '" + t.label() + "'");
                return;
            }
            if (coercer.coerce(e, first) == null && coercer.coerce(elements.get(0), t) == null) {
                diagnostics.error(Mention.of(first), Mention.of(t), "incompatible types");
                return;
            }
        }
    }

    private static boolean isAnonymous(Type t) {
        return t instanceof RecordType && t.name() == null;
    }

    /** A record type with the fields of both; what only one has is optional. */
    private static RecordType union(RecordType a, RecordType b) {
        RecordType both = new RecordType(List.of());
        both.declared(a.declared());
        for (RecordType part : List.of(a, b)) {
            RecordType other = part == a ? b : a;
            for (RecordField f : part.fields()) {
                Attributes attributes =
                        other.slot(f.name()) < 0 ? f.attributes().with(Attr.OPTIONAL, null) : f.attributes();
                both.add(new RecordField(f.name(), f.type(), attributes));
            }
        }
        return both;
    }

    /** {@code set(...)} and {@code table(...)} without a declared type: the type comes from the elements. */
    public Expr tableCtor(Position at, boolean isTable, List<Expr.TableEntry> entries, Attributes attributes) {
        Expr.TableCtor raw =
                new Expr.TableCtor(at, new TableType(List.of(), isTable ? Types.ANY : null), entries, attributes);
        if (entries.isEmpty()) {
            return raw;
        }
        for (Expr.TableEntry e : entries) {
            if (isBad(e)) {
                return new Expr.Bad(at);
            }
        }
        if (isTable && !areTableEntries(raw)) {
            return new Expr.Bad(at);
        }
        List<Type> index = new ArrayList<>();
        List<Expr> first = flatten(entries.get(0).keys());
        for (int i = 0; i < first.size(); i++) {
            List<Expr> column = new ArrayList<>();
            for (Expr.TableEntry e : entries) {
                List<Expr> keys = flatten(e.keys());
                if (keys.size() != first.size()) {
                    Mention one = new Mention(
                            first.get(0).at(),
                            new ListType(first.stream().map(Expr::type).toList()).describe());
                    Mention two = new Mention(
                            keys.get(0).at(),
                            new ListType(keys.stream().map(Expr::type).toList()).describe());
                    diagnostics.error(one, two, "different number of indices");
                    return new Expr.Bad(at);
                }
                column.add(keys.get(i));
            }
            Type type = common(column);
            if (type == null) {
                return fail(raw, isTable ? "inconsistent types in table constructor" : "type clash in set constructor");
            }
            index.add(type);
        }
        for (int i = 0; i < index.size(); i++) {
            Type part = index.get(i);
            if (TypeRules.containsAny(part) || Coercer.isUnspecified(part)) {
                TableType made = new TableType(index, isTable ? Types.ANY : null);
                made.declared(at);
                Mention of = part.declared().isKnown() ? Mention.of(part) : new Mention(at, part.label());
                diagnostics.error(
                        isTable ? new Mention(at, "table" + made.describe().substring(5)) : Mention.of(made),
                        of,
                        "index type containing 'any' is not supported");
                String kind = isTable ? "table" : "set";
                return fail(raw, "values in " + kind + "(...) constructor do not specify a " + kind);
            }
        }
        Type yield = null;
        if (isTable) {
            List<Expr> values = new ArrayList<>();
            entries.forEach(e -> values.add(Objects.requireNonNull(e.value())));
            yield = common(values);
            if (yield == null) {
                return fail(raw, "inconsistent types in table constructor");
            }
        }
        Expr typed = coercer.coerce(raw, new TableType(index, yield));
        return typed == null ? fail(raw, "type clash in " + (isTable ? "table" : "set") + " constructor") : typed;
    }

    /** Whether each entry is {@code [keys] = value}. */
    private boolean areTableEntries(Expr.TableCtor raw) {
        for (Expr.TableEntry e : raw.entries()) {
            Expr key = e.keys().get(0);
            if (e.value() == null) {
                diagnostics.error(Mention.of(key), "table constructor element lacks '=' structure");
            }
            if (e.value() == null || !(key instanceof Expr.ListExpr)) {
                fail(raw, "cannot determine type for table; ensure square brackets are around each key");
                return false;
            }
        }
        return true;
    }

    static List<Expr> flatten(List<Expr> keys) {
        return keys.size() == 1 && keys.get(0) instanceof Expr.ListExpr l ? l.parts() : keys;
    }

    /** A constructor call by type name: {@code Info($a=1)}, {@code string_set("x")}, {@code string_vec("x")}. */
    public Expr namedCtor(
            Position at, Type type, List<Expr.TableEntry> entries, List<Expr.FieldInit> fields, Attributes attributes) {
        Expr made;
        if (type instanceof RecordType r) {
            made = recordCtor(at, fields, r);
            return made;
        }
        Expr.InitList list = new Expr.InitList(at, entries);
        if (entries.stream().anyMatch(ConstructorRules::isBad)) {
            return new Expr.Bad(at);
        }
        made = coercer.coerce(list, type);
        if (made == null) {
            clashes.constructor(AssignmentRules.constructed(list, type), entries, type);
            return new Expr.Bad(at);
        }
        return made instanceof Expr.TableCtor t && !attributes.kinds().isEmpty()
                ? new Expr.TableCtor(t.at(), t.type(), t.entries(), attributes)
                : made;
    }

    /** A record constructor, of a known type or of an anonymous one made from its fields. */
    public Expr recordCtor(Position at, List<Expr.FieldInit> fields, @Nullable RecordType known) {
        List<RecordField> decls = new ArrayList<>();
        List<Expr.FieldInit> placed = new ArrayList<>();
        for (Expr.FieldInit f : fields) {
            if (anyBad(f.value())) {
                return new Expr.Bad(at);
            }
            if (decls.stream().anyMatch(d -> d.name().equals(f.name()))) {
                diagnostics.error(f.at(), "duplicate field \"" + f.name() + "\" in record constructor");
                return new Expr.Bad(at);
            }
            Type fieldType = f.value() instanceof Expr.InitList && known != null && known.slot(f.name()) >= 0
                    ? known.field(known.slot(f.name())).type()
                    : f.value().type();
            placed.add(new Expr.FieldInit(f.name(), decls.size(), f.value(), f.at()));
            decls.add(new RecordField(f.name(), fieldType, Attributes.NONE));
        }
        RecordType type = new RecordType(decls);
        type.declared(at);
        Expr.RecordCtor anonymous = new Expr.RecordCtor(at, type, placed);
        if (known == null) {
            return anonymous;
        }
        return typedRecord(at, fields, known);
    }

    private Expr typedRecord(Position at, List<Expr.FieldInit> fields, RecordType known) {
        List<Expr.FieldInit> typed = new ArrayList<>();
        Mention made = Mention.of(new Expr.RecordCtor(at, known, fields));
        boolean bad = false;
        for (Expr.FieldInit f : fields) {
            int slot = known.slot(f.name());
            if (slot < 0) {
                diagnostics.error(
                        made,
                        new Mention(f.at(), "$" + f.name() + "=" + ExprText.of(f.value())),
                        "no such field in record",
                        Suggestion.of(
                                f.name(),
                                known.fields().stream().map(RecordField::name).toList()));
                bad = true;
                continue;
            }
            Expr value = fieldValue(f, known.field(slot).type());
            bad |= value == null;
            if (value != null) {
                deprecated(known, slot, "$", made);
                typed.add(new Expr.FieldInit(f.name(), slot, value, f.at()));
            }
        }
        boolean wrong = bad;
        Mention missing = made;
        for (RecordField f : known.fields()) {
            if (!wrong
                    && Coercer.mustBeGiven(f)
                    && fields.stream().noneMatch(i -> i.name().equals(f.name()))) {
                diagnostics.error(missing, "mandatory field \"" + f.name() + "\" missing");
                missing = Mention.of(new Expr.RecordCtor(at, new RecordType(List.of()), fields));
                bad = true;
            }
        }
        return bad ? new Expr.Bad(at) : new Expr.RecordCtor(at, known, typed);
    }

    private @Nullable Expr fieldValue(Expr.FieldInit f, Type wanted) {
        if (f.value() instanceof Expr.InitList l && coercer.coerce(l, wanted) == null) {
            clashes.constructor(AssignmentRules.constructed(l, wanted), l.entries(), wanted);
            return null;
        }
        return clashes.promote(f.value(), wanted);
    }

    private static boolean isBad(Expr.TableEntry e) {
        Expr value = e.value();
        return e.keys().stream().anyMatch(k -> anyBad(k)) || value != null && anyBad(value);
    }
}
