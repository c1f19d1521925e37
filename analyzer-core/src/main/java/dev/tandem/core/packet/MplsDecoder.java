package dev.tandem.core.packet;

import org.jspecify.annotations.Nullable;

/** An MPLS label stack (RFC 3032). It does not say what it carries; that is taken to be IP, as Zeek does. */
final class MplsDecoder extends LinkDecoder {
    private final Decoder payload;

    MplsDecoder(PacketNotes notes, Decoder payload) {
        super("MPLS", notes);
        this.payload = payload;
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        boolean bottom = false;
        while (!bottom) {
            if (p.remaining() <= 4) {
                return weird(p, "truncated_link_header");
            }
            bottom = (p.data[p.at + 2] & 1) != 0;
            p.at += 4;
        }
        return payload;
    }
}
