package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which attributes what may have, and what their expressions must be (zeek {@code src/Attr.cc}). */
public final class AttributeRules extends TypingRules {
    /** What attributes belong to. */
    public enum Owner {
        FIELD,
        GLOBAL,
        LOCAL,
        PARAMETER,
        /** A type or a constructor. */
        TYPE,
        /** A body of a function, event or hook. */
        FUNCTION
    }

    /** An attribute as written. */
    public record Given(Attr attr, @Nullable Expr value) {}

    private static final Set<Attr> REPEATABLE = Set.of(
            Attr.BROKER_ALLOW_COMPLEX,
            Attr.ERROR_HANDLER,
            Attr.IS_USED,
            Attr.LOG,
            Attr.NO_CPP,
            Attr.NO_ZAM,
            Attr.OPTIONAL,
            Attr.RAW_OUTPUT,
            Attr.REDEF);

    private final Function<Expr, AttributeValue> values;

    /** @param values makes an attribute's expression into what is evaluated when it is needed */
    public AttributeRules(Checker checker, Function<Expr, AttributeValue> values) {
        super(checker.diagnostics, checker.coercer);
        this.values = values;
    }

    /**
     * Adds attributes one by one, each checked among those before it; what is wrong is left out after a report.
     *
     * @param type of what they belong to, any when it is not known
     */
    public Attributes check(Position at, List<Given> given, Type type, Owner owner) {
        Attributes all = Attributes.NONE;
        for (Given g : given) {
            if (owner != Owner.FUNCTION && all.has(g.attr) && !mayRepeat(g, all)) {
                diagnostics.error(at, "Duplicate " + g.attr.keyword() + " attribute is ambiguous");
            }
            Expr value = g.value;
            Attributes with = all.without(g.attr)
                    .with(g.attr, value == null || value.type().isError() ? null : values.apply(value));
            if (value != null && value.type().isError()) {
                continue;
            }
            if (owner == Owner.FUNCTION || type.isError()) {
                all = with;
                continue;
            }
            Checked checked = new Checked(at, with, g, type, owner);
            Expr fitting = checked.value();
            if (!checked.fine) {
                all = all.without(g.attr);
                continue;
            }
            all = fitting == null || fitting == value
                    ? with
                    : all.without(g.attr).with(g.attr, values.apply(fitting));
            if (g.attr == Attr.ADD_FUNC || g.attr == Attr.DEL_FUNC) {
                all = all.with(Attr.REDEF, null);
            }
            if (g.attr == Attr.DEFAULT && owner != Owner.GLOBAL && !type.is(Tag.ANY)) {
                all = all.with(Attr.OPTIONAL, null);
            }
        }
        return all;
    }

    /** What an attribute's expression comes to; null when it has none or that has no value. */
    public @Nullable Object value(Given g) {
        Expr e = g.value;
        return e == null || e.type().isError() ? null : values.apply(e).evaluate();
    }

    private static boolean mayRepeat(Given g, Attributes before) {
        return g.attr == Attr.DEPRECATED ? g.value == null && before.get(g.attr) == null : REPEATABLE.contains(g.attr);
    }

    /** One attribute being checked. */
    private final class Checked {
        private final Mention all;
        private final Attributes with;
        private final Given given;
        private final Type type;
        private final Owner owner;
        private boolean fine = true;

        Checked(Position at, Attributes with, Given given, Type type, Owner owner) {
            this.all = new Mention(at, with.describe(""));
            this.with = with;
            this.given = given;
            this.type = type;
            this.owner = owner;
        }

        private void wrong(String message) {
            diagnostics.error(all, message);
            fine = false;
        }

        private void optionalWithDefault() {
            String message = "Using &default and &optional together results in &default behavior";
            if (all.at().isOfBro()) {
                diagnostics.warning(all, message);
            } else {
                wrong(message);
            }
        }

