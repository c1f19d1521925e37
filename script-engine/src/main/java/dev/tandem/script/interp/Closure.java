package dev.tandem.script.interp;

import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lambda with what it captured. Captured scalars are its own and keep what a call assigned to them. */
public final class Closure extends FuncValue {
    private final Body body;
    private final @Nullable Object[] captured;

    Closure(Body body, @Nullable Object[] captured) {
        super(body.source().name(), body.source().type());
        this.body = body;
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
        return new Closure(body, copies);
    }

    @Override
    public Position place() {
        return body.source().range();
    }

    @Override
    public String toString() {
        return FunctionBody.describe(name(), type(), List.of(body.source()));
    }

    @Override
    public @Nullable Object call(@Nullable Object... args) {
        return body.call(args, captured);
    }
}
