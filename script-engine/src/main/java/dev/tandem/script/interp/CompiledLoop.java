package dev.tandem.script.interp;

import org.jspecify.annotations.Nullable;

/** A loop as bytecode, entered from the interpreter in the midst of its run. Engine thread. */
public abstract class CompiledLoop {
    /** It went to its end. */
    public static final int DONE = 0;

    /** It returned from the body; the frame has the result. */
    public static final int RETURNED = 1;

    /** A local that it takes for set is not, so the interpreter has to go on: nothing was done. */
    public static final int REFUSED = 2;

    protected CompiledLoop() {}

    /**
     * Runs the turns that are left.
     *
     * @param f the locals; they have the same values as after interpretation
     * @param over what a for-loop runs over
     * @param at the number of the entry, element or character of the turn that was last, -1 before the first
     */
    public abstract int run(Frame f, @Nullable Object over, int at);
}
