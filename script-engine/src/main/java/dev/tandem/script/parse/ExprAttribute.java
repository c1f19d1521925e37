package dev.tandem.script.parse;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/** An attribute's expression, evaluated outside any function whenever it is needed. */
record ExprAttribute(Expr expr, Interpreter interpreter) implements AttributeValue {
    @Override
    public Type type() {
        return expr.type();
    }

    @Override
    public @Nullable Object evaluate() {
        return expr instanceof Expr.Const c ? c.value() : interpreter.evaluate(expr);
    }

    @Override
    public boolean isConstant() {
        return expr instanceof Expr.Const;
    }

    @Override
    public String text() {
        return ExprText.of(expr);
    }
}
