package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

/**
 * The IPv4 header (RFC 791).
 *
 * <pre>
 *   0        1        2        3
 *  +----+---+--------+-----------------+
 *  |ver |len|  TOS   |  total length   |  0
 *  +----+---+--------+---+-------------+
 *  | identification  |flg|frag. offset |  4
 *  +--------+--------+---+-------------+
 *  |  TTL   |protocol| header checksum |  8
 *  +--------+--------+-----------------+
 *  |             source                | 12
 *  |           destination             | 16
 *  |         options, if any           | 20
 * </pre>
 */
final class Ipv4Header {
    static final int BYTES = 20;
    private static final long MAPPED = 0xffff_0000_0000L;

    private Ipv4Header() {}

    /** Fills in the packet's IP fields from the 20 bytes at the cursor; judges nothing. */
    static void read(DecodedPacket p) {
        byte[] data = p.data;
        int at = p.at;
        p.ipAt = at;
        p.ipHeaderBytes = (data[at] & 0xf) * 4;
        p.ipTotalBytes = u16(data, at + 2);
        p.ipPayloadBytes = p.ipTotalBytes == 0 ? 0 : p.ipTotalBytes - p.ipHeaderBytes & 0xffff;
        p.fragmentId = u16(data, at + 4);
        int flags = u16(data, at + 6);
        p.dontFragment = (flags & 0x4000) != 0;
        p.moreFragments = (flags & 0x2000) != 0;
        p.fragmentOffset = (flags & 0x1fff) * 8;
        p.fragment = (flags & 0x3fff) != 0;
        p.hopLimit = u8(data, at + 8);
        p.protocol = u8(data, at + 9);
        p.flowLabel = 0;
        p.ipHeaders = 1;
        p.lastHeader = IpProtocol.RAW;
        p.lastHeaderAt = at;
        p.sourceHigh = 0;
        p.sourceLow = MAPPED | u32(data, at + 12);
        p.destinationHigh = 0;
        p.destinationLow = MAPPED | u32(data, at + 16);
        p.headerSourceHigh = 0;
        p.headerSourceLow = p.sourceLow;
    }
}
