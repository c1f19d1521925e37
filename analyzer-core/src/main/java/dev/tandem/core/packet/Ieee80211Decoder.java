package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import org.jspecify.annotations.Nullable;

/**
 * Data frames of wireless networks (IEEE 802.11). A frame may carry several packets, each behind a header of its own
 * (A-MSDU): the others wait in the packet until the first was dealt with (zeek {@code packet_analysis/protocol/ieee802_11}).
 *
 * <pre>
 *  0       2        4            10           16           22    24
 *  +-------+--------+------------+------------+------------+-----+--------------+-----+---
 *  |control|duration| address 1  | address 2  | address 3  | seq | address 4(*) |QoS(*)| LLC, SNAP
 *  +-------+--------+------------+------------+------------+-----+--------------+-----+---
 * </pre>
 */
final class Ieee80211Decoder extends LinkDecoder {
    private static final int HEADER = 24;
    private static final int MAC_BYTES = 6;
    private static final int SUBFRAME_HEADER = 14;
    private static final int SNAP_HEADER = 8;
    private static final int DATA = 0x08;
    private static final int NO_DATA = 0x40;
    private static final int QUALITY_OF_SERVICE = 0x80;
    private static final int PROTECTED = 0x40;
    private static final int BOTH_DISTRIBUTION_BITS = 3;

    private final Decoder subframe = new Subframe();

    Ieee80211Decoder(PacketNotes notes) {
        super("IEEE802_11", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= HEADER) {
            return weird(p, "truncated_802_11_header");
        }
        int control = u8(p.data, p.at);
        int flags = u8(p.data, p.at + 1);
        if ((control & DATA) == 0 || (control & NO_DATA) != 0) {
            return null;
        }
        int header = HEADER + ((flags & BOTH_DISTRIBUTION_BITS) == BOTH_DISTRIBUTION_BITS ? MAC_BYTES : 0);
        if (p.remaining() <= header) {
            return weird(p, "truncated_802_11_header");
        }
        boolean several = false;
        if ((control & QUALITY_OF_SERVICE) != 0) {
            several = (p.data[p.at + header] & 0x80) != 0;
            if ((flags & PROTECTED) != 0) {
                return null;
            }
            header += 2;
        }
        if (p.remaining() <= header) {
            return weird(p, "truncated_802_11_header");
        }
        addresses(p, flags & BOTH_DISTRIBUTION_BITS);
        p.at += header;
        return several ? subframe : packet(p);
    }

    /** Which address means what depends on whether the frame goes to, from or through the distribution system. */
    private static void addresses(DecodedPacket p, int distribution) {
        p.linkSource = p.at
                + switch (distribution) {
                    case 2 -> 16;
                    case 3 -> 24;
                    default -> 10;
                };
        p.linkDestination = p.at + (distribution == 1 || distribution == 3 ? 16 : 4);
    }

    /** Behind LLC and SNAP headers comes an Ethernet type; anything else is left alone. */
    private @Nullable Decoder packet(DecodedPacket p) {
        if (p.remaining() < SNAP_HEADER) {
            return weird(p, "truncated_802_11_llc_header");
        }
        int at = p.at;
        if (NetworkOrder.i32(p.data, at) != 0xaaaa0300 || u16(p.data, at + 4) != 0) {
            return null;
        }
        p.at += SNAP_HEADER;
        return next(p, u16(p.data, at + 6));
    }

    /** The next packet of several. */
    private final class Subframe implements Decoder {
        @Override
        public String name() {
            return Ieee80211Decoder.this.name();
        }

        @Override
        public @Nullable Decoder decode(DecodedPacket p) {
            if (p.remaining() < SUBFRAME_HEADER) {
                return weird(p, "truncated_802_11_amsdu_header");
            }
            int length = u16(p.data, p.at + 12);
            if (p.remaining() < SUBFRAME_HEADER + length) {
                return weird(p, "truncated_802_11_amsdu_packet");
            }
            int end = p.at + SUBFRAME_HEADER + length;
            int padding = length % 4;
            int next = end + (p.end - end >= padding ? padding : 0);
            if (next < p.end) {
                p.laterFrames(this, next, p.end);
            }
            p.at += SUBFRAME_HEADER;
            p.end = end;
            return packet(p);
        }
    }
}
