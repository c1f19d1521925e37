package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.i32;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

/**
 * Geneve (RFC 8926): any protocol with an Ethernet type, behind a header with options.
 *
 * <pre>
 *   0        1        2        3
 *  +--------+--------+-----------------+
 *  |v|length|OC......|  protocol type  |  0
 *  |   network identifier     |reserved|  4
 *  |     options, length times 4       |  8
 *  +-----------------------------------+
 * </pre>
 */
public final class GeneveParser implements TunnelParser {
    private static final int HEADER = 8;

    private final TunnelHeader header = new TunnelHeader();

    @Override
    public TunnelHeader parse(byte[] data, int at, int end) {
        header.begin(at, end);
        if (end - at < HEADER) {
            header.violation("Geneve header truncation");
            return header;
        }
        int version = u8(data, at) >>> 6;
        if (version != 0) {
            header.weird("geneve_invalid_version", Integer.toString(version));
            return header;
        }
        int length = HEADER + (data[at] & 0x3f) * 4;
        if (end - at < length) {
            header.violation("Geneve option header truncation");
        } else if (end - at == length) {
            header.empty("geneve_empty_packet");
        } else {
            int type = u16(data, at + 2);
            header.network = i32(data, at + 4) >>> 8;
            header.innerProtocol = type;
            header.carries(EtherPayloads.of(type), at + length);
        }
        return header;
    }
}
