package dev.tandem.script.runtime;

import dev.tandem.script.source.Position;
import org.jspecify.annotations.Nullable;

/** Where messages about scripts go: standard error, and the {@code reporter_*} events once scripts run. */
public interface Reporter {
    void info(String message, @Nullable Position at);

    void warning(String message, @Nullable Position at);

    void error(String message, @Nullable Position at);

    /** An expression gave a doubtful value. */
    default void expressionWarning(String message, @Nullable Position at) {
        warning(message, at);
    }

    /**
     * A script failed while it ran.
     *
     * @param otherwise the place when the error knows none
     */
    default void scriptError(ScriptError e, @Nullable Position otherwise) {
        Position at = e.position();
        error(String.valueOf(e.getMessage()), at != null ? at : otherwise);
    }
}
