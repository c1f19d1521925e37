package dev.tandem.script.runtime;

/** What keeps scripts from running away. A service of the engine; engine thread. */
public final class ExecutionLimits {
    private static final long DEFAULT_DEPTH = 1000;

    private long depth = DEFAULT_DEPTH;

    /** How deep functions may call each other; 0 for any depth. As in Zeek (zeek {@code src/Func.cc}) 1000 to begin with. */
    public long depth() {
        return depth;
    }

    public void depth(long calls) {
        depth = calls;
    }
}
