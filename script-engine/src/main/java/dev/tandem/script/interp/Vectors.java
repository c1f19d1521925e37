package dev.tandem.script.interp;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.check.TypeRules;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;

/** Vectors of some type behind variables of type {@code vector of any}. */
final class Vectors {
    private Vectors() {}

    /**
     * A value as the vector holds it.
     *
     * @param declared the vector's static type
     * @throws ScriptError when the vector really is one of other values
     */
    static Object fitting(VectorValue vector, Type declared, Object value, Expr whole) {
        Type element = vector.type().element();
        if (!(declared instanceof VectorType v) || !v.element().is(Tag.ANY) || element.is(Tag.ANY)) {
            return value;
        }
        if (!TypeRules.same(AnyValue.typeOf(value), element)) {
            String how =
                    whole instanceof Expr.Index ? "incompatible \"any\" type" : "type-checking failed in vector append";
            throw new ScriptError(how + " (" + ExprText.of(whole) + ")", whole.at());
        }
        return AnyValue.unwrap(value);
    }

    /** An element as static type any holds it. */
    static Object asAny(VectorValue vector, Object element) {
        Type type = vector.type().element();
        return type.is(Tag.ANY) ? element : AnyValue.wrap(type, element);
    }
}
