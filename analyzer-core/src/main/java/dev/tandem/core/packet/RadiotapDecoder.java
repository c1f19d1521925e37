package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u8;

import org.jspecify.annotations.Nullable;

/** The header that capturing wireless cards put before frames (radiotap): skipped by its length, which is little-endian. */
final class RadiotapDecoder extends LinkDecoder {
    private final Decoder frame;

    RadiotapDecoder(PacketNotes notes, Decoder frame) {
        super("IEEE802_11_RADIO", notes);
        this.frame = frame;
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= 3) {
            return weird(p, "truncated_radiotap_header");
        }
        int length = u8(p.data, p.at + 2) | u8(p.data, p.at + 3) << 8;
        if (length >= p.remaining()) {
            return weird(p, "truncated_radiotap_header");
        }
        p.at += length;
        return frame;
    }
}
