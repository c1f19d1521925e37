package dev.tandem.script.interp;

import dev.tandem.script.runtime.ScriptError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code when} statements that wait. Their conditions are looked at after each drain of the event queue; a body runs
 * once, at the first time its condition holds or its time is over.
 */
public final class Triggers {
    /** A statement that waits, with the frame in which it will go on. */
    record Waiting(Node condition, Step body, @Nullable Step onTimeout, Frame frame) {}

    private record Entry(Waiting waiting, double deadline) {}

    private final Interpreter interpreter;
    private List<Entry> entries = new ArrayList<>();

    Triggers(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    /** @param timeout seconds; negative for none */
    void add(Waiting waiting, double timeout) {
        double now = interpreter.context().networkTime();
        Entry e = new Entry(waiting, timeout < 0 ? Double.POSITIVE_INFINITY : now + timeout);
        if (!fire(e, now)) {
            entries.add(e);
        }
    }

    /** Network time of the next time-out, seconds since 1970; infinity when there is none. */
    public double nextDeadline() {
        double next = Double.POSITIVE_INFINITY;
        for (Entry e : entries) {
            next = Math.min(next, e.deadline);
        }
        return next;
    }

    public int size() {
        return entries.size();
    }

    /** Looks at every condition and deadline once. */
    public void check() {
        if (entries.isEmpty()) {
            return;
        }
        double now = interpreter.context().networkTime();
        List<Entry> before = entries;
        entries = new ArrayList<>();
        for (Entry e : before) {
            if (!fire(e, now)) {
                entries.add(e);
            }
        }
    }

    private boolean fire(Entry e, double now) {
        Waiting w = e.waiting;
        try {
            if (w.condition.test(w.frame)) {
                w.body.run(w.frame);
                return true;
            }
            if (now < e.deadline) {
                return false;
            }
            if (w.onTimeout != null) {
                w.onTimeout.run(w.frame);
            }
        } catch (ScriptError error) {
            interpreter.report(error, null);
        }
        return true;
    }
}
