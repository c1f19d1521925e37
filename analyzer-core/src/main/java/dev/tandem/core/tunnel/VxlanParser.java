package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.i32;

import dev.tandem.core.packet.InnerPacket;

/**
 * VXLAN (RFC 7348): an Ethernet frame behind eight bytes.
 *
 * <pre>
 *   0        1        2        3
 *  +--------+--------------------------+
 *  |....I...|         reserved         |  0
 *  |   network identifier     |reserved|  4
 *  +--------------------------+--------+
 * </pre>
 */
public final class VxlanParser implements TunnelParser {
    private static final int HEADER = 8;
    private static final int HAS_NETWORK = 0x08;

    private final TunnelHeader header = new TunnelHeader();

    @Override
    public TunnelHeader parse(byte[] data, int at, int end) {
        header.begin(at, end);
        if (end - at < HEADER) {
            header.violation("VXLAN header truncation");
        } else if ((data[at] & HAS_NETWORK) == 0) {
            header.violation("VXLAN 'I' flag not set");
        } else if (end - at == HEADER) {
            header.empty("vxlan_empty_packet");
        } else {
            header.network = i32(data, at + 4) >>> 8;
            header.carries(InnerPacket.ETHERNET, at + HEADER);
        }
        return header;
    }
}
