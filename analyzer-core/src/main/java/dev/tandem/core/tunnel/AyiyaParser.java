package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.InnerPacket;
import dev.tandem.core.packet.IpProtocol;

/**
 * AYIYA (draft-massar-v6ops-ayiya-02): IP behind a header with an identity and a signature, whose lengths its first bytes
 * give.
 */
public final class AyiyaParser implements TunnelParser {
    private static final int HEADER = 8;
    private static final int FORWARD = 1;

    private final TunnelHeader header = new TunnelHeader();

    @Override
    public TunnelHeader parse(byte[] data, int at, int end) {
        header.begin(at, end);
        if (end - at < HEADER) {
            header.violation("Truncated AYIYA");
            return header;
        }
        int identity = 1 << (u8(data, at) >>> 4);
        int signature = (u8(data, at + 1) >>> 4) * 4;
        int length = HEADER + identity + signature;
        if (end - at < length) {
            header.violation("Truncated AYIYA");
        } else if ((data[at + 2] & 0xf) == FORWARD) {
            int next = u8(data, at + 3);
            header.innerProtocol = next;
            if (end - at == length) {
                header.empty("ayiya_empty_packet");
            } else {
                boolean ip = next == IpProtocol.IPV4 || next == IpProtocol.IPV6;
                header.carries(ip ? InnerPacket.IP : InnerPacket.NOTHING_KNOWN, at + length);
            }
        }
        return header;
    }

    /** An identity and a signature of the usual kinds, and a forwarded packet. */
    @Override
    public boolean detects(byte[] data, int at, int end) {
        return end - at >= 3 && data[at + 1] == 0x52 && data[at + 2] == 0x11;
    }
}
