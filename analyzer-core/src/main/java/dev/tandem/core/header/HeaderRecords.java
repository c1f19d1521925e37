package dev.tandem.core.header;

import static dev.tandem.core.packet.NetworkOrder.i32;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.EtherTypes;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.TcpHeader;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;

/**
 * The script records {@code pkt_hdr}, {@code raw_pkt_hdr} and {@code pcap_packet} of a decoded packet (zeek {@code src/IP.cc},
 * ToPktHdrVal, and {@code src/iosource/Packet.cc}). Costs much per packet: for events that somebody handles.
 */
public final class HeaderRecords {
    private static final int UDP_HEADER = 8;

    /** Shorter ones are not looked at: Zeek goes by the size of the C structures. */
    private static final int ICMP_LEAST = 28;

    private static final int ICMPV6_LEAST = 8;
    private static final int MAC_BYTES = 6;

    private final RecordFactory records;
    private final Ipv6HeaderRecords ipv6;

    public HeaderRecords(RecordFactory records) {
        this.records = records;
        ipv6 = new Ipv6HeaderRecords(records);
    }

    /** The headers of an IP packet. */
    public RecordValue headers(DecodedPacket p) {
        RecordValue headers = records.record("pkt_hdr");
        fill(headers, 0, p);
        return headers;
    }

    /** The headers of a frame, whatever it carries. */
    public RecordValue rawHeaders(DecodedPacket p) {
        RecordValue headers = records.record("raw_pkt_hdr");
        headers.set(0, link(p));
        if (p.headerVersion != 0 && (p.reassembled || p.frameCaptured >= p.ipTotalBytes)) {
            fill(headers, 1, p);
        }
        return headers;
    }

    /** What there is to say when no packet is being processed. */
    public RecordValue noRawHeaders() {
        return records.record("raw_pkt_hdr");
    }

    /** The frame as captured. */
    public RecordValue captured(DecodedPacket p) {
        long seconds = Math.floorDiv(p.timeNanos, 1_000_000_000L);
        long micros = Math.floorMod(p.timeNanos, 1_000_000_000L) / 1000;
        Bytes data = Bytes.copyOf(p.frame, p.frameStart, p.frameStart + p.frameCaptured);
        return captured(seconds, micros, p.frameCaptured, p.frameWire, data, p.linkType == LinkType.ETHERNET);
    }

    public RecordValue nothingCaptured() {
        return captured(0, 0, 0, 0, Bytes.EMPTY, false);
    }

    private RecordValue captured(long seconds, long micros, int bytes, int original, Bytes data, boolean ethernet) {
        RecordValue packet = records.record("pcap_packet");
        packet.set(0, seconds);
        packet.set(1, micros);
        packet.set(2, (long) bytes);
        packet.set(3, (long) original);
        packet.set(4, data);
        packet.set(5, records.enumValue(ethernet ? "LINK_ETHERNET" : "LINK_UNKNOWN"));
        return packet;
    }

    private RecordValue link(DecodedPacket p) {
        RecordValue link = records.record("l2_hdr");
        boolean ethernet = p.linkType == LinkType.ETHERNET;
        link.set(0, records.enumValue(ethernet ? "LINK_ETHERNET" : "LINK_UNKNOWN"));
        link.set(1, (long) p.frameWire);
        link.set(2, (long) p.frameCaptured);
        boolean arp = p.layers() > 0 && p.layer(p.layers() - 1).equals("ARP");
        if (ethernet) {
            link.set(3, address(p, MAC_BYTES));
            link.set(4, address(p, 0));
            if (p.vlan >= 0) {
                tag(link, 5, p.vlan, p.vlanControl);
            }
            if (p.innerVlan >= 0) {
                tag(link, 8, p.innerVlan, p.innerVlanControl);
            }
            link.set(11, (long) p.etherType);
            arp |= p.etherType == EtherTypes.ARP || p.etherType == EtherTypes.REVERSE_ARP;
        }
        String network = switch (p.headerVersion) {
            case 4 -> "L3_IPV4";
            case 6 -> "L3_IPV6";
            default -> arp ? "L3_ARP" : "L3_UNKNOWN";
        };
        link.set(12, records.enumValue(network));
        return link;
    }

