package dev.tandem.script.interp;

import dev.tandem.script.runtime.NoValue;
import org.jspecify.annotations.Nullable;

/**
 * An executable expression. Nodes of numbers and conditions override the unboxed forms, so that intermediate results are
 * not boxed.
 */
abstract class Node {
    /** The value; null where there is none (a call without result). */
    abstract @Nullable Object eval(Frame f);

    /**
     * As {@link #eval} where a value is needed.
     *
     * @throws NoValue where there is none
     */
    final Object value(Frame f) {
        Object v = eval(f);
        if (v == null) {
            throw new NoValue();
        }
        return v;
    }

    boolean test(Frame f) {
        return (Boolean) value(f);
    }

    long asLong(Frame f) {
        return (Long) value(f);
    }

    double asDouble(Frame f) {
        return (Double) value(f);
    }
}
