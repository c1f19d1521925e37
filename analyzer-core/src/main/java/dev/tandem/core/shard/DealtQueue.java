package dev.tandem.core.shard;

import dev.tandem.core.packet.PacketBatch;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Batches on their way from the dealer to one shard, and back to be filled again: a fixed number, so that a shard that is
 * behind holds the dealer up. One thread at each end.
 */
final class DealtQueue {
    /** Enough that neither end waits for the other at every batch. */
    private static final int BATCHES = 8;

    /** Packets of one shard, and the time that all shards have reached with them, in nanoseconds since 1970. */
    static final class Dealt {
        final PacketBatch packets;
        long reachedNanos = Long.MIN_VALUE;

        Dealt(PacketBatch packets) {
            this.packets = packets;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Dealt> free = new ArrayDeque<>();
    private final ArrayDeque<Dealt> dealt = new ArrayDeque<>();
    private boolean ended;
    private boolean closed;

    /** @param batchPackets most packets of a batch */
    DealtQueue(int batchPackets, int batchBytes) {
        for (int i = 0; i < BATCHES; i++) {
            free.add(new Dealt(new PacketBatch(batchBytes, batchPackets)));
        }
    }

    /** Dealer: a batch to fill; waits for one. Null when the shard takes no more. */
    @Nullable
    Dealt obtain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (free.isEmpty() && !closed) {
                changed.await();
            }
            return closed ? null : free.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Dealer. */
    void put(Dealt batch) {
        lock.lock();
        try {
            dealt.add(batch);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Dealer: nothing follows. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Shard: null when there is nothing at the moment. */
    @Nullable
    Dealt poll() {
        lock.lock();
        try {
            return dealt.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Shard: gives a batch back. */
    void recycle(Dealt batch) {
        lock.lock();
        try {
            free.add(batch);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Shard: whether all was taken and nothing follows. */
    boolean isAtEnd() {
        lock.lock();
        try {
            return ended && dealt.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Shard: waits until there is something to take, or to know. Returns whether there is. */
    boolean await(int millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (dealt.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !dealt.isEmpty() || ended;
        } finally {
            lock.unlock();
        }
    }

    /** Shard: takes no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
