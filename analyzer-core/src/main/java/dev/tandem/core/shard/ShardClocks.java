package dev.tandem.core.shard;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.util.Arrays;

/**
 * How far the engines that share a trace have come, each by its own word, and a source for the engine that joins what they
 * tell it ({@link #follower}). It gets no packets and is told the time that all have passed: what any of them had to say up to
 * then has been said, so it can be taken in the order of time. When all have ended, so has the source.
 *
 * <p>Any thread.
 */
public final class ShardClocks {
    private final long[] reachedNanos;
    private final boolean[] ended;

    /** @param engines how many share the trace */
    public ShardClocks(int engines) {
        reachedNanos = new long[engines];
        ended = new boolean[engines];
        Arrays.fill(reachedNanos, Long.MIN_VALUE);
    }

    /**
     * An engine has said all that it has to say up to a time.
     *
     * @param networkTime seconds since 1970; never less than before
     */
    public synchronized void reached(int engine, double networkTime) {
        // As whole microseconds, which is what network times are made of: back in seconds it is the same number.
        long nanos = Math.round(networkTime * 1e6) * 1000;
        if (nanos != reachedNanos[engine]) {
            reachedNanos[engine] = nanos;
            notifyAll();
        }
    }

    /** An engine takes no more packets: its time stands still from now on. */
    public synchronized void ended(int engine) {
        ended[engine] = true;
        notifyAll();
    }

    private synchronized long leastNanos() {
        long least = Long.MAX_VALUE;
        for (long each : reachedNanos) {
            least = Math.min(least, each);
        }
        return least;
    }

    private synchronized boolean allEnded() {
        for (boolean each : ended) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller looks again, whatever it was woken by
    private synchronized boolean awaitPast(long nanos, int millis) throws InterruptedException {
        if (leastNanos() <= nanos && !allEnded() && millis > 0) {
            wait(millis);
        }
        return leastNanos() > nanos || allEnded();
    }

    /** @param trace for what is the same in all shares; stays its owner's */
    public PacketSource follower(PacketSource trace) {
        return new Follower(trace);
    }

    private final class Follower implements PacketSource {
        private final PacketSource trace;
        private long told = Long.MIN_VALUE;

        Follower(PacketSource trace) {
            this.trace = trace;
        }

        @Override
        public int fill(PacketBatch batch) {
            batch.begin(batch.linkType());
            return allEnded() ? END : 0;
        }

        @Override
        public long reachedNanos() {
            told = leastNanos();
            return told;
        }

        @Override
        public boolean waitForPackets(int millis) {
            try {
                return awaitPast(told, millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public boolean live() {
            return false;
        }

        @Override
        public int linkType() {
            return trace.linkType();
        }

        @Override
        public String name() {
            return trace.name();
        }

        @Override
        public void close() {}
    }
}
