package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.types.ListType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says why an expression cannot be brought to a type, once {@link Coercer} has found that it cannot: the innermost reason
 * first, then what it means for what is around it (zeek {@code src/Expr.cc}, check_and_promote_expr and its callers).
 */
final class Clashes {
    private final Diagnostics diagnostics;
    private final Coercer coercer;

    Clashes(Diagnostics diagnostics, Coercer coercer) {
        this.diagnostics = diagnostics;
        this.coercer = coercer;
    }

    /** The expression as {@code target}, or null after a report. */
    @Nullable
    Expr promote(Expr e, Type target) {
        if (e.type().isError()) {
            return null;
        }
        Expr fitting = coercer.coerce(e, target);
        if (fitting == null) {
            tell(e, target);
            return null;
        }
        return fitting.type().isError() ? null : fitting;
    }

    private void tell(Expr e, Type target) {
        Type type = e.type();
        if (type.tag().isArithmetic() || target.tag().isArithmetic()) {
            boolean both = TypeRules.bothArithmetic(type, target);
            diagnostics.error(
                    Mention.of(target),
                    Mention.of(e),
                    both ? "over-promotion of arithmetic value" : "arithmetic mixed with non-arithmetic");
        } else if (target instanceof RecordType to && type instanceof RecordType from) {
            if (areCompatible(from, to)) {
                records(e, from, to);
            } else {
                diagnostics.error(Mention.of(target), Mention.of(e), "incompatible record types");
            }
        } else {
            diagnostics.error(Mention.of(target), Mention.of(e), "type clash");
        }
    }

    /** Whether the fields that two record types share could be brought from one to the other. */
    private static boolean areCompatible(RecordType from, RecordType to) {
        for (RecordField f : from.fields()) {
            int slot = to.slot(f.name());
            if (slot < 0) {
                continue;
            }
            Type wanted = to.field(slot).type();
            if (!Coercer.fieldFits(f.type(), wanted) && !TypeRules.bothArithmetic(f.type(), wanted)) {
                return false;
            }
        }
        return true;
    }

    /** Why a record cannot become another, said of the conversion. */
    void records(Expr e, RecordType from, RecordType to) {
        Mention conversion = new Mention(e.at(), "(coerce " + ExprText.of(e) + " to " + to.label() + ")");
        for (RecordField f : from.fields()) {
            int slot = to.slot(f.name());
            if (slot < 0) {
                diagnostics.error(
                        conversion,
                        "orphaned field \"" + f.name() + "\" in record coercion",
                        Suggestion.of(
                                f.name(),
                                to.fields().stream().map(RecordField::name).toList()));
                return;
            }
            if (!Coercer.fieldFits(f.type(), to.field(slot).type())) {
                diagnostics.error(conversion, Mention.of(f.type()), "type clash for field \"" + f.name() + "\"");
                return;
            }
        }
        for (RecordField f : to.fields()) {
            if (from.slot(f.name()) < 0 && Coercer.mustBeGiven(f)) {
                diagnostics.error(conversion, "non-optional field \"" + f.name() + "\" missing");
                return;
            }
        }
    }

    /** Why a list of expressions does not fit a list of types. */
    boolean list(Expr whole, List<Expr> parts, List<Type> types, Mention wanted) {
        if (parts.size() != types.size()) {
            diagnostics.error(wanted, Mention.of(whole), "indexing mismatch");
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!element(parts.get(i), types.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean element(Expr e, Type type) {
        if (e.type().isError()) {
            return false;
        }
        if (promote(e, type) != null
                || e.type() instanceof RecordType r && type instanceof RecordType t && areCompatible(r, t)) {
            return true;
        }
        diagnostics.error(Mention.of(e), Mention.of(type), "type mismatch");
        return false;
    }

    /**
     * Why a constructor's elements do not fit its type.
     *
     * @param made the constructor as messages show it
     */
    void constructor(Mention made, List<Expr.TableEntry> entries, Type target) {
        if (target instanceof VectorType v) {
            for (Expr.TableEntry e : entries) {
                if (!element(e.keys().get(0), v.element())) {
                    diagnostics.error(made, "inconsistent types in vector constructor");
                    return;
                }
            }
        } else if (target instanceof TableType t && t.yield() == null) {
            set(made, entries, t);
        } else if (target instanceof TableType t) {
            table(made, entries, t);
        }
    }

    private void set(Mention made, List<Expr.TableEntry> entries, TableType t) {
        for (Expr.TableEntry e : entries) {
            Expr value = e.value();
            Expr key = e.keys().get(0);
            if (value != null) {
                Mention assignment = new Mention(key.at(), ExprText.of(key) + " = " + ExprText.of(value));
                Type index = t.index().get(0);
                diagnostics.error(assignment, "table constructor used in a non-table context");
                diagnostics.error(Mention.of(index), assignment, "arithmetic mixed with non-arithmetic");
                diagnostics.error(assignment, Mention.of(index), "type mismatch");
                diagnostics.error(made, "inconsistent type in set constructor");
                return;
            }
            if (t.index().size() == 1) {
                if (!Coercer.isSetOf(key.type(), t.index())
                        && !element(key, t.index().get(0))) {
                    diagnostics.error(made, "inconsistent type in set constructor");
                    return;
                }
            } else if (!(key instanceof Expr.ListExpr parts)) {
                if (!Coercer.isSetOf(key.type(), t.index())) {
                    diagnostics.error(Mention.of(key), "not a list of indices");
                    return;
                }
            } else if (coercer.keys(e.keys(), t.index()) == null) {
                list(key, parts.parts(), t.index(), Mention.of(new ListType(t.index())));
                diagnostics.error(made, "inconsistent types in set constructor");
                return;
            }
        }
    }

    private void table(Mention made, List<Expr.TableEntry> entries, TableType t) {
        for (Expr.TableEntry e : entries) {
            Expr value = e.value();
            if (value == null) {
                diagnostics.error(Mention.of(e.keys().get(0)), "illegal table constructor element");
                return;
            }
            List<Expr> keys = ConstructorRules.flatten(e.keys());
            boolean fits = coercer.keys(e.keys(), t.index()) != null;
            for (int i = 0; !fits && keys.size() == t.index().size() && i < keys.size(); i++) {
                if (promote(keys.get(i), t.index().get(i)) == null) {
                    break;
                }
            }
            Type yield = t.yield();
            if (!fits || promote(value, yield == null ? Types.ERROR : yield) == null) {
                diagnostics.error(made, "inconsistent types in table constructor");
                return;
            }
        }
    }
}
