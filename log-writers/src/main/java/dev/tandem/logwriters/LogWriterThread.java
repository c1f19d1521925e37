package dev.tandem.logwriters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The back of all log writers of a factory: one thread that opens, writes, rotates and closes their files in the order in
 * which the engine asked for it, and tries failed files again once per second.
 */
final class LogWriterThread {
    private static final long FINISH_SECONDS = 10;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    final LongAdder rowsWritten = new LongAdder();
    final LongAdder rowsDropped = new LongAdder();

    private final WriterQueue queue;
    private final long keepBytes;
    private final Thread thread;

    // Of the writer thread alone.
    private final List<LogFile> failing = new ArrayList<>();
    private long keptBytes;
    private long nextRetry;
    private boolean stopping;

    /**
     * @param queueBytes bound of the rows on their way, see {@link WriterQueue}
     * @param keepBytes bound of the rows kept for files that cannot be written
     */
    LogWriterThread(long queueBytes, long keepBytes) {
        queue = new WriterQueue(queueBytes);
        this.keepBytes = keepBytes;
        thread = new Thread(this::run, "log-writer");
        thread.setDaemon(true);
        thread.start();
    }

    WriterQueue queue() {
        return queue;
    }

    /** Engine thread: has {@code action} done after all that was asked for before. */
    void ask(Runnable action) {
        queue.put(action, 0);
    }

    /** Engine thread: has {@code action} done last for some log, and waits for that, but not forever. */
    void finish(Runnable action) {
        CountDownLatch done = new CountDownLatch(1);
        ask(() -> {
            try {
                action.run();
            } finally {
                done.countDown();
            }
        });
        try {
            if (!done.await(FINISH_SECONDS, TimeUnit.SECONDS)) {
                log().warn("a log was not closed within {} s: the disk does not answer", FINISH_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Engine thread: finishes what was asked for, then ends; waits for that, but not forever. */
    void stop(long timeoutMillis) {
        ask(() -> stopping = true);
        try {
            thread.join(timeoutMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                WriterQueue.Work work = queue.take(RETRY_NANOS);
                if (work != null) {
                    perform(work);
                }
                retryDue(System.nanoTime());
            } catch (InterruptedException e) {
                log().debug("log writer was interrupted and goes on", e);
            }
        }
    }

    private void perform(WriterQueue.Work work) {
        try {
            work.action().run();
        } catch (RuntimeException | Error e) {
            // A listener's fault or no memory. An ended thread would block the engine for good.
            log().error("log writer goes on after a failure", e);
        } finally {
            queue.done(work);
        }
    }

    private void retryDue(long now) {
        if (failing.isEmpty() || now - nextRetry < 0) {
            return;
        }
        nextRetry = now + RETRY_NANOS;
        failing.removeIf(LogFile::retry);
    }

    // What follows is for LogFile, on the writer thread.

    void retryLater(LogFile file) {
        if (failing.isEmpty()) {
            nextRetry = System.nanoTime() + RETRY_NANOS;
        }
        failing.add(file);
    }

    /** False when no more may be kept. */
    boolean keep(int bytes) {
        if (keptBytes + bytes > keepBytes) {
            return false;
        }
        keptBytes += bytes;
        return true;
    }

    void unkeep(int bytes) {
        keptBytes -= bytes;
    }

    /** Asked for only when there is something to say: setting logging up costs every start a tenth of its time. */
    private static Logger log() {
        return LoggerFactory.getLogger(LogWriterThread.class);
    }
}
