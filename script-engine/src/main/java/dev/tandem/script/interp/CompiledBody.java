package dev.tandem.script.interp;

import org.jspecify.annotations.Nullable;

/** A body as bytecode: the base of every class that tier 1 generates for one. Engine thread. */
public abstract class CompiledBody {
    /** A lambda's captures when there are none. */
    public static final Object[] NO_CAPTURES = {};

    protected CompiledBody() {}

    /**
     * Calls it.
     *
     * @param args as the function's prototype lists them
     * @param captured what a lambda captured; takes what the call assigned to it
     * @return the result, null when there is none; of a hook's body a Boolean, false where it vetoes
     */
    public abstract @Nullable Object call(@Nullable Object[] args, @Nullable Object[] captured);
}
