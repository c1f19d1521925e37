package dev.tandem.script.event;

import dev.tandem.script.runtime.FuncValue;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Events that scripts scheduled, by network time; equal times in the order they were scheduled. Engine thread. */
public final class Scheduler {
    private record Entry(
            double time,
            long number,
            FuncValue event,
            @Nullable Object[] args) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int c = Double.compare(time, other.time);
            return c != 0 ? c : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long number;

    /** @param time seconds since 1970 */
    public void add(double time, FuncValue event, @Nullable Object[] args) {
        entries.add(new Entry(time, number++, event, args));
    }

    /** Network time of the earliest event; infinity when there is none. */
    public double nextDue() {
        Entry e = entries.peek();
        return e == null ? Double.POSITIVE_INFINITY : e.time;
    }

    /** Takes the earliest event away and hands it over, when it is due by then; false when none is. */
    public boolean runNext(double until, BiConsumer<FuncValue, @Nullable Object[]> raise) {
        Entry e = entries.peek();
        if (e == null || e.time > until) {
            return false;
        }
        entries.poll();
        raise.accept(e.event, e.args);
        return true;
    }
}
