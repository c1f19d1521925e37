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
    private record Waiting(Closure condition, Closure body, double deadline, @Nullable Closure onTimeout) {}

    private final Interpreter interpreter;
    private List<Waiting> waiting = new ArrayList<>();

    Triggers(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    /** @param timeout seconds; negative for none */
    void add(Closure condition, Closure body, double timeout, @Nullable Closure onTimeout) {
        double now = interpreter.context().networkTime();
        Waiting w = new Waiting(condition, body, timeout < 0 ? Double.POSITIVE_INFINITY : now + timeout, onTimeout);
        if (!fire(w, now)) {
            waiting.add(w);
        }
    }

    /** Network time of the next time-out; infinity when there is none. */
    public double nextDeadline() {
        double next = Double.POSITIVE_INFINITY;
        for (Waiting w : waiting) {
            next = Math.min(next, w.deadline);
        }
        return next;
    }

    public int size() {
        return waiting.size();
    }

    /** Looks at every condition and deadline once. */
    public void check() {
        if (waiting.isEmpty()) {
            return;
        }
        double now = interpreter.context().networkTime();
        List<Waiting> before = waiting;
        waiting = new ArrayList<>();
        for (Waiting w : before) {
            if (!fire(w, now)) {
                waiting.add(w);
            }
        }
    }

    private boolean fire(Waiting w, double now) {
        try {
            if (w.condition.call() == Boolean.TRUE) {
                w.body.call();
                return true;
            }
            if (now >= w.deadline) {
                if (w.onTimeout != null) {
                    w.onTimeout.call();
                }
                return true;
            }
            return false;
        } catch (ScriptError e) {
            interpreter.report(e, null);
            return true;
        }
    }
}
