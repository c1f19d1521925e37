package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcapng files: blocks, each with its type and length in front and its length again behind.
 *
 * <pre>
 *  block      0 type   4 length   8 body ...   length-4 length
 *  section    8 byte order   12 version   16 section length   24 options
 *  interface  8 link type   12 snapshot length   16 options
 *  enhanced   8 interface   12 time, upper half   16 lower half   20 captured   24 original   28 packet   options
 *  simple     8 original   12 packet
 *  obsolete   8 interface   10 drops   12 time   20 captured   24 original   28 packet   options
 * </pre>
 *
 * Interfaces are numbered within their section, and a section has its own byte order. Packets of another link type than
 * those before end a batch early. Blocks of other types are left out. Source: draft-ietf-opsawg-pcapng.
 */
final class PcapngReader implements TraceReader {
    static final int SECTION = 0x0a0d0d0a;
    static final int INTERFACE = 1;
    static final int OBSOLETE_PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;
    static final int BYTE_ORDER = 0x1a2b3c4d;

    private static final int SMALLEST_BLOCK = 12;

    /** Largest block that is read rather than skipped; libpcap's bound is the same. */
    private static final int LARGEST_BLOCK = 16 * 1024 * 1024;

    private static final int MOST_INTERFACES = 65_536;

    private final TraceInput input;
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private ByteLayout layout = ByteLayout.LITTLE;
    private long packets;
    private @Nullable String complaint;

    // The block at the input's position, and the packet in it.
    private int blockType;
    private long blockLength;
    private int linkType;
    private long nanos;
    private int packetAt;
    private int captured;
    private int original;

    private PcapngReader(TraceInput input) {
        this.input = input;
    }

    /** A reader when the file begins with a section; null when it does not. */
    static @Nullable PcapngReader of(TraceInput input) throws CaptureException {
        if (!input.load(SMALLEST_BLOCK)
                || ByteLayout.LITTLE.int32(input.buffer(), input.position()) != SECTION
                || sectionLayout(input) == null) {
            return null;
        }
        return new PcapngReader(input);
    }

    @Override
    public int linkType() {
        return linkType;
    }

    @Override
    public int fill(PacketBatch batch) throws CaptureException {
        batch.begin(linkType);
        try {
            while (batch.hasRoom()) {
                if (!blockIsHere()) {
                    if (batch.count() > 0) {
                        break;
                    }
                    if (!loadBlock()) {
                        return PacketSource.END;
                    }
                }
                if (!readBlock()) {
                    continue;
                }
                if (batch.count() == 0) {
                    batch.beginOver(input.buffer(), linkType);
                } else if (batch.linkType() != linkType) {
                    break;
                }
                batch.addAt(nanos, packetAt, captured, original);
                packets++;
                input.position(input.position() + (int) blockLength);
            }
        } catch (CaptureException e) {
            // What came before is delivered first: the next fill meets the same block again.
            if (batch.count() == 0) {
                throw e;
            }
        }
        return batch.count();
    }

    /** Whether the next block is wholly in the buffer; looks at its head when that is. */
    private boolean blockIsHere() throws CaptureException {
        if (input.available() < SMALLEST_BLOCK) {
            return false;
        }
        byte[] buffer = input.buffer();
        int at = input.position();
        ByteLayout blockLayout = layout;
        blockType = layout.int32(buffer, at);
        if (blockType == SECTION) {
            ByteLayout section = sectionLayout(input);
            if (section == null) {
                throw damage("a section without byte order");
            }
            blockLayout = section;
        }
        blockLength = blockLayout.unsigned32(buffer, at + 4);
        if (blockLength < SMALLEST_BLOCK || blockLength % 4 != 0) {
            throw damage("a block length of " + blockLength + " bytes");
        }
        return blockLength <= input.available();
    }

    /** Brings the next block that matters into the buffer; false at the end of the file. */
    private boolean loadBlock() throws CaptureException {
        while (true) {
            if (!input.load(SMALLEST_BLOCK)) {
                return cut(input.available() > 0, false);
            }
            if (blockIsHere()) {
                return true;
            }
            if (blockType == SECTION || blockType == INTERFACE || isPacket()) {
                if (blockLength > LARGEST_BLOCK) {
                    throw damage("a block length of " + blockLength + " bytes");
                }
                return input.load((int) blockLength) || cut(true, isPacket());
            }
            if (!input.skip(blockLength)) {
                return cut(true, false);
            }
        }
    }

