package dev.tandem.script.interp;

import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.types.FuncType;
import org.jspecify.annotations.Nullable;

/**
 * One body of a function, in whatever form it runs at the moment: made executable at its first call, compiled when it has
 * run often. A lambda's closures share theirs.
 */
public final class Body {
    private final Interpreter interpreter;
    private final FunctionBody body;
    private final int[] captureSlots;
    private @Nullable Step code;
    private @Nullable CompiledBody compiled;
    private int calls;
    private boolean enabled = true;

    Body(Interpreter interpreter, FunctionBody body) {
        this(interpreter, body, new int[0]);
    }

    /** @param captureSlots the slots of a lambda's captures */
    Body(Interpreter interpreter, FunctionBody body, int[] captureSlots) {
        this.interpreter = interpreter;
        this.body = body;
        this.captureSlots = captureSlots;
    }

    public FunctionBody source() {
        return body;
    }

    /** Where in its frame a lambda keeps what it captured. */
    public int[] captureSlots() {
        return captureSlots.clone();
    }

    boolean isEnabled() {
        return enabled;
    }

    void enabled(boolean on) {
        enabled = on;
    }

    /** As {@link CompiledBody#call}. */
    @Nullable
    Object call(@Nullable Object[] args, @Nullable Object[] captured) {
        CompiledBody c = compiled;
        if (c != null) {
            return c.call(args, captured);
        }
        if (calls++ >= interpreter.tier().threshold()) {
            c = interpreter.tier().compile(this);
            if (c != null) {
                compiled = c;
                return c.call(args, captured);
            }
            calls = Integer.MIN_VALUE;
        }
        return interpret(args, captured);
    }

    /** As {@link CompiledBody#call}, always interpreted. */
    public @Nullable Object interpret(@Nullable Object[] args, @Nullable Object[] captured) {
        Frame f = frame(args);
        for (int i = 0; i < captureSlots.length; i++) {
            f.slots[captureSlots[i]] = captured[i];
        }
        interpreter.enter();
        try {
            int end = run(f);
            return body.type().flavor() == FuncType.Flavor.HOOK ? end != Step.BREAK : f.result;
        } finally {
            interpreter.leave();
            for (int i = 0; i < captureSlots.length; i++) {
                captured[i] = f.slots[captureSlots[i]];
            }
        }
    }

    /** A frame with the arguments in their parameters' slots. */
    private Frame frame(@Nullable Object[] args) {
        Frame f = new Frame(new Object[body.frameSize()]);
        int[] order = body.argumentOrder();
        for (int i = 0; i < order.length; i++) {
            if (order[i] < args.length) {
                f.slots[body.params().get(i).slot()] = args[order[i]];
            }
        }
        return f;
    }

    private int run(Frame f) {
        Step c = code;
        if (c == null) {
            c = interpreter.build(body.body());
            code = c;
        }
        return c.run(f);
    }
}
