package dev.tandem.script.interp;

import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Stmt;
import org.jspecify.annotations.Nullable;

/** What the interpreter asks when a body has run often: tier 1, or {@link #NONE}. Engine thread. */
public interface Tier {
    /** Everything stays interpreted. */
    Tier NONE = new Tier() {
        @Override
        public int threshold() {
            return Integer.MAX_VALUE;
        }

        @Override
        public int loopThreshold() {
            return Integer.MAX_VALUE;
        }

        @Override
        public @Nullable CompiledLoop compile(Stmt loop, Frame f) {
            return null;
        }

        @Override
        public @Nullable CompiledBody compile(Body body) {
            return null;
        }
    };

    /** How often a body is interpreted before it is compiled. */
    int threshold();

    /** How many turns of a loop are interpreted before it is compiled. */
    int loopThreshold();

    /** Null when the loop stays interpreted; the frame shows which locals are set. */
    @Nullable
    CompiledLoop compile(Stmt loop, Frame f);

    /** The body that a class was made of, by the class's Java name; null for any other class. */
    default @Nullable FunctionBody bodyOf(String className) {
        return null;
    }

    /** Null when the body stays interpreted; it is asked once for each. */
    @Nullable
    CompiledBody compile(Body body);
}
