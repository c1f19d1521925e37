package dev.tandem.script.interp;

import dev.tandem.script.ast.FunctionBody;
import org.jspecify.annotations.Nullable;

/** One body of a function, made executable at its first call. */
final class Body {
    private final Interpreter interpreter;
    private final FunctionBody body;
    private @Nullable Step code;
    private boolean enabled = true;

    Body(Interpreter interpreter, FunctionBody body) {
        this.interpreter = interpreter;
        this.body = body;
    }

    FunctionBody source() {
        return body;
    }

    boolean isEnabled() {
        return enabled;
    }

    void enabled(boolean on) {
        enabled = on;
    }

    /** A frame with the arguments in their parameters' slots. */
    Frame frame(@Nullable Object[] args) {
        Frame f = new Frame(body.frameSize());
        int[] order = body.argumentOrder();
        for (int i = 0; i < order.length; i++) {
            if (order[i] < args.length) {
                f.slots[body.params().get(i).slot()] = args[order[i]];
            }
        }
        return f;
    }

    /** Runs it; {@link Step#BREAK} where a hook body vetoes. */
    int run(Frame f) {
        Step c = code;
        if (c == null) {
            c = interpreter.build(body.body());
            code = c;
        }
        return c.run(f);
    }
}