    private boolean isPacket() {
        return blockType == ENHANCED_PACKET || blockType == SIMPLE_PACKET || blockType == OBSOLETE_PACKET;
    }

    /** Reads the block, which is in the buffer; true for a packet, which is still to be stepped over. */
    private boolean readBlock() throws CaptureException {
        byte[] buffer = input.buffer();
        int at = input.position();
        int end = at + (int) blockLength - 4;
        if (blockType == SECTION) {
            beginSection(buffer, at);
        }
        if (layout.unsigned32(buffer, end) != blockLength) {
            throw damage("a block whose two lengths differ");
        }
        switch (blockType) {
            case ENHANCED_PACKET -> {
                requireBody(28, "a packet");
                readPacket(buffer, at, end, layout.unsigned32(buffer, at + 8));
                return true;
            }
            case OBSOLETE_PACKET -> {
                requireBody(28, "a packet");
                readPacket(buffer, at, end, layout.unsigned16(buffer, at + 8));
                return true;
            }
            case SIMPLE_PACKET -> {
                requireBody(12, "a packet");
                readSimplePacket(buffer, at, end);
                return true;
            }
            case INTERFACE -> {
                requireBody(16, "an interface");
                addInterface(buffer, at + 8, end);
            }
            default -> {}
        }
        input.position(at + (int) blockLength);
        return false;
    }

    private void requireBody(int headBytes, String what) throws CaptureException {
        if (blockLength < headBytes + 4) {
            throw damage("a block too short for " + what);
        }
    }

    private void beginSection(byte[] buffer, int at) throws CaptureException {
        ByteLayout section = sectionLayout(input);
        if (section == null || blockLength < 28) {
            throw damage("a block too short for a section");
        }
        int major = section.unsigned16(buffer, at + 12);
        if (major != 1) {
            throw new CaptureException(input.name() + ": pcapng version " + major + " is not supported");
        }
        layout = section;
        interfaces.clear();
    }

    private void addInterface(byte[] buffer, int body, int end) throws CaptureException {
        if (interfaces.size() == MOST_INTERFACES) {
            throw damage("more than " + MOST_INTERFACES + " interfaces");
        }
        try {
            interfaces.add(PcapngInterface.parse(buffer, body, end, layout));
        } catch (CaptureException e) {
            throw damage(e.getMessage());
        }
    }

    private void readPacket(byte[] buffer, int at, int end, long interfaceNumber) throws CaptureException {
        PcapngInterface source = interfaceOf(interfaceNumber);
        long length = layout.unsigned32(buffer, at + 20);
        if (length > MAX_CAPTURED || length > end - (at + 28)) {
            throw damage("a captured length of " + length + " bytes");
        }
        linkType = source.linkType();
        nanos = source.nanos(layout.unsigned32(buffer, at + 12) << 32 | layout.unsigned32(buffer, at + 16));
        packetAt = at + 28;
        captured = (int) length;
        original = TraceReader.wireLength(layout.unsigned32(buffer, at + 24));
    }

    /** A simple packet has no time: it gets that of the packet before, or 0 when it is the first. */
    private void readSimplePacket(byte[] buffer, int at, int end) throws CaptureException {
        PcapngInterface source = interfaceOf(0);
        long length = layout.unsigned32(buffer, at + 8);
        linkType = source.linkType();
        packetAt = at + 12;
        captured = (int) Math.min(Math.min(length, source.snapshot()), end - packetAt);
        original = TraceReader.wireLength(length);
    }

    private PcapngInterface interfaceOf(long number) throws CaptureException {
        if (number >= interfaces.size()) {
            throw damage("a packet of interface " + number + ", which is not described");
        }
        return interfaces.get((int) number);
    }

    /** Byte order of the section that begins at the input's position; null when it is neither. */
    private static @Nullable ByteLayout sectionLayout(TraceInput input) {
        for (ByteLayout layout : ByteLayout.values()) {
            if (layout.int32(input.buffer(), input.position() + 8) == BYTE_ORDER) {
                return layout;
            }
        }
        return null;
    }

    private boolean cut(boolean inBlock, boolean inPacket) {
        if (inPacket) {
            complaint = "file is cut short in the middle of a packet (record " + (packets + 1) + ")";
        } else if (inBlock) {
            complaint = "file is cut short in the middle of a block (after record " + packets + ")";
        }
        return false;
    }

    private CaptureException damage(@Nullable String what) {
        return new CaptureException(input.name() + ": file is damaged after record " + packets + ": " + what);
    }

    @Override
    public @Nullable String complaint() {
        return complaint;
    }
}
