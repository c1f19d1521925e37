package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;

import org.jspecify.annotations.Nullable;

/** PPP over Ethernet, session stage (RFC 2516). */
final class PppoeDecoder extends LinkDecoder {
    PppoeDecoder(PacketNotes notes) {
        super("PPPOE", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= 8) {
            return weird(p, "truncated_pppoe_header");
        }
        if (p.pppoeSession < 0) {
            p.pppoeSession = u16(p.data, p.at + 2);
        }
        int payload = u16(p.data, p.at + 4);
        int protocol = u16(p.data, p.at + 6);
        int present = p.remaining() - 6;
        if (payload < present) {
            notes.weird(p, "pppoe_extra_data_after_payload", "", name());
        } else if (payload > present) {
            notes.weird(p, "pppoe_truncated_payload", "", name());
        }
        p.at += 8;
        p.end = Math.min(p.end, p.at + Math.max(0, payload - 2));
        return next(p, protocol);
    }
}
