package dev.tandem.script.runtime;

import dev.tandem.script.source.Position;
import org.jspecify.annotations.Nullable;

/**
 * A run-time error of a script: unwinds to the event or hook body that runs. Carries no Java stack, since scripts may
 * raise it often.
 */
public final class ScriptError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private transient @Nullable Position position;

    public ScriptError(String message) {
        super(message, null, false, false);
    }

    public ScriptError(String message, Position position) {
        this(message);
        this.position = position;
    }

    /** Where it happened; null until a node that knows fills it in. */
    public @Nullable Position position() {
        return position;
    }

    /** Fills the place in when it is not known yet, and returns itself. */
    public ScriptError at(Position place) {
        if (position == null) {
            position = place;
        }
        return this;
    }
}
