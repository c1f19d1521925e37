package dev.tandem.script.interp;

import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.types.FuncType;
import org.jspecify.annotations.Nullable;

/** A lambda with what it captured. Captured scalars are its own and keep what a call assigned to them. */
public final class Closure extends FuncValue {
    private final Interpreter interpreter;
    private final FunctionBody source;
    private final Body body;
    private final int[] slots;
    private final @Nullable Object[] captured;

    Closure(Interpreter interpreter, FunctionBody source, int[] slots, @Nullable Object[] captured) {
        super(source.name(), source.type());
        this.interpreter = interpreter;
        this.source = source;
        this.body = new Body(interpreter, source);
        this.slots = slots;
        this.captured = captured;
    }

    /** The same function with deep copies of what it captured. */
    @Override
    public Closure copy() {
        @Nullable Object[] copies = captured.clone();
        for (int i = 0; i < copies.length; i++) {
            Object v = copies[i];
            copies[i] = v == null ? null : Copy.of(v);
        }
        return new Closure(interpreter, source, slots, copies);
    }

    @Override
    public @Nullable Object call(@Nullable Object... args) {
        Frame f = body.frame(args);
        for (int i = 0; i < slots.length; i++) {
            f.slots[slots[i]] = captured[i];
        }
        interpreter.enter();
        try {
            int end = body.run(f);
            return source.type().flavor() == FuncType.Flavor.HOOK ? end != Step.BREAK : f.result;
        } finally {
            interpreter.leave();
            for (int i = 0; i < slots.length; i++) {
                captured[i] = f.slots[slots[i]];
            }
        }
    }
}
