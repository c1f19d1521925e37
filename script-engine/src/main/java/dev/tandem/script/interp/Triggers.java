package dev.tandem.script.interp;

import dev.tandem.script.event.Timers;
import dev.tandem.script.runtime.LaterResults;
import dev.tandem.script.runtime.NoValue;
import dev.tandem.script.runtime.ScriptError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The {@code when} statements that wait (zeek {@code src/Trigger.cc}). A condition is evaluated when the statement is
 * reached, and again after a drain of the event queue if something it looks at has changed: globals, tables, vectors and
 * records, but not what is inside them unless the condition reaches it by an index. A body runs once, at the first time the
 * condition holds or the time is over. Engine thread.
 *
 * <p>A function called in a condition may itself wait ({@code return when}). The evaluation then ends with
 * {@link LaterResults.Awaited}, and begins anew when the result is there.
 */
public final class Triggers implements LaterResults {
    /** Statements that set each other off must not stop packets. */
    private static final int ROUNDS = 16;

    /** A statement that waits, with the frame in which it will go on. */
    record Statement(Node condition, Step body, @Nullable Step onTimeout, Watches watches) {}

    private static final class Call implements Result {
        private final Waiting waiter;
        private @Nullable Future<?> source;
        private @Nullable Object value;
        private boolean awaited;

        Call(Waiting waiter) {
            this.waiter = waiter;
        }

        @Override
        public @Nullable Object value() {
            return value;
        }

        @Override
        public boolean isAwaited() {
            return awaited;
        }

        @Override
        public void awaitFrom(Future<?> later) {
            awaited = true;
            source = later;
        }

        /** Takes the result when another thread has it. */
        void poll() {
            Future<?> s = source;
            if (s != null && s.isDone()) {
                source = null;
                Object result = s.state() == Future.State.SUCCESS ? s.resultNow() : null;
                if (result != null) {
                    give(result);
                }
            }
        }

        @Override
        public void give(Object result) {
            value = result;
            awaited = false;
            waiter.resumed = true;
        }
    }

    private final class Waiting {
        private final Statement statement;
        private final Frame frame;
        private final @Nullable Call returnsTo;
        private final Map<Object, List<Call>> calls = new HashMap<>(4);
        private final Map<Object, Integer> made = new HashMap<>(4);
        private final List<Object> seen = new ArrayList<>(2);
        private Watches.Snapshot state = Watches.NOTHING;
        private boolean awaits;
        private boolean resumed;
        private boolean ended;

        Waiting(Statement statement, Frame frame, @Nullable Call returnsTo) {
            this.statement = statement;
            this.frame = frame;
            this.returnsTo = returnsTo;
        }

        /** The result of the next call of a function in this evaluation. */
        Call call(Object function) {
            int n = made.merge(function, 1, Integer::sum) - 1;
            List<Call> all = calls.computeIfAbsent(function, k -> new ArrayList<>(1));
            while (all.size() <= n) {
                all.add(new Call(this));
            }
            return all.get(n);
        }

        boolean isDue() {
            if (awaits) {
                calls.values().forEach(all -> all.forEach(Call::poll));
            }
            return !ended && (resumed || !awaits && state.isOutdated());
        }

        /** Runs the body if the condition holds now. */
        void evaluate() {
            resumed = false;
            awaits = false;
            made.clear();
            seen.clear();
            Frame f = frame.copy();
            Waiting outer = evaluating;
            evaluating = this;
            boolean holds = false;
            try {
                holds = statement.condition.test(f);
            } catch (Awaited e) {
                awaits = true;
            } catch (NoValue e) {
                holds = false;
            } catch (ScriptError e) {
                interpreter.report(e, null);
            } finally {
                evaluating = outer;
            }
            if (holds) {
                end(statement.body, f);
            } else if (!awaits) {
                state = statement.watches.snapshot(frame, seen);
            }
        }

        void timeOut() {
            if (!ended) {
                Step late = statement.onTimeout;
                if (late == null) {
                    ended = true;
                } else {
                    end(late, frame.copy());
                }
            }
        }

        private void end(Step last, Frame f) {
            ended = true;
            try {
                last.run(f);
            } catch (ScriptError e) {
                interpreter.report(e, null);
            }
            Object result = f.result;
            if (returnsTo != null && result != null) {
                returnsTo.give(result);
            }
        }
    }

    private final Interpreter interpreter;
    private final Timers timers;
    private List<Waiting> waiting = new ArrayList<>();
    private @Nullable Waiting evaluating;
    private @Nullable Call returning;

    Triggers(Interpreter interpreter, Timers timers) {
        this.interpreter = interpreter;
        this.timers = timers;
    }

    /** How many statements wait. */
    public int size() {
        return waiting.size();
    }

    /**
     * A statement is reached.
     *
     * @param timeout seconds; negative for none
     */
    void add(Statement statement, Frame frame, double timeout) {
        begin(new Waiting(statement, frame, null), timeout);
    }

    /** As {@link #add}, for a {@code return when}: does not return, since the function's result is to come. */
    RuntimeException addReturning(Statement statement, Frame frame, double timeout) {
        Call call = returning;
        if (call == null) {
            return ScriptError.general("return trigger in context which does not allow delaying result");
        }
        call.awaited = true;
        Waiting outer = evaluating;
        evaluating = null;
        try {
            begin(new Waiting(statement, frame, call), timeout);
        } finally {
            evaluating = outer;
        }
        return call.awaited();
    }

    private void begin(Waiting w, double timeout) {
        w.evaluate();
        if (!w.ended) {
            waiting.add(w);
            if (timeout >= 0) {
                set(w, timeout);
            }
        }
    }

    /** A time-out set before network time is known begins when it is. */
    private void set(Waiting w, double timeout) {
        double now = interpreter.context().networkTime();
        timers.set(now + timeout, (due, ending) -> {
            if (now == 0 && !ending) {
                set(w, timeout);
            } else {
                w.timeOut();
            }
        });
    }

    /** Looks at every statement whose condition may hold now, and again at those that this changes something for. */
    public void check() {
        boolean again = isAnyDue();
        for (int round = 0; again && round < ROUNDS; round++) {
            again = false;
            List<Waiting> before = waiting;
            waiting = new ArrayList<>();
            for (Waiting w : before) {
                if (w.isDue()) {
                    w.evaluate();
                    again = true;
                }
                if (!w.ended) {
                    waiting.add(w);
                }
            }
        }
    }

    /** Asked for after every packet, while nearly always none is. */
    private boolean isAnyDue() {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).isDue()) {
                return true;
            }
        }
        return false;
    }

    /** The condition being evaluated reached a value by an index: it is watched from now on. */
    void sawElement(Object value) {
        Waiting w = evaluating;
        if (w != null) {
            w.seen.add(value);
        }
    }

    // ---- calls in conditions

    @Override
    public @Nullable Result of(Object function) {
        Waiting w = evaluating;
        return w == null ? null : w.call(function);
    }

    /** A function that may {@code return when} runs: its result goes to that call. Returns what was before. */
    @Nullable
    Result returning(@Nullable Result call) {
        Result before = returning;
        returning = (Call) call;
        return before;
    }
}
