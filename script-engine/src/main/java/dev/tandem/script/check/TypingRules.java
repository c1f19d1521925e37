package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** What the rules of expressions share: conversions, and how a failure is reported. */
abstract class TypingRules {
    final Diagnostics diagnostics;
    final Coercer coercer;
    final Clashes clashes;

    TypingRules(Diagnostics diagnostics, Coercer coercer) {
        this.diagnostics = diagnostics;
        this.coercer = coercer;
        clashes = new Clashes(diagnostics, coercer);
    }

    /** {@code e} as {@code target}; a report and a bad expression when that cannot be. */
    public Expr convert(Expr e, Type target, String what) {
        if (anyBad(e)) {
            return e;
        }
        if (target.is(Tag.TIME) && isZero(e)) {
            return new Expr.Const(e.at(), Types.TIME, 0.0);
        }
        Expr fitting = coercer.coerce(e, target);
        if (fitting != null) {
            return fitting;
        }
        diagnostics.error(
                e.at(), what + " (" + ExprText.of(e) + " is " + e.type().label() + ", not " + target.label() + ")");
        return new Expr.Bad(e.at());
    }

    /** {@code e} as {@code target}; null after a report. */
    public @Nullable Expr promote(Expr e, Type target) {
        return clashes.promote(e, target);
    }

    /** {@code e} as {@code target}, or null. */
    public @Nullable Expr tryConvert(Expr e, Type target) {
        return coercer.coerce(e, target);
    }

    /** A condition: bool, or an error. */
    public Expr condition(Expr e, String where) {
        if (anyBad(e) || e.type().is(Tag.BOOL)) {
            return e;
        }
        if (e.type().is(Tag.ANY)) {
            return convert(e, Types.BOOL, where);
        }
        diagnostics.error(e.at(), where + " (" + ExprText.of(e) + ")");
        return new Expr.Bad(e.at());
    }

    static boolean isZero(Expr e) {
        return e instanceof Expr.Const c
                && (c.value() instanceof Long n && n == 0 || c.value() instanceof Double d && d == 0);
    }

    Expr arithmeticTo(Expr e, Type element) {
        Type own = TypeRules.elementOf(e.type());
        Type target = own == null ? element : new VectorType(element);
        Type from = own == null ? e.type() : own;
        if (from.tag() == element.tag()) {
            return e;
        }
        if (own == null) {
            Expr c = coercer.coerce(e, element);
            return c == null ? e : c;
        }
        return new Expr.Coerce(e.at(), Expr.Coercion.ARITHMETIC, e, target);
    }

    /** Warns of the use of a deprecated field. */
    final void deprecated(RecordType r, int slot, String sign, Mention use) {
        RecordField f = r.field(slot);
        if (f.attributes().has(Attr.DEPRECATED)) {
            AttributeValue v = f.attributes().get(Attr.DEPRECATED);
            Object reason = v == null ? null : v.evaluate();
            diagnostics.deprecation(
                    use.at(),
                    "deprecated (" + r.label() + sign + f.name() + ")" + (reason == null ? "" : ": " + reason) + " ("
                            + use.text() + ")");
        }
    }

    Expr fail(Expr e, String message) {
        diagnostics.error(Mention.of(e), message);
        return new Expr.Bad(e.at());
    }

    static boolean anyBad(Expr... operands) {
        for (Expr e : operands) {
            if (e.type().isError()) {
                return true;
            }
        }
        return false;
    }
}
