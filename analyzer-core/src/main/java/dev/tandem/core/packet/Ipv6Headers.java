package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.i32;
import static dev.tandem.core.packet.NetworkOrder.i64;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

/**
 * The IPv6 header and its chain of extension headers (RFC 8200), with the home address and the routing header of Mobile
 * IPv6 (RFC 6275) applied to the addresses. The chain stops at a fragment, ESP or mobility header, and before a header
 * that was not captured whole (zeek {@code src/IP.cc}, IPv6_Hdr_Chain).
 *
 * <pre>
 *   0        1        2        3
 *  +----+--------+---------------------+
 *  |ver | class  |     flow label      |  0
 *  +----+--------+----+-------+--------+
 *  | payload length   | next  |  hops  |  4
 *  +------------------+-------+--------+
 *  |              source               |  8
 *  |           destination             | 24
 * </pre>
 */
public final class Ipv6Headers {
    static final int BYTES = 40;
    private static final String SOURCE = "";
    private static final int HOME_ADDRESS = 201;

    private final PacketNotes notes;
    private boolean homeAddressSeen;
    private boolean finalHopSeen;

    Ipv6Headers(PacketNotes notes) {
        this.notes = notes;
    }

    /**
     * Fills in the packet's IP fields from the headers at the cursor.
     *
     * @param afterFragments what a next-header value of FRAGMENT stands for in a reassembled packet, whose fragment header
     *     is gone; -1 in a packet as captured
     */
    void read(DecodedPacket p, int afterFragments) {
        byte[] data = p.data;
        int at = p.at;
        p.ipAt = at;
        p.ipTotalBytes = u16(data, at + 4) + BYTES;
        p.flowLabel = i32(data, at) & 0xfffff;
        p.hopLimit = u8(data, at + 7);
        p.sourceHigh = i64(data, at + 8);
        p.sourceLow = i64(data, at + 16);
        p.destinationHigh = i64(data, at + 24);
        p.destinationLow = i64(data, at + 32);
        p.headerSourceHigh = p.sourceHigh;
        p.headerSourceLow = p.sourceLow;
        p.dontFragment = false;
        p.moreFragments = false;
        p.fragmentOffset = 0;
        p.fragmentId = 0;
        p.fragment = false;
        homeAddressSeen = false;
        finalHopSeen = false;
        walk(p, afterFragments);
        p.ipPayloadBytes = p.ipTotalBytes - p.ipHeaderBytes & 0xffff;
    }

    private void walk(DecodedPacket p, int afterFragments) {
        byte[] data = p.data;
        int at = p.at;
        int next = IpProtocol.IPV6;
        int headers = 0;
        int current;
        p.lastHeader = IpProtocol.IPV6;
        p.lastHeaderAt = at;
        do {
            int left = p.end - at;
            if (left < 2) {
                break;
            }
            current = next;
            int bytes = length(data, at, current);
            next = nextHeader(data, at, current);
            if (bytes > left) {
                next = current;
                break;
            }
            if (next == IpProtocol.FRAGMENT && afterFragments >= 0) {
                data[current == IpProtocol.IPV6 ? at + 6 : at] = (byte) afterFragments;
                next = afterFragments;
            }
            headers++;
            p.lastHeader = current;
            p.lastHeaderAt = at;
            switch (current) {
                case IpProtocol.ROUTING -> routing(p, at, bytes);
                case IpProtocol.DESTINATION_OPTIONS -> destinationOptions(p, at + 2, at + bytes);
                case IpProtocol.FRAGMENT -> fragment(p, at);
                default -> {}
            }
            at += bytes;
        } while (current != IpProtocol.FRAGMENT
                && current != IpProtocol.ESP
                && current != IpProtocol.MOBILITY
                && isExtension(next));
        p.ipHeaders = headers;
        p.ipHeaderBytes = at - p.at;
        p.protocol = next;
    }

