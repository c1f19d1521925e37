package dev.tandem.core.packet;

import dev.tandem.core.value.Addr;
import org.jspecify.annotations.Nullable;

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

    /** The upper four bits of the tags: three of priority, then drop eligible. */
    public int vlanControl;

    public int innerVlanControl;

    public int etherType;

    /** PPPoE session id, of the outermost such header; -1 when there is none. */
    public int pppoeSession;

    /** 4 or 6; 0 until an IP header was accepted. */
    public int ipVersion;

    /** 4 or 6 once an IP header was read, good or bad; its fields are valid then. */
    public int headerVersion;

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

    /** The tunnels it came through; null for a packet as captured. */
    public @Nullable Encapsulation encapsulation;

    private @Nullable Decoder later;
    private int laterAt;
    private int laterEnd;

    private final Decoder[] layers = new Decoder[MAX_LAYERS];
    private int depth;

    /** As zeek's PacketAnalyzer::max_depth: bounds hostile nesting. */
    static final int MAX_LAYERS = 15;

    public void begin(PacketBatch batch, int packet) {
        reset();
        encapsulation = null;
        depth = 0;
        frame = batch.data();
        data = frame;
        frameStart = batch.offset(packet);
        frameCaptured = batch.capturedBytes(packet);
        frameWire = batch.originalBytes(packet);
        linkType = batch.linkType();
        timeNanos = batch.timeNanos(packet);
        at = frameStart;
        end = frameStart + frameCaptured;
    }

    private void reset() {
        linkSource = -1;
        linkDestination = -1;
        vlan = -1;
        innerVlan = -1;
        etherType = 0;
        pppoeSession = -1;
        ipVersion = 0;
        headerVersion = 0;
        reassembled = false;
        oneWay = false;
        processed = false;
        later = null;
    }

    /**
     * Begins a packet that another one carries.
     *
     * @param from where it begins in the carrier's {@link #data}
     * @param bytes how much of it is there
     * @param wireBytes how long it was, when the carrier was cut short
     */
    public void beginInside(
            DecodedPacket carrier, int from, int bytes, int wireBytes, @Nullable Encapsulation tunnels) {
        reset();
        frame = carrier.data;
        data = frame;
        frameStart = from;
        frameCaptured = bytes;
        frameWire = wireBytes;
        linkType = LinkType.RAW;
        timeNanos = carrier.timeNanos;
        at = from;
        end = from + bytes;
        encapsulation = tunnels;
        depth = carrier.depth;
        System.arraycopy(carrier.layers, 0, layers, 0, depth);
    }

    /** Puts the cursor on an IP header that is to be read and nothing else. */
    public void beginHeader(byte[] bytes, int from, int count) {
        data = bytes;
        at = from;
        end = from + count;
    }

    /** There is more in the frame, to be decoded after what is decoded now. */
    void laterFrames(Decoder decoder, int from, int to) {
        later = decoder;
        laterAt = from;
        laterEnd = to;
    }

    boolean hasNextFrame() {
        return later != null;
    }

    /** Puts the cursor on what {@link #laterFrames} left; null when that is nothing. */
    @Nullable
    Decoder nextFrame() {
        Decoder next = later;
        if (next != null) {
            later = null;
            data = frame;
            at = laterAt;
            end = laterEnd;
            ipVersion = 0;
            headerVersion = 0;
            reassembled = false;
            oneWay = false;
        }
        return next;
    }

    /** Bytes between cursor and end. */
    public int remaining() {
        return end - at;
    }

    /** Notes a layer that is no decoder's, for {@link #layer}. */
    public void enter(String name) {
        enter(new NamedLayer(name));
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

    private record NamedLayer(String name) implements Decoder {
        @Override
        public @Nullable Decoder decode(DecodedPacket p) {
            return null;
        }
    }

    public Addr source() {
        return ipVersion == 4 ? Addr.v4((int) sourceLow) : Addr.v6(sourceHigh, sourceLow);
    }

    public Addr destination() {
        return ipVersion == 4 ? Addr.v4((int) destinationLow) : Addr.v6(destinationHigh, destinationLow);
    }
}
