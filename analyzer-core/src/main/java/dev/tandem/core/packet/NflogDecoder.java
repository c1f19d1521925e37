package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u8;

import org.jspecify.annotations.Nullable;

/** Linux NFLOG: an address family, then type-length-value fields of which one is the packet (LINKTYPE_NFLOG). */
final class NflogDecoder extends LinkDecoder {
    private static final int PAYLOAD = 9;

    NflogDecoder(PacketNotes notes) {
        super("NFLOG", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= 4) {
            return weird(p, "truncated_nflog_header");
        }
        int family = u8(p.data, p.at);
        if (p.data[p.at + 1] != 0) {
            return weird(p, "unknown_nflog_version");
        }
        p.at += 4;
        while (p.remaining() > 4) {
            int length = littleEndian16(p, p.at);
            int type = littleEndian16(p, p.at + 2);
            if (type == PAYLOAD) {
                p.at += 4;
                return next(p, family);
            }
            if (length < 4) {
                return weird(p, "nflog_bad_tlv_len");
            }
            int padded = length + 3 & ~3;
            if (padded > p.remaining()) {
                notes.weird(p, "nflog_bad_tlv_len", "(" + padded + " > " + p.remaining() + ")", name());
                return null;
            }
            p.at += padded;
        }
        return weird(p, "nflog_no_pcap_payload");
    }

    /** The fields come in the byte order of the capturing host; every host that runs this is little-endian. */
    private static int littleEndian16(DecodedPacket p, int at) {
        return u8(p.data, at) | u8(p.data, at + 1) << 8;
    }
}
