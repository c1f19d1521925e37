package dev.tandem.script.interp;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Stmt;
import org.jspecify.annotations.Nullable;

/** An expression or statement that runs on locals given to it; made executable when it first runs. */
public final class Fragment {
    private final Interpreter interpreter;
    private final @Nullable Expr expr;
    private final @Nullable Stmt stmt;
    private @Nullable Node node;
    private @Nullable Step step;

    public Fragment(Interpreter interpreter, Expr expr) {
        this.interpreter = interpreter;
        this.expr = expr;
        this.stmt = null;
    }

    public Fragment(Interpreter interpreter, Stmt stmt) {
        this.interpreter = interpreter;
        this.expr = null;
        this.stmt = stmt;
    }

    /**
     * The expression's value, null where there is none.
     *
     * @param slots the locals it uses, each in its slot; takes what it assigns
     */
    public @Nullable Object eval(@Nullable Object[] slots) {
        return node().eval(new Frame(slots));
    }

    /**
     * As {@link #eval}, of an expression that must have a value.
     *
     * @throws dev.tandem.script.runtime.NoValue when it has none
     */
    public Object value(@Nullable Object[] slots) {
        return node().value(new Frame(slots));
    }

    private Node node() {
        Node n = node;
        Expr e = expr;
        if (n == null) {
            if (e == null) {
                throw new IllegalStateException("a statement has no value");
            }
            n = interpreter.build(e);
            node = n;
        }
        return n;
    }

    /** Runs the statement, which must not leave a loop or body around it. */
    public void run(@Nullable Object[] slots) {
        Step s = step;
        Stmt source = stmt;
        if (s == null) {
            if (source == null) {
                throw new IllegalStateException("an expression does not run");
            }
            s = interpreter.build(source);
            step = s;
        }
        s.run(new Frame(slots));
    }
}