    private static void tag(RecordValue link, int slot, int id, int control) {
        link.set(slot, (long) id);
        link.set(slot + 1, (long) (control >>> 1));
        link.set(slot + 2, (control & 1) != 0);
    }

    private static Bytes address(DecodedPacket p, int offset) {
        return p.frameCaptured < offset + MAC_BYTES
                ? Bytes.of("00:00:00:00:00:00")
                : LinkAddress.text(LinkAddress.at(p.frame, p.frameStart + offset));
    }

    /** Sets fields ip, ip6, tcp, udp and icmp, of which the first is at {@code slot}. */
    private void fill(RecordValue headers, int slot, DecodedPacket p) {
        if (p.headerVersion == 4) {
            headers.set(slot, ipv4(p));
        } else {
            headers.set(slot + 1, ipv6.header(p));
        }
        int at = p.ipAt + p.ipHeaderBytes;
        int payload = p.ipPayloadBytes;
        int present = Math.min(payload, p.end - at);
        if (p.headerVersion == 6 && present < payload) {
            return;
        }
        switch (p.protocol) {
            case IpProtocol.TCP -> {
                if (present >= TcpHeader.BYTES) {
                    headers.set(slot + 2, tcp(p.data, at, payload));
                }
            }
            case IpProtocol.UDP -> {
                if (present >= UDP_HEADER) {
                    headers.set(slot + 3, udp(p.data, at));
                }
            }
            case IpProtocol.ICMP -> icmp(headers, slot, p, at, present >= ICMP_LEAST);
            case IpProtocol.ICMPV6 -> icmp(headers, slot, p, at, present >= ICMPV6_LEAST);
            default -> {}
        }
    }

    private RecordValue ipv4(DecodedPacket p) {
        byte[] data = p.data;
        int at = p.ipAt;
        RecordValue ip = records.record("ip4_hdr");
        ip.set(0, (long) p.ipHeaderBytes);
        ip.set(1, (long) u8(data, at + 1));
        ip.set(2, (long) u16(data, at + 2));
        ip.set(3, (long) u16(data, at + 4));
        ip.set(4, p.dontFragment);
        ip.set(5, p.moreFragments);
        ip.set(6, (long) p.fragmentOffset);
        ip.set(7, (long) u8(data, at + 8));
        ip.set(8, (long) u8(data, at + 9));
        ip.set(9, (long) u16(data, at + 10));
        ip.set(10, Addr.v4(i32(data, at + 12)));
        ip.set(11, Addr.v4(i32(data, at + 16)));
        return ip;
    }

    private RecordValue tcp(byte[] data, int at, int payload) {
        int header = TcpHeader.headerBytes(data, at);
        RecordValue tcp = records.record("tcp_hdr");
        tcp.set(0, Port.of(u16(data, at), Port.Proto.TCP));
        tcp.set(1, Port.of(u16(data, at + 2), Port.Proto.TCP));
        tcp.set(2, u32(data, at + 4));
        tcp.set(3, u32(data, at + 8));
        tcp.set(4, (long) header);
        tcp.set(5, (long) Math.max(0, payload - header));
        tcp.set(6, (long) (u8(data, at + 12) & 0xf));
        tcp.set(7, (long) u8(data, at + 13));
        tcp.set(8, (long) TcpHeader.window(data, at));
        return tcp;
    }

    private RecordValue udp(byte[] data, int at) {
        RecordValue udp = records.record("udp_hdr");
        udp.set(0, Port.of(u16(data, at), Port.Proto.UDP));
        udp.set(1, Port.of(u16(data, at + 2), Port.Proto.UDP));
        udp.set(2, (long) u16(data, at + 4));
        return udp;
    }

    private void icmp(RecordValue headers, int slot, DecodedPacket p, int at, boolean longEnough) {
        if (longEnough) {
            RecordValue icmp = records.record("icmp_hdr");
            icmp.set(0, (long) u8(p.data, at));
            headers.set(slot + 4, icmp);
        }
    }
}
