package dev.tandem.script.pattern;

/** A pattern that cannot be compiled: its text is malformed, or it expands to too many states. */
public final class PatternSyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    PatternSyntaxError(String message, int position) {
        super(message);
        this.position = position;
    }

    /** Index of the offending char in the text that was given to compile, 0 to its length. */
    public int position() {
        return position;
    }
}
