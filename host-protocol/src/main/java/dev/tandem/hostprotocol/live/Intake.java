package dev.tandem.hostprotocol.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much of what hosts say may be on its way to the engine. When that is full what comes waits, so that answers are late and
 * hosts slow down; what has waited too long, or finds no room to wait, is refused, and its host keeps it. Any thread.
 */
final class Intake {
    /** osquery gives up on a request after 16 seconds, and would send again what we have then taken. */
    private static final long MOST_WAIT_NANOS = 8_000_000_000L;

    private record Waiting(long bytes, Runnable go, Runnable refuse, long since) {}

    private final long mostBytes;
    private final long mostWaitingBytes;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final LongAdder refused = new LongAdder();
    private long bytes;
    private long waitingBytes;

    /**
     * @param mostBytes on their way; one thing that is larger goes when nothing else does
     * @param mostWaitingBytes waiting besides
     */
    Intake(long mostBytes, long mostWaitingBytes) {
        this.mostBytes = mostBytes;
        this.mostWaitingBytes = mostWaitingBytes;
    }

    /**
     * Asks to be let in. One of the two is run, now or later, on the thread that makes it so.
     *
     * @param nanos {@link System#nanoTime()}
     */
    void offer(long size, long nanos, Runnable go, Runnable refuse) {
        Runnable next;
        synchronized (this) {
            if (waiting.isEmpty() && fits(size)) {
                bytes += size;
                next = go;
            } else if (waitingBytes + size <= mostWaitingBytes) {
                waitingBytes += size;
                waiting.add(new Waiting(size, go, refuse, nanos));
                return;
            } else {
                refused.increment();
                next = refuse;
            }
        }
        next.run();
    }

    private boolean fits(long size) {
        return bytes == 0 || bytes + size <= mostBytes;
    }

    synchronized boolean hasRoom(long size) {
        return waiting.isEmpty() && fits(size);
    }

    /** Lets in without asking what {@link #hasRoom} had room for, or what must not be lost. */
    synchronized void take(long size) {
        bytes += size;
    }

    /** What was let in has reached the engine. */
    void done(long size) {
        synchronized (this) {
            bytes -= size;
        }
        while (true) {
            Waiting next;
            synchronized (this) {
                next = waiting.peek();
                if (next == null || !fits(next.bytes)) {
                    return;
                }
                waiting.remove();
                waitingBytes -= next.bytes;
                bytes += next.bytes;
            }
            next.go.run();
        }
    }

    /** Refuses what has waited too long. To be called several times a second. */
    void expire(long nanos) {
        while (true) {
            Waiting next;
            synchronized (this) {
                next = waiting.peek();
                if (next == null || nanos - next.since < MOST_WAIT_NANOS) {
                    return;
                }
                waiting.remove();
                waitingBytes -= next.bytes;
                refused.increment();
            }
            next.refuse.run();
        }
    }

    /** On the way or waiting. */
    synchronized long bytes() {
        return bytes + waitingBytes;
    }

    /** How many were refused. */
    long refused() {
        return refused.sum();
    }
}
