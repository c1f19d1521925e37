package dev.tandem.capture;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;

/**
 * Packets from an interface, through libpcap. pcap4j opens, filters, counts and closes; the packets themselves come by a
 * {@link LiveReader}, since pcap4j's own way costs several microseconds and several objects for each.
 *
 * <p>Never blocks in {@link #fill}: the kernel's read time-out does not fire on an idle interface, so the handle is
 * non-blocking and {@link #waitForPackets} waits in poll(2) for as long as the caller's timers allow. One thread.
 */
public final class LivePacketSource implements PacketSource {
    private static final int NO_DESCRIPTOR = -1;
    private static final int LONGEST_SLEEP_MILLIS = 10;

    /** Reading the kernel's counters costs a system call. */
    private static final long COUNT_NANOS = 1_000_000_000L;

    /** struct pollfd: descriptor (4), what to wait for (2), what came (2). */
    private static final int POLL_BYTES = 8;

    private final String name;
    private final PcapHandle handle;
    private final LiveReader reader;
    private final @Nullable LibC c;
    private final Memory poll = new Memory(POLL_BYTES);
    private CaptureStatistics statistics = CaptureStatistics.NONE;
    private long counted = System.nanoTime() - COUNT_NANOS;
    private boolean closed;

    private LivePacketSource(String name, PcapHandle handle, LiveReader reader, @Nullable LibC c, int descriptor) {
        this.name = name;
        this.handle = handle;
        this.reader = reader;
        this.c = c;
        poll.clear();
        poll.setInt(0, descriptor);
        poll.setShort(4, LibC.POLLIN);
    }

    /**
     * Begins to capture.
     *
     * @throws CaptureException when there is no libpcap, no such interface (the message names those there are), no
     *     permission, or when the filter is wrong
     */
    public static LivePacketSource open(LiveSettings settings) throws CaptureException {
        return open(settings, true);
    }

    /** @param memoryStream whether to fetch packets the better way if it can be had */
    static LivePacketSource open(LiveSettings settings, boolean memoryStream) throws CaptureException {
        LibPcap pcap = LibPcap.require("-i");
        PcapHandle handle = LiveHandle.open(settings);
        try {
            LibC c = memoryStream ? LibC.orNull() : null;
            Pointer pointer = c == null ? null : LiveHandle.pointer(handle);
            String name = settings.interfaceName();
            if (c == null || pointer == null) {
                if (settings.fanout() != null) {
                    throw new CaptureException(name + ": this system cannot share an interface (packet fanout)");
                }
                LiveReader reader = new ListenerReader(handle, name, settings.batchPackets());
                return new LivePacketSource(name, handle, reader, null, NO_DESCRIPTOR);
            }
            int descriptor = pcap.pcap_fileno(pointer);
            if (settings.fanout() != null) {
                settings.fanout().join(c, descriptor);
            }
            LiveReader reader = new MemoryStreamReader(pcap, c, pointer, name, settings.batchPackets());
            return new LivePacketSource(name, handle, reader, c, descriptor);
        } catch (CaptureException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    @Override
    public int fill(PacketBatch batch) throws CaptureException {
        if (closed) {
            batch.begin(batch.linkType());
            return END;
        }
        return reader.read(batch);
    }

    @Override
    public boolean waitForPackets(int millis) throws CaptureException {
        if (closed) {
            return false;
        }
        if (c == null) {
            return sleep(millis);
        }
        // Anything that came, an error too, is for the next fill to find.
        return c.poll(poll, new NativeLong(1), Math.max(millis, 0)) > 0;
    }

    /** Without a descriptor to wait on: soon enough that the ring does not overflow. */
    private static boolean sleep(int millis) {
        try {
            Thread.sleep(Math.clamp(millis, 0, LONGEST_SLEEP_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /**
     * Counts so far. Costs a system call: for once a second.
     *
     * @throws CaptureException when the interface can no longer tell
     */
    public CaptureStatistics statistics() throws CaptureException {
        if (closed) {
            return statistics;
        }
        try {
            PcapStat now = handle.getStats();
            statistics = statistics.next(
                    now.getNumPacketsReceived(), now.getNumPacketsDropped(), now.getNumPacketsDroppedByIf());
            return statistics;
        } catch (PcapNativeException | NotOpenException e) {
            throw new CaptureException(name + ": " + e.getMessage(), e);
        }
    }

    /** {@inheritDoc} Also those that were lost between the ring and the batch. At most a second old. */
    @Override
    public long dropped() {
        long now = System.nanoTime();
        if (now - counted >= COUNT_NANOS) {
            counted = now;
            count();
        }
        return statistics.dropped() + reader.lost();
    }

    private void count() {
        try {
            statistics();
        } catch (CaptureException e) {
            // The last counts stand; that the interface is broken is for fill to say.
        }
    }

    /** {@inheritDoc} As of the last {@link #dropped}. */
    @Override
    public long received() {
        return statistics.received();
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    /** Reads the counts a last time, so that {@link #statistics} stays correct. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        count();
        closed = true;
        reader.close();
        handle.close();
        poll.close();
    }
}
