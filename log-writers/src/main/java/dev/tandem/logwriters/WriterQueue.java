package dev.tandem.logwriters;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the engine thread hands to the writer thread, in order, and the chunks that come back. Memory is bounded: when the
 * chunks on their way hold more than the limit, {@link #put} waits. Logs may not be lost, so a disk that is slow slows the
 * engine; one that is broken does not, because the writer thread then takes chunks and keeps or drops them itself.
 */
final class WriterQueue {
    /** Chunks kept besides a queue full of them, for those that the fronts and the writer thread hold. */
    private static final int SPARE = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private final ArrayDeque<LogChunk> free = new ArrayDeque<>();
    private final long limitBytes;
    private final int mostFree;
    private long bytesOnTheWay;
    private long fullNanos;

    /**
     * One piece of work.
     *
     * @param bytes memory it holds, given back by {@link #done}; 0 for orders such as opening a file, which never wait
     */
    record Work(Runnable action, int bytes) {}

    WriterQueue(long limitBytes) {
        this.limitBytes = limitBytes;
        mostFree = (int) (limitBytes / LogChunk.SIZE) + SPARE;
    }

    /** Engine thread. Waits while the queue is full; an interrupt does not end the wait, but stays set. */
    void put(Runnable action, int bytes) {
        lock.lock();
        try {
            if (bytes > 0 && isFull(bytes)) {
                long start = System.nanoTime();
                while (isFull(bytes)) {
                    notFull.awaitUninterruptibly();
                }
                fullNanos += System.nanoTime() - start;
            }
            bytesOnTheWay += bytes;
            waiting.add(new Work(action, bytes));
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(int more) {
        return bytesOnTheWay > 0 && bytesOnTheWay + more > limitBytes;
    }

    /** Writer thread. Null when nothing came within {@code nanos}. */
    @Nullable
    Work take(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (waiting.isEmpty() && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Writer thread: the work is finished and its memory given up. */
    void done(Work work) {
        if (work.bytes == 0) {
            return;
        }
        lock.lock();
        try {
            bytesOnTheWay -= work.bytes;
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An empty chunk of {@link LogChunk#SIZE}. */
    LogChunk obtain() {
        lock.lock();
        try {
            LogChunk chunk = free.pollLast();
            if (chunk != null) {
                return chunk;
            }
        } finally {
            lock.unlock();
        }
        return new LogChunk(LogChunk.SIZE);
    }

    /** Takes back a chunk that nobody else has; one of another size is left to the garbage collector. */
    void recycle(LogChunk chunk) {
        if (chunk.bytes.length != LogChunk.SIZE) {
            return;
        }
        chunk.length = 0;
        chunk.rows = 0;
        lock.lock();
        try {
            if (free.size() < mostFree) {
                free.addLast(chunk);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long {@link #put} has waited in all. */
    long fullNanos() {
        lock.lock();
        try {
            return fullNanos;
        } finally {
            lock.unlock();
        }
    }
}
