package dev.tandem.core.engine;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.log.CommittedLogs;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Commits the logs of host results once a second. A commit must fall between inputs: when all events of what was handed over
 * have run and those of nothing else. That is so at the end of a turn when no event waits, and stays so until more is handed
 * over. So a run that is broken off in the middle, by a script's exit() or a bug, leaves the logs committed as they were
 * before, and the rest is replayed. To be run at the end of each turn. Engine thread.
 */
public final class HostCommits implements Runnable {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventQueue queue;
    private final LongSupplier handedOver;
    private final CommittedLogs logs;
    private long settled;
    private long committed;
    private long last;

    /**
     * @param handedOver place in the hosts' input after what was handed over last
     * @param safe told how far the input need not be kept; any thread
     */
    public HostCommits(EventQueue queue, LongSupplier handedOver, CommittedLogs logs, LongConsumer safe) {
        this.queue = queue;
        this.handedOver = handedOver;
        this.logs = logs;
        settled = handedOver.getAsLong();
        committed = settled;
        last = System.nanoTime() - INTERVAL_NANOS;
        logs.follow(this::position, safe);
    }

    /** Logs that rotate or close ask too, in the middle of anything. */
    private long position() {
        return handedOver.getAsLong() == settled ? settled : -1;
    }

    /** At the end of a turn. */
    @Override
    public void run() {
        if (!queue.isEmpty()) {
            return;
        }
        settled = handedOver.getAsLong();
        long now = System.nanoTime();
        if (settled != committed && now - last >= INTERVAL_NANOS) {
            last = now;
            commit();
        }
    }

    /** Commits now: all events have run. */
    public void finish() {
        settled = handedOver.getAsLong();
        commit();
    }

    private void commit() {
        committed = settled;
        logs.commit();
    }
}
