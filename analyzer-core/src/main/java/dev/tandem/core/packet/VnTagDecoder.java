package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;

import org.jspecify.annotations.Nullable;

/** Cisco's VN-Tag (IEEE 802.1BR draft): four bytes of tag, then the type of the payload. */
final class VnTagDecoder extends LinkDecoder {
    VnTagDecoder(PacketNotes notes) {
        super("VNTAG", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= 6) {
            return weird(p, "truncated_vntag_header");
        }
        int type = u16(p.data, p.at + 4);
        p.at += 6;
        return next(p, type);
    }
}
