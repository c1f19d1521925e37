package dev.tandem.script.runtime;

/**
 * A call that gives no value is used as one. Ends the statement that it is part of, and nothing else (zeek {@code
 * src/Stmt.cc}): whoever gave none has told why, as a built-in function does with a wrong argument. Carries no Java stack.
 */
public final class NoValue extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoValue() {
        super(null, null, false, false);
    }
}
