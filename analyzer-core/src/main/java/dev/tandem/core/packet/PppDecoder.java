package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;

import org.jspecify.annotations.Nullable;

/** PPP with or without HDLC-like framing (RFC 1661, RFC 1662), or always with it (serial). */
final class PppDecoder extends LinkDecoder {
    private static final int HDLC = 0xff03;

    private final boolean serial;

    PppDecoder(PacketNotes notes, boolean serial) {
        super(serial ? "PPPSERIAL" : "PPP", notes);
        this.serial = serial;
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= 2) {
            return weird(p, serial ? "truncated_ppp_serial_header" : "truncated_ppp_header");
        }
        if (serial || u16(p.data, p.at) == HDLC) {
            if (p.remaining() <= 4) {
                return weird(p, serial ? "truncated_ppp_serial_header" : "truncated_ppp_hdlc_header");
            }
            p.at += 2;
        }
        int protocol = u16(p.data, p.at);
        p.at += 2;
        return next(p, protocol);
    }
}
