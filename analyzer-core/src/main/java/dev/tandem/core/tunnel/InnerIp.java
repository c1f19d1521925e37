package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.IpProtocol;

/** Whether bytes are an IP packet, and just that long (zeek {@code packet_analysis/protocol/ip/IP.cc}, ParsePacket). */
public enum InnerIp {
    GOOD,
    WRONG_PROTOCOL,
    /** Less is there than the header says. */
    CUT_SHORT,
    /** More is there than the header says. */
    TOO_LONG;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    /** @param protocol what the carrier says: IPv4 or IPv6 as an IP protocol number */
    public static InnerIp check(byte[] data, int at, int end, int protocol) {
        int there = end - at;
        int total;
        if (protocol == IpProtocol.IPV6) {
            if (there < IPV6_HEADER) {
                return CUT_SHORT;
            }
            if (u8(data, at) >>> 4 != 6) {
                return WRONG_PROTOCOL;
            }
            total = u16(data, at + 4) + IPV6_HEADER;
        } else {
            if (protocol != IpProtocol.IPV4 || there < IPV4_HEADER || u8(data, at) >>> 4 != 4) {
                return WRONG_PROTOCOL;
            }
            total = u16(data, at + 2);
        }
        return there == total ? GOOD : there < total ? CUT_SHORT : TOO_LONG;
    }
}
