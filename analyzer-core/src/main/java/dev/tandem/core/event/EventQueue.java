package dev.tandem.core.event;

import java.util.ArrayList;
import java.util.List;

/**
 * The queue between whatever raises events and the scripts that handle them. Engine thread only.
 *
 * <p>A drain runs what is queued, then once more what those handlers queued; anything beyond waits for the next drain, so
 * that events which raise each other cannot stop packets (zeek {@code src/Event.cc}, EventMgr::Drain).
 */
public final class EventQueue {
    private static final int ROUNDS = 2;

    private List<EventType> types = new ArrayList<>();
    private List<Object[]> arguments = new ArrayList<>();
    private List<EventType> spareTypes = new ArrayList<>();
    private List<Object[]> spareArguments = new ArrayList<>();
    private Runnable afterDrain = () -> {};

    /** Called at the end of each drain: {@code when} conditions are looked at there. */
    public void afterDrain(Runnable action) {
        afterDrain = action;
    }

    /** Queues an event; the array belongs to the queue from now on. */
    public void add(EventType type, Object... args) {
        types.add(type);
        arguments.add(args);
    }

    public boolean isEmpty() {
        return types.isEmpty();
    }

    public int size() {
        return types.size();
    }

    public void drain() {
        for (int round = 0; round < ROUNDS && !types.isEmpty(); round++) {
            List<EventType> nowTypes = types;
            List<Object[]> nowArguments = arguments;
            types = spareTypes;
            arguments = spareArguments;
            for (int i = 0; i < nowTypes.size(); i++) {
                nowTypes.get(i).run(nowArguments.get(i));
            }
            nowTypes.clear();
            nowArguments.clear();
            spareTypes = nowTypes;
            spareArguments = nowArguments;
        }
        afterDrain.run();
    }
}
