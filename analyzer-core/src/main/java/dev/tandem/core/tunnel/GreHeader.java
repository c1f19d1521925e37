package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.InnerPacket;
import dev.tandem.core.packet.IpProtocol;
import org.jspecify.annotations.Nullable;

/**
 * GRE (RFC 2784, RFC 1701 without routing), with PPTP's variant (RFC 2637), bridged Ethernet, ERSPAN and the wireless frames
 * of Aruba access points inside (zeek {@code packet_analysis/protocol/gre/GRE.cc}).
 *
 * <pre>
 *   0        1        2        3
 *  +--------+--------+-----------------+
 *  |CRKS....|A....ver|  protocol type  |  0
 *  |  checksum (C), key (K), sequence (S), acknowledgement (A): four bytes each
 *  +-----------------------------------+
 * </pre>
 */
public final class GreHeader implements TunnelParser {
    private static final int HEADER = 4;
    private static final int ETHERNET_HEADER = 14;
    private static final int PPTP_HEADER = 4;
    private static final int SEQUENCE = 0x1000;
    private static final int ROUTING = 0x4000;
    private static final int UNDEFINED = 0x0078;
    private static final int PPTP = 0x880b;
    private static final int ERSPAN = 0x88be;
    private static final int ERSPAN_3 = 0x22eb;
    private static final int ERSPAN_3_HEADER = 12;

    private final TunnelHeader header = new TunnelHeader();

    private static int length(int flags) {
        int bytes = HEADER;
        bytes += (flags & 0x8000) != 0 ? 4 : 0;
        bytes += (flags & 0x2000) != 0 ? 4 : 0;
        bytes += (flags & SEQUENCE) != 0 ? 4 : 0;
        bytes += (flags & 0x0080) != 0 ? 4 : 0;
        return bytes;
    }

    /** {@link TunnelHeader#innerProtocol} is an Ethernet type, or for PPTP an IP protocol number. */
    @Override
    public TunnelHeader parse(byte[] data, int at, int end) {
        header.begin(at, end);
        int left = end - at;
        if (left < HEADER) {
            header.weird("truncated_GRE", "");
            return header;
        }
        int flags = u16(data, at);
        int type = u16(data, at + 2);
        int version = flags & 7;
        if (version > 1) {
            header.weird("unknown_gre_version", "version=" + version);
            return header;
        }
        int length = length(flags);
        InnerPacket inner = InnerPacket.IP;
        int frame = 0;
        String problem = null;
        if (version == 1) {
            length += PPTP_HEADER;
            if (type != PPTP) {
                header.weird("egre_protocol_type", "proto=" + type);
                return header;
            }
        } else {
            inner = inner(type);
            if (inner == InnerPacket.ETHERNET) {
                frame = ETHERNET_HEADER;
                int before = monitoringBytes(type, flags, data, at + length, end);
                problem = before < 0 ? "truncated_GRE" : null;
                length += Math.max(0, before);
            } else if (inner == InnerPacket.IEEE802_11 && left <= length) {
                problem = "truncated_GRE";
            }
        }
        if (problem == null) {
            problem = problem(flags, left, length + frame);
        }
        if (problem != null) {
            header.weird(problem, "");
        } else if (version == 1) {
            pointToPoint(data, at + length);
        } else {
            header.innerProtocol = type;
            header.carries(inner, at + length);
        }
        return header;
    }

    private static @Nullable String problem(int flags, int left, int needed) {
        if ((flags & ROUTING) != 0) {
            return "gre_routing";
        }
        if ((flags & UNDEFINED) != 0) {
            return "unknown_gre_flags";
        }
        return left < needed ? "truncated_GRE" : null;
    }

    private static InnerPacket inner(int type) {
        return switch (type) {
            case ERSPAN, ERSPAN_3, EtherPayloads.TRANSPARENT_BRIDGING -> InnerPacket.ETHERNET;
            default -> isAruba(type) ? InnerPacket.IEEE802_11 : InnerPacket.IP;
        };
    }

    private static boolean isAruba(int type) {
        return (type & 0x8200) == 0x8200 && (type & 0xf) == 0
                || (type & 0x8300) == 0x8300 && (type & 0xf) == 0 && type <= 0x8370
                || type == 0x9000;
    }

    /** The bytes of ERSPAN's own header between GRE's and the mirrored frame; -1 when something is missing. */
    private static int monitoringBytes(int type, int flags, byte[] data, int at, int end) {
        int left = end - at;
        if (left <= ETHERNET_HEADER) {
            return -1;
        }
        if (type == ERSPAN) {
            // Its first version has no header, and no sequence number either.
            int bytes = (flags & SEQUENCE) != 0 ? 8 : 0;
            return left < ETHERNET_HEADER + bytes ? -1 : bytes;
        }
        if (type != ERSPAN_3) {
            return 0;
        }
        if (left <= ETHERNET_HEADER + ERSPAN_3_HEADER) {
            return -1;
        }
        boolean platform = (data[at + ERSPAN_3_HEADER - 1] & 1) != 0;
        int bytes = ERSPAN_3_HEADER + (platform ? 8 : 0);
        return platform && left <= bytes + ETHERNET_HEADER ? -1 : bytes;
    }

    private void pointToPoint(byte[] data, int content) {
        int protocol = u16(data, content - 2);
        if (protocol != 0x0021 && protocol != 0x0057) {
            header.weird("non_ip_packet_in_encap", "");
            return;
        }
        header.innerProtocol = protocol == 0x0021 ? IpProtocol.IPV4 : IpProtocol.IPV6;
        header.carries(InnerPacket.IP, content);
    }

    /** Whether the packet that {@link #parse} accepted is of version 1, whose content is checked to be IP. */
    public static boolean isPptp(byte[] data, int at) {
        return (u8(data, at + 1) & 7) == 1;
    }
}
