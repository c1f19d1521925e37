package dev.tandem.capture;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.tandem.core.packet.PacketBatch;

/**
 * Fetches packets a batch at a time with three native calls: libpcap's pcap_dispatch calls its own pcap_dump for each
 * packet, and the dump goes to a stream in memory. No call comes back into Java. Each batch is then copied over whole:
 * the stream's memory belongs to the C library and may move with the next batch.
 *
 * <p>What arrives is a classic capture file of this machine's byte order, with time stamps in nanoseconds; see
 * {@link PcapReader}. Every native block stays in a field while native code knows its address.
 */
final class MemoryStreamReader implements LiveReader {
    private static final int FIRST_SLAB = 256 * 1024;
    private static final NativeLong FIRST_RECORD = new NativeLong(PcapReader.FILE_HEADER);
    private static final ByteLayout LAYOUT = ByteLayout.ofThisMachine();

    private final LibPcap pcap;
    private final LibC c;
    private final Pointer handle;
    private final String name;
    private final int most;

    /** Two cells that the C library keeps up to date: where the stream's memory is, and how much of it is used. */
    private final Memory cells = new Memory(Native.POINTER_SIZE + Native.SIZE_T_SIZE);

    private final Pointer stream;
    private final Pointer dumper;
    private final int linkType;
    private final long nanosPerFraction;
    private byte[] slab = new byte[FIRST_SLAB];
    private long lost;
    private boolean closed;

    /** @throws CaptureException when the C library or libpcap cannot give such a stream */
    MemoryStreamReader(LibPcap pcap, LibC c, Pointer handle, String name, int most) throws CaptureException {
        this.pcap = pcap;
        this.c = c;
        this.handle = handle;
        this.name = name;
        this.most = most;
        cells.clear();
        Pointer opened = c.open_memstream(cells, cells.share(Native.POINTER_SIZE));
        if (opened == null) {
            throw new CaptureException(name + ": no memory stream");
        }
        stream = opened;
        Pointer dump = pcap.pcap_dump_fopen(handle, stream);
        if (dump == null || c.fflush(stream) != 0 || size() != PcapReader.FILE_HEADER) {
            throw new CaptureException(name + ": no dump to a memory stream: " + pcap.pcap_geterr(handle));
        }
        dumper = dump;
        byte[] header = cells.getPointer(0).getByteArray(0, PcapReader.FILE_HEADER);
        nanosPerFraction = LAYOUT.int32(header, 0) == PcapReader.MAGIC_NANOS ? 1 : 1_000;
        linkType = LAYOUT.int32(header, 20) & 0xffff;
    }

    @Override
    public int read(PacketBatch batch) throws CaptureException {
        batch.begin(linkType);
        c.fseek(stream, FIRST_RECORD, LibC.SEEK_SET);
        int packets = pcap.pcap_dispatch(handle, Math.min(most, batch.capacity()), pcap.dumpFunction(), dumper);
        if (packets < 0) {
            throw new CaptureException(name + ": " + pcap.pcap_geterr(handle));
        }
        if (packets == 0) {
            return 0;
        }
        if (c.fflush(stream) != 0) {
            // No memory for the batch. pcap_dump cannot say which packets it lost: all count as lost.
            c.clearerr(stream);
            lost += packets;
            return 0;
        }
        int bytes = copyOut();
        batch.beginOver(slab, linkType);
        addRecords(batch, bytes, packets);
        lost += packets - batch.count();
        return batch.count();
    }

    private int copyOut() {
        int bytes = (int) Math.min(size() - PcapReader.FILE_HEADER, Integer.MAX_VALUE - 8);
        if (bytes > slab.length) {
            slab = new byte[Math.max(bytes, (int) Math.min(2L * slab.length, Integer.MAX_VALUE - 8))];
        }
        cells.getPointer(0).read(PcapReader.FILE_HEADER, slab, 0, bytes);
        return bytes;
    }

    private void addRecords(PacketBatch batch, int bytes, int packets) {
        byte[] records = slab;
        int at = 0;
        for (int i = 0; i < packets && bytes - at >= PcapReader.RECORD_HEADER; i++) {
            int captured = LAYOUT.int32(records, at + 8);
            if (captured < 0 || captured > bytes - at - PcapReader.RECORD_HEADER) {
                return;
            }
            long nanos = LAYOUT.unsigned32(records, at) * 1_000_000_000L
                    + LAYOUT.unsigned32(records, at + 4) * nanosPerFraction;
            batch.addAt(
                    nanos,
                    at + PcapReader.RECORD_HEADER,
                    captured,
                    TraceReader.wireLength(LAYOUT.unsigned32(records, at + 12)));
            at += PcapReader.RECORD_HEADER + captured;
        }
    }

    private long size() {
        return Native.SIZE_T_SIZE == Long.BYTES
                ? cells.getLong(Native.POINTER_SIZE)
                : cells.getInt(Native.POINTER_SIZE) & 0xffffffffL;
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Closes the stream too, which may move its memory a last time.
        pcap.pcap_dump_close(dumper);
        c.free(cells.getPointer(0));
        cells.close();
    }
}
