package dev.tandem.core.tunnel;

import dev.tandem.core.packet.InnerPacket;

/** What tunnels carry that name their content by an Ethernet type. */
final class EtherPayloads {
    static final int TRANSPARENT_BRIDGING = 0x6558;
    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;
    private static final int ARP = 0x0806;

    private EtherPayloads() {}

    static InnerPacket of(int type) {
        return switch (type) {
            case TRANSPARENT_BRIDGING -> InnerPacket.ETHERNET;
            case IPV4, IPV6 -> InnerPacket.IP;
            case ARP -> InnerPacket.ARP;
            default -> InnerPacket.NOTHING_KNOWN;
        };
    }
}
