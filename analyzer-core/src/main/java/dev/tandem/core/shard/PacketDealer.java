package dev.tandem.core.shard;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one trace on a thread of its own and deals its packets out to several engines, each of which sees its share as a
 * {@link PacketSource}. The packets of a connection go to one engine ({@link AddressPairs}), in their order.
 *
 * <p>After every batch of the trace each engine is told how far time has come, also one that got no packet: so time-outs
 * happen everywhere, and all end at the time of the last packet. What an engine does is decided by the trace alone, not by
 * how fast it or the others are. Packets are copied into batches that go round; an engine that is behind holds up the reader.
 */
public final class PacketDealer implements Runnable {
    private static final int WAIT_MILLIS = 10;

    private final PacketSource trace;
    private final PacketBatch read;
    private final AddressPairs pairs;
    private final List<DealtQueue> queues = new ArrayList<>();
    private final List<DealtSource> shares = new ArrayList<>();
    private final DealtQueue.Dealt[] open;
    private final BooleanSupplier holdUp;
    private long reachedNanos = Long.MIN_VALUE;
    private volatile boolean stopped;
    private volatile @Nullable IOException failure;

    /**
     * @param trace closed by whoever made it, when {@link #run} has returned
     * @param engines that packets go to
     * @param batchPackets most packets read at once, no more than the engines' batches hold
     * @param holdUp whether to wait before the next packets, as somebody cannot keep up
     */
    public PacketDealer(PacketSource trace, int engines, int batchPackets, int batchBytes, BooleanSupplier holdUp) {
        this.trace = trace;
        this.holdUp = holdUp;
        pairs = new AddressPairs(engines);
        read = new PacketBatch(batchBytes, batchPackets);
        open = new DealtQueue.Dealt[engines];
        for (int i = 0; i < open.length; i++) {
            DealtQueue queue = new DealtQueue(batchPackets, batchBytes / engines);
            queues.add(queue);
            shares.add(new DealtSource(queue, trace));
        }
    }

    /** What one engine gets; for that engine's thread. */
    public PacketSource share(int engine) {
        return shares.get(engine);
    }

    /** Ends the dealing soon: what was dealt is the end of the trace. Any thread. */
    public void stop() {
        stopped = true;
        queues.forEach(DealtQueue::close); // it may be waiting for an engine that takes no more
    }

    /** Why the trace could not be read to its end; null when it could. After the shares have ended. */
    public @Nullable IOException failure() {
        return failure;
    }

    /** Deals until the trace ends; returns early when it breaks, is stopped or interrupted. */
    @Override
    public void run() {
        try {
            deal();
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = new IOException(trace.name() + ": cannot be dealt out: " + e, e);
        } finally {
            queues.forEach(DealtQueue::end);
        }
    }

    private void deal() throws IOException, InterruptedException {
        while (!stopped) {
            if (holdUp.getAsBoolean()) {
                Thread.sleep(1);
                continue;
            }
            read.begin(read.linkType());
            int count = trace.fill(read);
            if (count == PacketSource.END) {
                return;
            }
            if (count == 0) {
                trace.waitForPackets(WAIT_MILLIS);
            } else if (!handOut(count)) {
                return;
            }
        }
    }

    /** False when some engine takes no more. */
    private boolean handOut(int count) throws InterruptedException {
        for (int shard = 0; shard < open.length; shard++) {
            DealtQueue.Dealt batch = queues.get(shard).obtain();
            if (batch == null) {
                return false;
            }
            batch.packets.begin(read.linkType());
            open[shard] = batch;
        }
        for (int i = 0; i < count; i++) {
            long time = read.timeNanos(i);
            PacketBatch to = open[pairs.shardOf(read, i)].packets;
            int bytes = read.capturedBytes(i);
            int at = to.add(time, bytes, read.originalBytes(i));
            System.arraycopy(read.data(), read.offset(i), to.data(), at, bytes);
            reachedNanos = Math.max(reachedNanos, time);
        }
        for (int shard = 0; shard < open.length; shard++) {
            open[shard].reachedNanos = reachedNanos;
            queues.get(shard).put(open[shard]);
        }
        return true;
    }
}
