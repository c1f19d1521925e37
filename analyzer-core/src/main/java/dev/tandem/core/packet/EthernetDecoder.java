package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;

import org.jspecify.annotations.Nullable;

/**
 * Ethernet II and IEEE 802.3 (zeek {@code packet_analysis/protocol/ethernet}).
 *
 * <pre>
 *  0            6            12     14
 *  +------------+------------+------+---
 *  | destination| source     | type | payload
 *  +------------+------------+------+---
 * </pre>
 */
final class EthernetDecoder extends LinkDecoder {
    private static final int HEADER = 14;
    private static final int FABRIC_PATH_HEADER = 16;

    EthernetDecoder(PacketNotes notes) {
        super("ETHERNET", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= 16) {
            return weird(p, "truncated_ethernet_frame");
        }
        int type = u16(p.data, p.at + 12);
        if (type == EtherTypes.FABRIC_PATH) {
            // Cisco puts a whole frame behind a frame header of the same shape.
            if (p.remaining() <= FABRIC_PATH_HEADER + HEADER) {
                return weird(p, "truncated_link_header_cfp");
            }
            p.at += FABRIC_PATH_HEADER;
            type = u16(p.data, p.at + 12);
        }
        p.etherType = type;
        p.linkDestination = p.at;
        p.linkSource = p.at + 6;
        p.at += HEADER;
        if (type >= EtherTypes.FIRST_TYPE) {
            return next(p, type);
        }
        if (type <= EtherTypes.LONGEST_LENGTH) {
            return lengthFramed(p, type, "truncated_ethernet_frame");
        }
        return weird(p, "undefined_ether_type");
    }
}
