package dev.tandem.script.lex;

import dev.tandem.script.source.Position;

/** A script that cannot be read further at a place; the parser reports it and goes on behind. */
public class ScriptSyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Position position;

    public ScriptSyntaxError(Position position, String message) {
        super(message, null, false, false);
        this.position = position;
    }

    public Position position() {
        return position;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
