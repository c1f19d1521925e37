package dev.tandem.script.runtime;

import dev.tandem.script.source.Position;
import org.jspecify.annotations.Nullable;

/** Where messages about scripts go: standard error, and the {@code reporter_*} events once scripts run. */
public interface Reporter {
    void info(String message, @Nullable Position at);

    void warning(String message, @Nullable Position at);

    void error(String message, @Nullable Position at);
}
