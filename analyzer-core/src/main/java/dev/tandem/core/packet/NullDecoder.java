package dev.tandem.core.packet;

import org.jspecify.annotations.Nullable;

/** BSD loopback: an address family in the byte order of the capturing host (NULL) or network order (LOOP), then the packet. */
final class NullDecoder extends LinkDecoder {
    NullDecoder(PacketNotes notes) {
        super("NULL", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= 4) {
            return weird(p, "null_analyzer_failed");
        }
        int family = NetworkOrder.i32(p.data, p.at);
        // Only small numbers are address families: a swapped one comes from a host of the other byte order.
        boolean swapped = (family & 0xffff_0000) != 0;
        p.at += 4;
        return next(p, (swapped ? Integer.reverseBytes(family) : family) & 0xffff_ffffL);
    }
}
