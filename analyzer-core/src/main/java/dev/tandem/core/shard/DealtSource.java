package dev.tandem.core.shard;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import org.jspecify.annotations.Nullable;

/** One engine's share of a trace. Packets stay in the dealer's batch until the next fill. */
final class DealtSource implements PacketSource {
    private final DealtQueue queue;
    private final PacketSource trace;
    private final int linkType;
    private DealtQueue.@Nullable Dealt current;
    private long reachedNanos = Long.MIN_VALUE;
    private long received;

    /** @param trace for what is the same in all shares */
    DealtSource(DealtQueue queue, PacketSource trace) {
        this.queue = queue;
        this.trace = trace;
        linkType = trace.linkType();
    }

    @Override
    public int fill(PacketBatch batch) {
        finishCurrent();
        boolean atEnd = queue.isAtEnd(); // before the look, as both may come in between
        DealtQueue.Dealt next = queue.poll();
        if (next == null) {
            batch.begin(batch.linkType());
            return atEnd ? END : 0;
        }
        current = next;
        PacketBatch packets = next.packets;
        int count = packets.count();
        batch.beginOver(packets.data(), packets.linkType());
        for (int i = 0; i < count; i++) {
            batch.addAt(packets.timeNanos(i), packets.offset(i), packets.capturedBytes(i), packets.originalBytes(i));
        }
        received += count;
        if (count == 0) {
            reachedNanos = next.reachedNanos;
        }
        return count;
    }

    /** Its packets have been processed by now. */
    private void finishCurrent() {
        DealtQueue.Dealt done = current;
        if (done != null) {
            current = null;
            reachedNanos = done.reachedNanos;
            queue.recycle(done);
        }
    }

    @Override
    public long reachedNanos() {
        return reachedNanos;
    }

    @Override
    public boolean waitForPackets(int millis) {
        try {
            return queue.await(millis);
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
        return linkType;
    }

    @Override
    public String name() {
        return trace.name();
    }

    @Override
    public long received() {
        return received;
    }

    /** The trace is closed by whoever opened it. */
    @Override
    public void close() {
        queue.close();
    }
}
