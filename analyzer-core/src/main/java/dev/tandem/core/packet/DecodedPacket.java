package dev.tandem.core.packet;

import dev.tandem.core.value.Addr;

/**
 * What the decoders know about the packet at hand: one object per engine, written again for every packet, so that no
 * packet costs an allocation. Engine thread only; whoever keeps a byte of it copies.
 *
 * <p>The cursor {@code [at, end)} in {@link #data} is what the next decoder looks at. After an IP packet was decoded it
 * stands on the transport header, and {@code end} leaves out link-layer padding.
 */
public final class DecodedPacket {
    /** As captured. */
    public byte[] frame = {};

    public int frameStart;
    public int frameCaptured;

    /** Length on the wire. */
    public int frameWire;

    public int linkType;

    /** Nanoseconds since 1970. */
    public long timeNanos;

    /** The bytes the cursor is in: {@link #frame}, or a reassembled IP packet. */
    public byte[] data = {};

    public int at;
    public int end;

    /** Where in {@link #frame} the link-layer addresses are; -1 when there are none. */
    public int linkSource;

    public int linkDestination;

    /** VLAN ids, outer tag first; -1 when untagged. */
    public int vlan;

    public int innerVlan;

    public int etherType;

    /** 4 or 6; 0 until an IP header was accepted. */
    public int ipVersion;

    public int ipAt;

    /** With options or extension headers. */
    public int ipHeaderBytes;

    /** As the header says; 0 when segmentation offloading left it empty. */
    public int ipTotalBytes;

    /** {@link #ipTotalBytes} less headers, 0 for an empty length field; may be less or more than what was captured. */
    public int ipPayloadBytes;

    /** What follows the IP header and its extension headers. */
    public int protocol;

    public int hopLimit;
    public boolean dontFragment;
    public boolean moreFragments;

    /** In bytes. */
    public int fragmentOffset;

    public boolean fragment;

    /** Set when {@link #data} is a packet put together from fragments. */
    public boolean reassembled;

    public long fragmentId;
    public int flowLabel;

    /** 1 for IPv4, 1 and the number of extension headers for IPv6. */
    public int ipHeaders;

    /** The last header of an IPv6 chain, 255 for IPv4. */
    public int lastHeader;

    /** Where {@link #lastHeader} begins. */
    public int lastHeaderAt;

    /** Addresses as 128 bits (IPv4 mapped), a home address or a routing header's last hop already applied. */
    public long sourceHigh;

    public long sourceLow;
    public long destinationHigh;
    public long destinationLow;

    /** The source in the IP header itself. */
    public long headerSourceHigh;

    public long headerSourceLow;

    /** Host order; for ICMP the type and its counterpart. */
    public int sourcePort;

    public int destinationPort;

    /** Set for ICMP messages that have no answer: they belong to the flow of this direction only. */
    public boolean oneWay;

    /** Whether some analysis took the packet (zeek {@code Packet::processed}). */
    public boolean processed;

    private final Decoder[] layers = new Decoder[MAX_LAYERS];
    private int depth;

    /** As zeek's PacketAnalyzer::max_depth: bounds hostile nesting. */
    static final int MAX_LAYERS = 15;

    public void begin(PacketBatch batch, int packet) {
        frame = batch.data();
        data = frame;
        frameStart = batch.offset(packet);
        frameCaptured = batch.capturedBytes(packet);
        frameWire = batch.originalBytes(packet);
        linkType = batch.linkType();
        timeNanos = batch.timeNanos(packet);
        at = frameStart;
        end = frameStart + frameCaptured;
        linkSource = -1;
        linkDestination = -1;
        vlan = -1;
        innerVlan = -1;
        etherType = 0;
        ipVersion = 0;
        reassembled = false;
        oneWay = false;
        processed = false;
        depth = 0;
    }

    /** Bytes between cursor and end. */
    public int remaining() {
        return end - at;
    }

    boolean enter(Decoder decoder) {
        if (depth == MAX_LAYERS) {
            return false;
        }
        layers[depth++] = decoder;
        return true;
    }

    public int layers() {
        return depth;
    }

    /** Name of the decoder at that depth, outermost first. */
    public String layer(int index) {
        return layers[index].name();
    }

    public Addr source() {
        return ipVersion == 4 ? Addr.v4((int) sourceLow) : Addr.v6(sourceHigh, sourceLow);
    }

    public Addr destination() {
        return ipVersion == 4 ? Addr.v4((int) destinationLow) : Addr.v6(destinationHigh, destinationLow);
    }
}
