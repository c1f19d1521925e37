package dev.tandem.script.parse;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprParts;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.interp.Fragment;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/** An attribute's expression, evaluated whenever it is needed: outside any function, unless it names locals of one. */
final class ExprAttribute implements AttributeValue {
    private static final Object[] NO_LOCALS = {};

    private final Expr expr;
    private final Interpreter interpreter;
    private final Fragment fragment;
    private final boolean namesLocals;

    ExprAttribute(Expr expr, Interpreter interpreter) {
        this.expr = expr;
        this.interpreter = interpreter;
        this.fragment = new Fragment(interpreter, expr);
        this.namesLocals = ExprParts.namesLocals(expr);
    }

    @Override
    public Type type() {
        return expr.type();
    }

    @Override
    public boolean namesLocals() {
        return namesLocals;
    }

    @Override
    public AttributeValue in(@Nullable Object[] locals) {
        return new Bound(this, fragment.value(locals));
    }

    @Override
    public void begin(Object table) {
        interpreter.created((TableValue) table);
    }

    @Override
    public @Nullable Object evaluate() {
        return expr instanceof Expr.Const c ? c.value() : fragment.value(NO_LOCALS);
    }

    @Override
    public boolean isConstant() {
        return expr instanceof Expr.Const;
    }

    @Override
    public String text() {
        return ExprText.of(expr);
    }

    /** One that named locals, with the value that it had. */
    private record Bound(ExprAttribute of, Object evaluate) implements AttributeValue {
        @Override
        public Type type() {
            return of.type();
        }

        @Override
        public boolean isConstant() {
            return of.isConstant();
        }

        @Override
        public String text() {
            return of.text();
        }
    }
}
