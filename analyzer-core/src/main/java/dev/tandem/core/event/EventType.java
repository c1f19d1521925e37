package dev.tandem.core.event;

import org.jspecify.annotations.Nullable;

/**
 * A named event. Whoever raises it asks {@link #wanted()} first and builds arguments only then.
 *
 * <p>Engine thread only; handlers come and go while scripts load and when event groups are switched.
 */
public final class EventType {
    private final String name;
    private @Nullable EventHandler handler;
    private long timesRun;

    EventType(String name) {
        this.name = name;
    }

    /** Full name, e.g. {@code new_connection} or {@code Tandem::host_row}. */
    public String name() {
        return name;
    }

    /** False until some enabled handler exists. */
    public boolean wanted() {
        return handler != null;
    }

    /** Null takes the handler away. */
    public void handler(@Nullable EventHandler newHandler) {
        handler = newHandler;
    }

    /** How often its handler ran so far. */
    public long timesRun() {
        return timesRun;
    }

    void run(Object[] arguments) {
        EventHandler h = handler;
        if (h != null) {
            timesRun++;
            h.handle(this, arguments);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
