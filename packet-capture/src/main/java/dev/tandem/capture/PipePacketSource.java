package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Packets of a trace that comes through a pipe, whose writer may take its time: a thread of its own does the waiting, so
 * that {@link #fill} says at once when there is nothing, and whoever calls it can do other work meanwhile.
 *
 * <p>That thread reads one batch when asked and then rests until the next fill, because a batch points into the trace's
 * buffer.
 */
public final class PipePacketSource implements PacketSource {
    /** How long a fill waits for the reading it has asked for: mostly the bytes are there. */
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private enum State {
        /** What was read has been given out. */
        RESTING,
        READING,
        /** A batch, the end, or a failure is there. */
        READ
    }

    private final PacketSource trace;
    private final Thread reader = new Thread(this::read, "pipe");

    // Guarded by this.
    private State state = State.RESTING;
    private @Nullable PacketBatch batch;
    private int packets;
    private @Nullable IOException failure;
    private boolean closed;

    /** @param trace closed with this one */
    public PipePacketSource(PacketSource trace) {
        this.trace = trace;
        reader.setDaemon(true);
    }

    @Override
    public synchronized int fill(PacketBatch target) throws IOException {
        if (batch == null) {
            // Packets stay in the trace's buffer: no room for bytes.
            batch = new PacketBatch(0, target.capacity());
            reader.start();
        }
        if (state == State.RESTING) {
            state = State.READING;
            notifyAll();
        }
        await(MOMENT_NANOS);
        if (state != State.READ) {
            target.begin(target.linkType());
            return 0;
        }
        if (failure != null) {
            throw failure;
        }
        if (packets == END) {
            target.begin(target.linkType());
            return END;
        }
        state = State.RESTING;
        target.beginOver(batch.data(), batch.linkType());
        for (int i = 0; i < packets; i++) {
            target.addAt(batch.timeNanos(i), batch.offset(i), batch.capturedBytes(i), batch.originalBytes(i));
        }
        return packets;
    }

    @Override
    public synchronized boolean waitForPackets(int millis) {
        await(TimeUnit.MILLISECONDS.toNanos(millis));
        return state == State.READ;
    }

    /** Until what was asked for has been read. */
    private void await(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; state == State.READING && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        for (PacketBatch into = next(); into != null; into = next()) {
            int got = END;
            IOException broke = null;
            try {
                got = trace.fill(into);
            } catch (IOException e) {
                broke = e;
            }
            synchronized (this) {
                packets = got;
                failure = broke;
                state = State.READ;
                notifyAll();
            }
        }
    }

    /** Where to read to, when that is asked for; null when it will not be any more. */
    private synchronized @Nullable PacketBatch next() {
        try {
            while (state != State.READING && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            return null;
        }
        return closed ? null : batch;
    }

    @Override
    public boolean live() {
        return trace.live();
    }

    @Override
    public String name() {
        return trace.name();
    }

    @Override
    public int linkType() {
        return trace.linkType();
    }

    @Override
    public synchronized @Nullable String complaint() {
        // A trace that is still being read must not be asked.
        return state == State.READING ? null : trace.complaint();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        trace.close();
    }
}
