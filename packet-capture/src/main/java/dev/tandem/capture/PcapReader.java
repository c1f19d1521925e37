package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads classic capture files: a file header of 24 bytes, then records.
 *
 * <pre>
 *  file    0 magic   4 version   8 zone   12 accuracy   16 snapshot length   20 link type
 *  record  0 seconds   4 fraction   8 captured length   12 original length   16 packet
 * </pre>
 *
 * Source: draft-ietf-opsawg-pcap; the quirks of old writers (lengths swapped before version 2.4, Kuznetzov's longer
 * record header) from libpcap.
 */
final class PcapReader implements TraceReader {
    static final int FILE_HEADER = 24;
    static final int RECORD_HEADER = 16;

    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int MAGIC_NANOS = 0xa1b23c4d;
    static final int MAGIC_KUZNETZOV = 0xa1b2cd34;

    private static final int KUZNETZOV_RECORD_HEADER = 24;

    /** Whether an old writer may have put the original length first. */
    private enum Lengths {
        IN_ORDER,
        SWAPPED,
        UNCERTAIN
    }

    private final TraceInput input;
    private final ByteLayout layout;
    private final Lengths lengths;
    private final long nanosPerFraction;
    private final int recordHeader;
    private final int snapshot;
    private final int linkType;
    private long records;
    private @Nullable String complaint;

    private PcapReader(TraceInput input, ByteLayout layout, int magic) throws CaptureException {
        byte[] header = input.buffer();
        int at = input.position();
        this.input = input;
        this.layout = layout;
        lengths = lengths(layout.unsigned16(header, at + 4), layout.unsigned16(header, at + 6));
        nanosPerFraction = magic == MAGIC_NANOS ? 1 : 1_000;
        recordHeader = magic == MAGIC_KUZNETZOV ? KUZNETZOV_RECORD_HEADER : RECORD_HEADER;
        int declared = layout.int32(header, at + 16);
        snapshot = declared > 0 ? Math.min(declared, MAX_CAPTURED) : MAX_CAPTURED;
        // The upper half says how long a frame check sequence is.
        linkType = layout.int32(header, at + 20) & 0xffff;
        input.position(at + FILE_HEADER);
    }

    /** A reader when the file begins as one of these does; null when it does not. */
    static @Nullable PcapReader of(TraceInput input) throws CaptureException {
        if (!input.load(4)) {
            return null;
        }
        for (ByteLayout layout : ByteLayout.values()) {
            int magic = layout.int32(input.buffer(), input.position());
            if (magic == MAGIC_MICROS || magic == MAGIC_NANOS || magic == MAGIC_KUZNETZOV) {
                if (!input.load(FILE_HEADER)) {
                    throw new CaptureException(input.name() + ": file is cut short in the file header");
                }
                return new PcapReader(input, layout, magic);
            }
        }
        return null;
    }

    /** A file header as this project writes it: version 2.4, the largest snapshot length. */
    static byte[] header(ByteLayout layout, int magic, int linkType) {
        byte[] header = new byte[FILE_HEADER];
        layout.putInt32(header, 0, magic);
        layout.putInt32(header, 4, layout == ByteLayout.BIG ? 2 << 16 | 4 : 4 << 16 | 2);
        layout.putInt32(header, 16, MAX_CAPTURED);
        layout.putInt32(header, 20, linkType);
        return header;
    }

    private Lengths lengths(int major, int minor) throws CaptureException {
        // 543.0 is what one vendor's tcpdump wrote, libpcap knows.
        if (major == 543 && minor == 0) {
            return Lengths.SWAPPED;
        }
        if (major != 2) {
            throw new CaptureException(
                    input.name() + ": capture file version " + major + "." + minor + " is not supported");
        }
        if (minor < 3) {
            return Lengths.SWAPPED;
        }
        return minor == 3 ? Lengths.UNCERTAIN : Lengths.IN_ORDER;
    }

    @Override
    public int linkType() {
        return linkType;
    }

    @Override
    public int fill(PacketBatch batch) throws CaptureException {
        batch.begin(linkType);
        if (!loadRecord()) {
            return PacketSource.END;
        }
        byte[] buffer = input.buffer();
        int limit = input.limit();
        int at = input.position();
        batch.beginOver(buffer, linkType);
        while (batch.hasRoom() && limit - at >= recordHeader) {
            boolean swapped = swapped(buffer, at);
            int captured = layout.int32(buffer, at + (swapped ? 12 : 8));
            // A damaged or an incomplete record is the next fill's to report.
            if (captured < 0 || captured > MAX_CAPTURED || captured > limit - at - recordHeader) {
                break;
            }
            long original = layout.unsigned32(buffer, at + (swapped ? 8 : 12));
            long nanos = layout.unsigned32(buffer, at) * 1_000_000_000L
                    + layout.unsigned32(buffer, at + 4) * nanosPerFraction;
            // As libpcap: no more of a packet than the file's snapshot length.
            batch.addAt(nanos, at + recordHeader, Math.min(captured, snapshot), TraceReader.wireLength(original));
            at += recordHeader + captured;
        }
        input.position(at);
        records += batch.count();
        return batch.count();
    }

    /** Makes one whole record available; false at the end of the file. */
    private boolean loadRecord() throws CaptureException {
        if (!input.load(recordHeader)) {
            return cut(input.available() > 0);
        }
        int at = input.position();
        byte[] buffer = input.buffer();
        long captured = layout.unsigned32(buffer, at + (swapped(buffer, at) ? 12 : 8));
        if (captured > MAX_CAPTURED) {
            throw new CaptureException(input.name() + ": file is damaged at record " + (records + 1)
                    + ": a captured length of " + captured + " bytes");
        }
        return input.load(recordHeader + (int) captured) || cut(true);
    }

    private boolean cut(boolean inPacket) {
        if (inPacket) {
            complaint = "file is cut short in the middle of a packet (record " + (records + 1) + ")";
        }
        return false;
    }

    private boolean swapped(byte[] buffer, int at) {
        return switch (lengths) {
            case IN_ORDER -> false;
            case SWAPPED -> true;
            case UNCERTAIN -> layout.unsigned32(buffer, at + 8) > layout.unsigned32(buffer, at + 12);
        };
    }

    @Override
    public @Nullable String complaint() {
        return complaint;
    }
}
