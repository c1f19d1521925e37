package dev.tandem.core.event;

/** Runs an event's script bodies. Engine thread. A body that fails costs that body only: this never throws. */
@FunctionalInterface
public interface EventHandler {
    /** @param arguments as the event's prototype lists them; valid after the call too */
    void handle(EventType type, Object[] arguments);
}