    /** Length in bytes of the header of that type at {@code at}, of which two bytes must be there. */
    public static int length(byte[] data, int at, int type) {
        return switch (type) {
            case IpProtocol.IPV6 -> BYTES;
            case IpProtocol.FRAGMENT, IpProtocol.ESP -> 8;
            case IpProtocol.AUTHENTICATION -> 8 + 4 * u8(data, at + 1);
            default -> 8 + 8 * u8(data, at + 1);
        };
    }

    /** The type that the header at {@code at} gives for what follows it. */
    public static int nextHeader(byte[] data, int at, int type) {
        return switch (type) {
            case IpProtocol.IPV6 -> u8(data, at + 6);
            case IpProtocol.ESP -> IpProtocol.NO_NEXT;
            default -> u8(data, at);
        };
    }

    private static boolean isExtension(int type) {
        return switch (type) {
            case IpProtocol.HOP_BY_HOP,
                    IpProtocol.ROUTING,
                    IpProtocol.DESTINATION_OPTIONS,
                    IpProtocol.FRAGMENT,
                    IpProtocol.AUTHENTICATION,
                    IpProtocol.ESP,
                    IpProtocol.MOBILITY -> true;
            default -> false;
        };
    }

    private static void fragment(DecodedPacket p, int at) {
        int field = u16(p.data, at + 2);
        p.fragment = true;
        p.fragmentOffset = field & 0xfff8;
        p.moreFragments = (field & 1) != 0;
        p.fragmentId = u32(p.data, at + 4);
    }

    private void routing(DecodedPacket p, int at, int bytes) {
        if (finalHopSeen) {
            flowWeird(p, "multiple_routing_headers", "");
            return;
        }
        int length = u8(p.data, at + 1);
        int type = u8(p.data, at + 2);
        boolean segmentsLeft = p.data[at + 3] != 0;
        switch (type) {
            case 0 -> {
                if (segmentsLeft && length >= 2) {
                    if (length % 2 == 0) {
                        finalHop(p, at + bytes - 16);
                    } else {
                        flowWeird(p, "odd_routing0_len", "");
                    }
                }
                // Deprecated by RFC 5095, so always of note.
                flowWeird(p, "routing0_hdr", "");
            }
            case 2 -> {
                if (segmentsLeft) {
                    if (length == 2) {
                        finalHop(p, at + bytes - 16);
                    } else {
                        flowWeird(p, "bad_routing2_len", "");
                    }
                }
            }
            default -> flowWeird(p, "unknown_routing_type", Integer.toString(type));
        }
    }

    private void finalHop(DecodedPacket p, int at) {
        finalHopSeen = true;
        p.destinationHigh = i64(p.data, at);
        p.destinationLow = i64(p.data, at + 8);
    }

    private void destinationOptions(DecodedPacket p, int from, int end) {
        int at = from;
        while (at < end) {
            int type = u8(p.data, at);
            if (type == 0) {
                at++;
                continue;
            }
            if (end - at < 2 || end - at < 2 + u8(p.data, at + 1)) {
                flowWeird(p, "bad_ipv6_dest_opt_len", "");
                return;
            }
            int length = u8(p.data, at + 1);
            if (type == HOME_ADDRESS) {
                homeAddress(p, at + 2, length);
            }
            at += 2 + length;
        }
    }

    private void homeAddress(DecodedPacket p, int at, int length) {
        if (length != 16) {
            flowWeird(p, "bad_home_addr_len", "");
        } else if (homeAddressSeen) {
            flowWeird(p, "multiple_home_addr_opts", "");
        } else {
            homeAddressSeen = true;
            p.sourceHigh = i64(p.data, at);
            p.sourceLow = i64(p.data, at + 8);
        }
    }

    /** These concern a pair of addresses, though the header was not accepted yet. */
    private void flowWeird(DecodedPacket p, String name, String detail) {
        int accepted = p.ipVersion;
        p.ipVersion = 6;
        notes.weird(p, name, detail, SOURCE);
        p.ipVersion = accepted;
    }
}
