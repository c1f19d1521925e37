package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.RecordType;

/** An expression in compiled code, for when it fails: knows its text and place. */
public final class Site {
    private final Interpreter interpreter;
    private final Expr expr;

    Site(Interpreter interpreter, Expr expr) {
        this.interpreter = interpreter;
        this.expr = expr;
    }

    Position at() {
        return expr.at();
    }

    /** An error that names the expression and its place. */
    public ScriptError error(String message) {
        return new ScriptError(message + " (" + ExprText.of(expr) + ")", expr.at());
    }

    /** An arithmetic error with the expression's text and place. */
    public ScriptError error(ScriptError e) {
        return error(String.valueOf(e.getMessage()));
    }

    /** Reports that a count went below zero. */
    void underflow() {
        interpreter.context().reporter().expressionWarning("count underflow (" + ExprText.of(expr) + ")", expr.at());
    }

    String text() {
        return ExprText.of(expr);
    }

    /** A table got or lost an entry while a script loops over it. */
    void warnOfLoop() {
        interpreter
                .context()
                .reporter()
                .expressionWarning("possible loop/iterator invalidation (" + text() + ")", expr.at());
    }

    RecordType recordType() {
        return switch (expr) {
            case Expr.Field f -> f.recordType();
            case Expr.HasField f -> f.recordType();
            default -> throw new IllegalStateException("no field: " + ExprText.of(expr));
        };
    }

    int slot() {
        return switch (expr) {
            case Expr.Field f -> f.slot();
            case Expr.HasField f -> f.slot();
            default -> throw new IllegalStateException("no field: " + ExprText.of(expr));
        };
    }
}
