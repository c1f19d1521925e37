package dev.tandem.core.shard;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IpSettings;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketDecoder;
import dev.tandem.core.packet.PacketNotes;

/**
 * Which shard a packet belongs to: by its pair of IP addresses, the same for both directions.
 *
 * <p>Not by ports: so fragments need no memory, whatever their order, an ICMP message is where the other messages of its
 * flow are, and FTP's data connections are with the control connection that announces them. The price is that the traffic of
 * two hosts with each other is never shared out. Of a tunnel the outer addresses count, so that all that it carries stays
 * together. ARP counts by the addresses it asks and tells of; what has no addresses goes to shard 0.
 *
 * <p>One thread.
 */
public final class AddressPairs {
    private static final int NO_ADDRESSES = 0;
    private static final int ARP_HEADER = 8;

    private final int shards;
    private final DecodedPacket packet = new DecodedPacket();
    private final PacketDecoder decoder;
    private long arpPair;

    /** @param shards how many there are, at least 1 */
    public AddressPairs(int shards) {
        this.shards = shards;
        IpSettings headersOnly = new IpSettings();
        headersOnly.ignoreChecksums = true;
        headersOnly.discarder = p -> true; // nothing behind the addresses is looked at, and no fragment is kept
        decoder = new PacketDecoder(new ArpOnly(), headersOnly);
    }

    /** 0 to the number of shards - 1. */
    public int shardOf(PacketBatch batch, int index) {
        arpPair = 0;
        decoder.decode(batch, index, packet);
        DecodedPacket p = packet;
        long pair = p.headerVersion != 0
                ? p.sourceHigh + p.destinationHigh + mix(p.sourceLow) + mix(p.destinationLow)
                : arpPair;
        return pair == 0 ? NO_ADDRESSES : (int) Long.remainderUnsigned(mix(pair), shards);
    }

    /** Spreads neighbouring addresses over all bits; Stafford's variant 13, as in {@link java.util.SplittableRandom}. */
    private static long mix(long bits) {
        long z = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Adds the two protocol addresses, which the decoder has found to be there. */
    private final class ArpOnly implements PacketNotes {
        @Override
        public void weird(DecodedPacket p, String name, String detail, String source) {}

        @Override
        public void unknownProtocol(DecodedPacket p, String source, long protocol) {}

        @Override
        public void arp(DecodedPacket p) {
            int hardware = p.data[p.at + 4] & 0xff;
            int protocol = p.data[p.at + 5] & 0xff;
            int sender = p.at + ARP_HEADER + hardware;
            arpPair = mix(address(p.data, sender, protocol))
                    + mix(address(p.data, sender + protocol + hardware, protocol));
        }

        private static long address(byte[] data, int at, int bytes) {
            long value = 0;
            for (int i = 0; i < bytes; i++) {
                value = value << 8 | data[at + i] & 0xff;
            }
            return value;
        }
    }
}