        private void wrongAlone(String message) {
            diagnostics.error(
                    new Mention(
                            all.at(),
                            Attributes.NONE
                                    .with(given.attr, with.get(given.attr))
                                    .describe("")),
                    message);
            fine = false;
        }

        /** The attribute's expression as it has to be. */
        @Nullable
        Expr value() {
            Expr e = given.value;
            switch (given.attr) {
                case OPTIONAL -> {
                    if (owner != Owner.FIELD && !type.is(Tag.ANY)) {
                        wrong("&optional is only valid for record fields");
                    } else if (with.has(Attr.DEFAULT)) {
                        optionalWithDefault();
                    }
                }
                case DEFAULT_INSERT -> {
                    if (!(type instanceof TableType t) || t.yield() == null) {
                        wrong("&default_insert only applicable to tables");
                    } else if (with.has(Attr.DEFAULT)) {
                        wrong("&default and &default_insert cannot be used together");
                    } else {
                        return defaultOf(e);
                    }
                }
                case DEFAULT -> {
                    if (with.has(Attr.DEFAULT_INSERT)) {
                        wrong("&default and &default_insert cannot be used together");
                    } else {
                        if (owner == Owner.FIELD && with.has(Attr.OPTIONAL)) {
                            optionalWithDefault();
                        }
                        return fine ? defaultOf(e) : e;
                    }
                }
                case EXPIRE_READ, EXPIRE_WRITE, EXPIRE_CREATE -> {
                    return expiry(e);
                }
                case EXPIRE_FUNC -> {
                    if (isNoTable()) {
                        wrong("expiration only applicable to tables");
                    } else if (e != null) {
                        expireFunction(e);
                    }
                }
                case ON_CHANGE -> {
                    if (isNoTable()) {
                        wrong("&on_change only applicable to sets/tables");
                    } else if (e != null
                            && !(e.type() instanceof FuncType f && f.flavor() == FuncType.Flavor.FUNCTION)) {
                        wrong("&on_change attribute is not a function");
                    } else if (e != null
                            && e.type() instanceof FuncType f
                            && !f.yield().is(Tag.VOID)) {
                        wrong("&on_change must not return a value");
                    }
                }
                case ADD_FUNC, DEL_FUNC -> {
                    if (e != null && !(e.type() instanceof FuncType)) {
                        diagnostics.error(Mention.of(e), given.attr.keyword() + " must be a function");
                        fine = false;
                    }
                }
                case RAW_OUTPUT -> {
                    if (!type.is(Tag.FILE) && !type.is(Tag.ANY)) {
                        wrong("&raw_output only applicable to files");
                    }
                }
                case ORDERED -> {
                    if (isNoTable()) {
                        wrong("&ordered only applicable to tables");
                    }
                }
                case PRIORITY -> wrong("&priority only applicable to event bodies");
                case LOG -> {
                    if (owner == Owner.FIELD && type instanceof TableType t && t.yield() != null) {
                        wrong("&log applied to a type that cannot be logged");
                    }
                }
                default -> {}
            }
            return e;
        }

        private boolean isNoTable() {
            return !type.is(Tag.TABLE) && !type.is(Tag.ANY);
        }

        private @Nullable Expr expiry(@Nullable Expr e) {
            if (isNoTable()) {
                wrong("expiration only applicable to sets/tables");
                return e;
            }
            long kinds = with.kinds().stream()
                    .filter(a -> a == Attr.EXPIRE_READ || a == Attr.EXPIRE_WRITE || a == Attr.EXPIRE_CREATE)
                    .count();
            if (kinds > 1) {
                wrong("set/table can only have one of &read_expire, &write_expire, &create_expire");
                return e;
            }
            Expr fitting = e == null ? null : coercer.coerce(e, Types.INTERVAL);
            if (e != null && fitting == null) {
                diagnostics.error(Mention.of(e), "expiration interval has wrong type");
                fine = false;
            }
            return fitting;
        }

