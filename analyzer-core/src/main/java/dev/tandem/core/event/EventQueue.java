package dev.tandem.core.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue between whatever raises events and the scripts that handle them. Engine thread only.
 *
 * <p>A drain runs what is queued, then once more what those handlers queued; anything beyond waits for the next drain, so
 * that events which raise each other cannot stop packets (zeek {@code src/Event.cc}, EventMgr::Drain).
 */
public final class EventQueue {
    private static final int ROUNDS = 2;

    /** Events in order, each with its arguments and the network time it is about. */
    private static final class Batch {
        final List<EventType> types = new ArrayList<>();
        final List<Object[]> arguments = new ArrayList<>();
        final BitSet remote = new BitSet();
        double[] times = new double[64];

        void add(EventType type, double time, Object[] args) {
            int n = types.size();
            if (n == times.length) {
                times = Arrays.copyOf(times, n * 2);
            }
            times[n] = time;
            types.add(type);
            arguments.add(args);
        }

        void clear() {
            types.clear();
            arguments.clear();
            remote.clear();
        }
    }

    private Batch waiting = new Batch();
    private Batch spare = new Batch();
    private DoubleSupplier clock = () -> 0;
    private double runningTime;
    private @Nullable EventType running;
    private boolean runningRemote;
    private Runnable afterDrain = () -> {};

    /** Called at the end of each drain: {@code when} conditions are looked at there. */
    public void afterDrain(Runnable action) {
        afterDrain = action;
    }

    /** @param networkTime gives the time of events that are queued without one, seconds since 1970 */
    public void clock(DoubleSupplier networkTime) {
        clock = networkTime;
    }

    /** Queues an event of now; the array belongs to the queue from now on. */
    public void add(EventType type, Object... args) {
        waiting.add(type, clock.getAsDouble(), args);
    }

    /** Queues an event of another time: what was scheduled for then. */
    public void addAt(double time, EventType type, Object... args) {
        waiting.add(type, time, args);
    }

    /** Queues an event that another node sent, about its time (seconds since 1970; not a number when it told none). */
    public void addRemote(double time, EventType type, Object... args) {
        waiting.remote.set(waiting.types.size());
        waiting.add(type, time, args);
    }

    public boolean isEmpty() {
        return waiting.types.isEmpty();
    }

    public int size() {
        return waiting.types.size();
    }

    /** The time of the event that runs, or ran last; seconds since 1970, 0 before the first. */
    public double runningTime() {
        return runningTime;
    }

    /** Whether an event runs. */
    public boolean isRunning() {
        return running != null;
    }

    /** The event that runs; null when none does. */
    public @Nullable EventType running() {
        return running;
    }

    /** Whether the event that runs, or ran last, came from another node. */
    public boolean isRunningRemote() {
        return runningRemote;
    }

    public void drain() {
        for (int round = 0; round < ROUNDS && !isEmpty(); round++) {
            Batch now = waiting;
            waiting = spare;
            for (int i = 0; i < now.types.size(); i++) {
                runningTime = now.times[i];
                runningRemote = now.remote.get(i);
                EventType type = now.types.get(i);
                running = type;
                type.run(now.arguments.get(i));
            }
            running = null;
            now.clear();
            spare = now;
        }
        afterDrain.run();
    }
}
