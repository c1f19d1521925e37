package dev.tandem.script.log;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.OpaqueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait between {@code Log::log_stream_policy} and the filters (zeek {@code src/logging/Manager.cc}, Delay and
 * DelayCompleted). A row goes on when every {@code Log::delay} call has been answered, when its time is up, when its
 * stream's queue is full and it is the oldest, or when the engine ends. Callbacks are asked then and may delay it again.
 */
final class RowDelays {
    /** Where a row goes when its delay has ended. */
    interface Next {
        boolean writeToFilters(LogStream stream, RecordValue record);
    }

    private static final int DRAIN_ROUNDS = 10;

    private final ScriptContext context;
    private final Next next;
    private final EarliestDue due;
    private final List<ActiveWrite> active = new ArrayList<>();
    private final OpaqueType tokenType = new OpaqueType("LogDelayTokenVal");
    private long lastToken;

    RowDelays(ScriptContext context, Next next, EarliestDue due) {
        this.context = context;
        this.next = next;
        this.due = due;
    }

    /** From here to {@link #end} scripts may delay this row. */
    ActiveWrite begin(LogStream stream, RecordValue record) {
        ActiveWrite write = new ActiveWrite(stream, record);
        active.add(write);
        return write;
    }

    void end() {
        active.remove(active.size() - 1);
    }

    /** {@code Log::__delay}; number 0 when the row may not be delayed, with a message why. */
    DelayToken delay(EnumValue id, RecordValue record, @Nullable FuncValue callback) {
        Reporter reporter = context.reporter();
        DelayToken none = new DelayToken(tokenType, 0);
        if (active.isEmpty()) {
            reporter.error("invalid Log::delay() call: outside of Log::log_stream_policy() hook", null);
            return none;
        }
        ActiveWrite write = active.get(active.size() - 1);
        if (write.stream.id != id || write.record != record) {
            reporter.error("invalid Log::delay() call: argument mismatch with active Log::write()", null);
            return none;
        }
        DelayedRow row = write.delay;
        if (row != null) {
            row.holds++;
        } else {
            double expires = context.networkTime() + write.stream.delayed.maxInterval;
            row = new DelayedRow(record, new DelayToken(tokenType, ++lastToken), expires);
            write.delay = row;
            write.stream.delayed.register(row);
        }
        if (callback != null) {
            row.callbacks.add(callback);
        }
        return row.token;
    }

    /** {@code Log::__delay_finish}. */
    boolean finish(LogStream stream, RecordValue record, DelayToken token) {
        Reporter reporter = context.reporter();
        if (token.number() == 0) {
            reporter.error("invalid Log::delay_finish() call: invalid token provided", null);
            return false;
        }
        DelayedRow row = stream.delayed.byToken(token.number());
        if (row == null) {
            reporter.error("non-existing log record for token=" + token.number() + " " + place(record), null);
            return false;
        }
        if (row.record != record) {
            reporter.error(
                    "record mismatch token=" + token.number() + " " + place(record) + " and " + place(row.record),
                    null);
            return false;
        }
        if (row.holds == 0) {
            reporter.error("delay reference underflow for token=" + token.number(), null);
            return false;
        }
        row.holds--;
        if (row.holds == 0 && row.isQueued) {
            complete(stream, row);
        }
        return true;
    }

    private static String place(RecordValue record) {
        return "0x" + Integer.toHexString(System.identityHashCode(record));
    }

    /** Lets a row wait that was delayed while it was active; goes on at once when all calls have been answered already. */
    void enqueue(LogStream stream, DelayedRow row) {
        stream.delayed.enqueue(row);
        due.atMost(row.expires);
        evict(stream);
        if (row.holds == 0) {
            complete(stream, row);
        }
    }

    /** Lets the oldest rows go until the queue is no longer too long. */
    void evict(LogStream stream) {
        DelayedRows rows = stream.delayed;
        if (rows.isEvicting) {
            return;
        }
        rows.isEvicting = true;
        try {
            int tries = rows.size();
            for (int i = 1; rows.size() > rows.maxSize; i++) {
                DelayedRow oldest = rows.oldest();
                if (oldest == null) {
                    break;
                }
                complete(stream, oldest);
                if (i == tries) {
                    context.reporter()
                            .warning(
                                    "unable to evict delayed records for stream " + stream.id + " queue_size="
                                            + rows.size() + ", all re-delayed?",
                                    null);
                    break;
                }
            }
        } finally {
            rows.isEvicting = false;
        }
    }

    /** Network time at which the oldest row of a stream goes on; infinity when none waits. */
    static double nextDue(LogStream stream) {
        DelayedRow oldest = stream.delayed.oldest();
        return oldest == null ? Double.POSITIVE_INFINITY : oldest.expires;
    }

    /** Lets the rows go whose time is up. A row delayed anew in that moment waits at least until the next call. */
    void expire(LogStream stream, double networkTime) {
        for (int left = stream.delayed.size(); left > 0; left--) {
            DelayedRow oldest = stream.delayed.oldest();
            if (oldest == null || oldest.expires > networkTime) {
                return;
            }
            complete(stream, oldest);
        }
    }

    /**
     * Lets all rows go: the engine is ending. Callbacks may delay them again, but one that is delayed again and again is
     * written in the end all the same.
     */
    void drain(LogStream stream) {
        for (int round = 0; stream.delayed.size() > 0; round = Math.min(round + 1, DRAIN_ROUNDS)) {
            for (int left = stream.delayed.size(); left > 0; left--) {
                DelayedRow oldest = stream.delayed.oldest();
                if (oldest == null) {
                    return;
                }
                if (round == DRAIN_ROUNDS) {
                    oldest.callbacks.clear();
                }
                complete(stream, oldest);
            }
        }
    }

    private void complete(LogStream stream, DelayedRow row) {
        if (row.isCompleting) {
            return;
        }
        row.isCompleting = true;
        boolean wanted = true;
        ActiveWrite write = begin(stream, row.record);
        try {
            for (FuncValue callback : row.callbacks) {
                wanted &= !Boolean.FALSE.equals(callback.call(row.record, stream.id));
            }
        } finally {
            end();
            stream.delayed.forget(row);
        }
        if (write.delay != null) {
            enqueue(stream, write.delay);
        } else if (wanted) {
            next.writeToFilters(stream, row.record);
        }
    }
}