        /** {@code function(table, index parts or any): interval}. */
        private void expireFunction(Expr e) {
            if (!(e.type() instanceof FuncType f) || f.flavor() != FuncType.Flavor.FUNCTION) {
                wrongAlone("&expire_func attribute is not a function");
                return;
            }
            if (!f.yield().is(Tag.INTERVAL)) {
                wrongAlone("&expire_func must yield a value of type interval");
                return;
            }
            if (!(type instanceof TableType t) || t.isUnspecified()) {
                return;
            }
            RecordType params = f.params();
            boolean any = params.size() == 2 && params.field(1).type().is(Tag.ANY);
            int wanted = t.index().size() + 1;
            if (params.size() != wanted && !any) {
                diagnostics.warning(
                        Mention.of(f),
                        "Wrong number of arguments for function. Expected " + wanted + ", got " + params.size() + ".");
                wrongAlone("&expire_func argument type clash");
                return;
            }
            boolean same = params.size() > 0 && TypeRules.same(params.field(0).type(), t);
            for (int i = 0; same && !any && i < t.index().size(); i++) {
                same = TypeRules.same(params.field(i + 1).type(), t.index().get(i));
            }
            if (!same) {
                wrongAlone("&expire_func argument type clash");
            }
        }

        private @Nullable Expr defaultOf(@Nullable Expr e) {
            String name = given.attr.keyword();
            if (e == null) {
                return null;
            }
            if (owner == Owner.GLOBAL && !(type instanceof TableType t && t.yield() != null) && !type.is(Tag.ANY)) {
                wrong(name + " is not valid for global variables except for tables");
                return e;
            }
            boolean ofRecord = owner == Owner.FIELD || owner == Owner.PARAMETER;
            if (!(type instanceof TableType table) || table.isUnspecified() || table.yield() == null && !ofRecord) {
                Expr fitting = type.is(Tag.ANY) || Coercer.isUnspecified(type) ? e : coercer.coerce(e, type);
                if (fitting == null) {
                    clashes.promote(e, type);
                    diagnostics.error(Mention.of(e), Mention.of(type), name + " value has inconsistent type");
                    fine = false;
                }
                return fitting;
            }
            return ofRecord ? ofField(e, table, name) : ofTable(e, table, name);
        }

        private @Nullable Expr ofField(Expr e, TableType table, String name) {
            Type yield = table.yield();
            Expr fitting = coercer.coerce(e, table);
            if (fitting == null && yield instanceof RecordType && e.type() instanceof RecordType) {
                fitting = coercer.coerce(e, yield);
            }
            if (fitting == null) {
                wrong(name + " value has inconsistent type");
            }
            return fitting;
        }

        /** The default of a table's elements. */
        private @Nullable Expr ofTable(Expr e, TableType table, String name) {
            Type yield = table.yield();
            if (yield == null) {
                return e;
            }
            if (e.type() instanceof FuncType f && !(yield instanceof FuncType)) {
                boolean fits = f.flavor() == FuncType.Flavor.FUNCTION
                        && takes(f, table)
                        && (f.yield().is(Tag.ANY) || TypeRules.same(f.yield(), yield));
                if (!fits) {
                    wrong(name + " function type clash");
                }
                return e;
            }
            Expr fitting = coercer.coerce(e, yield);
            if (fitting == null) {
                clashes.promote(e, yield);
                wrong(name + " value has inconsistent type");
            }
            return fitting;
        }

        private static boolean takes(FuncType f, TableType table) {
            List<Type> index = table.index();
            RecordType params = f.params();
            if (f.isVariadic() || params.size() == 1 && params.field(0).type().is(Tag.ANY)) {
                return true;
            }
            boolean same = params.size() == index.size();
            for (int i = 0; same && i < index.size(); i++) {
                Type p = params.field(i).type();
                same = p.is(Tag.ANY) || TypeRules.same(p, index.get(i));
            }
            return same;
        }
    }
}
