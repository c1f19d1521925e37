package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import org.jspecify.annotations.Nullable;

/** IEEE 802 SNAP behind an LLC header: dispatches by organisation and protocol together. */
final class SnapDecoder extends LinkDecoder {
    SnapDecoder(PacketNotes notes) {
        super("SNAP", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() < 3) {
            return weird(p, "truncated_snap_llc_header");
        }
        int llc = LlcDecoder.headerBytes(p);
        if (p.remaining() < llc + 5) {
            return weird(p, "truncated_snap_header");
        }
        p.at += llc;
        long organisation = (long) u8(p.data, p.at) << 16 | u16(p.data, p.at + 1);
        long protocol = organisation << 16 | u16(p.data, p.at + 3);
        p.at += 5;
        return next(p, protocol);
    }
}
