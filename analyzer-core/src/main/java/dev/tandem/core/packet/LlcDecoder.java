package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u8;

import org.jspecify.annotations.Nullable;

/** IEEE 802.2 LLC: dispatches by destination SAP, the header left in place. */
final class LlcDecoder extends LinkDecoder {
    LlcDecoder(PacketNotes notes) {
        super("LLC", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() < 3 || p.remaining() < headerBytes(p)) {
            return weird(p, "truncated_llc_header");
        }
        return next(p, u8(p.data, p.at));
    }

    /** 3, or 4 when the control field is not that of an unnumbered frame; needs 3 bytes at the cursor. */
    static int headerBytes(DecodedPacket p) {
        return (p.data[p.at + 2] & 3) == 3 ? 3 : 4;
    }
}
