package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u8;

import org.jspecify.annotations.Nullable;

/** ARP and reverse ARP (RFC 826): checks that the whole message is there and hands it on. */
final class ArpDecoder extends LinkDecoder {
    private static final int HEADER = 8;

    ArpDecoder(PacketNotes notes) {
        super("ARP", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() < HEADER || p.remaining() < HEADER + 2 * (u8(p.data, p.at + 4) + u8(p.data, p.at + 5))) {
            return weird(p, "truncated_ARP");
        }
        p.processed = true;
        notes.arp(p);
        return null;
    }
}
