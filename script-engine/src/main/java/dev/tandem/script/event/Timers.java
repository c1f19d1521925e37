package dev.tandem.script.event;

import java.util.PriorityQueue;

/**
 * What scripts want done at a network time: scheduled events, looks at tables that expire, time-outs of {@code when}. In the
 * order of the times, equal ones as they were set. Engine thread.
 */
public final class Timers {
    /** Something to do at a time. */
    @FunctionalInterface
    public interface Action {
        /**
         * @param due when it was to happen, seconds since 1970; network time may be later
         * @param ending whether the run ends, so that it happens before its time
         */
        void run(double due, boolean ending);
    }

    private record Entry(double due, long number, Action action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int c = Double.compare(due, other.due);
            return c != 0 ? c : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long number;

    /** @param due seconds since 1970 */
    public void set(double due, Action action) {
        entries.add(new Entry(due, number++, action));
    }

    /** Network time of the earliest; infinity when there is none. */
    public double nextDue() {
        Entry e = entries.peek();
        return e == null ? Double.POSITIVE_INFINITY : e.due;
    }

    /** Does the earliest when it is due by then; false when none is. */
    public boolean runNext(double until) {
        Entry e = entries.peek();
        if (e == null || e.due > until) {
            return false;
        }
        entries.poll();
        e.action.run(e.due, false);
        return true;
    }

    /** Takes the earliest away and does it although its time has not come; false when there is none. */
    public boolean endNext() {
        Entry e = entries.poll();
        if (e == null) {
            return false;
        }
        e.action.run(e.due, true);
        return true;
    }
}
