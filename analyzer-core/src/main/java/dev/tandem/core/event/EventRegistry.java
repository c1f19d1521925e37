package dev.tandem.core.event;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** All event types of one engine, by name. */
public final class EventRegistry {
    private final Map<String, EventType> types = new HashMap<>();

    /** The event of that name, made when it is new: analyzers and scripts meet here. */
    public EventType event(String name) {
        return types.computeIfAbsent(name, EventType::new);
    }

    /** All of them, in no order. */
    public Collection<EventType> all() {
        return Collections.unmodifiableCollection(types.values());
    }
}
