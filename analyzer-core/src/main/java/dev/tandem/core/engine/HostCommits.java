package dev.tandem.core.engine;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.log.CommittedLogs;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Commits the logs of host results once a second. A commit must fall between inputs: when all events of what was handed over
 * have run and those of nothing else. That is so at the start of a turn's tasks when no event waits. To be added to the
 * engine before {@link HostAnswers}. Engine thread.
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
        logs.follow(this::settled, safe);
    }

    private long settled() {
        if (queue.isEmpty()) {
            settled = handedOver.getAsLong();
        }
        return settled;
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        if (queue.isEmpty() && settled() != committed && now - last >= INTERVAL_NANOS) {
            last = now;
            finish();
        }
    }

    /** Commits now: all events have run. */
    public void finish() {
        committed = settled();
        logs.commit();
    }
}
