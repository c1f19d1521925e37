package dev.tandem.script.input;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The life of a reader, on a virtual thread of its own: opens it, lets it look at its source when asked and at heartbeats,
 * and closes it.
 */
final class ReaderThread {
    private enum Wish {
        UPDATE,
        STOP
    }

    private final Reader reader;
    private final ReaderFeed feed;
    private final Runnable onClosed;
    private final boolean hasHeartbeat;
    private final long heartbeatNanos;
    private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** @param onClosed called on the engine thread when all the reader told has been dealt with */
    ReaderThread(ReaderJob job, Reader reader, ReaderFeed feed, double heartbeat, Runnable onClosed) {
        this.reader = reader;
        this.feed = feed;
        this.onClosed = onClosed;
        hasHeartbeat = job.mode() != ReadMode.MANUAL;
        heartbeatNanos = (long) (heartbeat * 1e9);
        thread = Thread.ofVirtual().name("input " + job.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Engine thread. */
    void update() {
        wishes.add(Wish.UPDATE);
    }

    /** Ends the reader; what it told already is still dealt with. Engine thread, once. */
    void stop() {
        wishes.add(Wish.STOP);
        reader.stop();
    }

    /** Ends the reader when nobody reads the inbox any more. Engine thread. */
    void abandon() {
        stop();
        thread.interrupt();
    }

    private void run() {
        try {
            live();
        } catch (ReaderFeed.Stopped | InterruptedException e) {
            // nobody wants to hear more
        } finally {
            reader.close();
        }
        try {
            feed.then(onClosed);
        } catch (ReaderFeed.Stopped e) {
            // nor this
        }
    }

    private void live() throws InterruptedException {
        boolean isOpen = reader.open();
        if (!isOpen) {
            feed.error("Init failed");
            feed.error("terminating thread");
            return;
        }
        long next = System.nanoTime() + heartbeatNanos;
        while (!feed.hasFailed()) {
            Wish wish = hasHeartbeat
                    ? wishes.poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS)
                    : wishes.take();
            if (wish == Wish.STOP) {
                return;
            }
            if (!reader.update()) {
                if (wish == Wish.UPDATE) {
                    feed.error("terminating thread");
                }
                return;
            }
            if (wish == null) {
                next = System.nanoTime() + heartbeatNanos;
            }
        }
    }
}
