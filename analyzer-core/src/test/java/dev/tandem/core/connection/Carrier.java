package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.SYN;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Each kind of header that carries packets: what stands before it, and good bytes of it. Unless it is a {@link #isMessage message},
 * they lead to a packet of port 5000.
 */
enum Carrier {
    ETHERNET(LinkType.ETHERNET, Inside.FRAME),
    VLAN(ether(0x8100), join("0004 0800", Inside.V4), join("2004 8100 0005 86dd", Inside.V6)),
    SERVICE_VLAN(ether(0x88a8), join("0004 8100 0005 0800", Inside.V4)),
    MPLS(ether(0x8847), join("00010040 00020140", Inside.V4)),
    PROVIDER_BACKBONE(ether(0x88e7), join("0000002a", Inside.FRAME)),
    PPPOE(ether(0x8864), join("1100 0001 002a 0021", Inside.V4), join("1100 0001 0050 0057", Inside.V6)),
    VN_TAG(ether(0x8926), join("00000001 8100 0004 0800", Inside.V4)),
    SNAP(ether(0x0030), join("aaaa03 000000 0800", Inside.V4)),
    LINUX_COOKED(LinkType.LINUX_SLL, join("0000 0001 0006 0200000000010000 0800", Inside.V4)),
    LINUX_COOKED2(LinkType.LINUX_SLL2, join("0800 0000 00000002 0001 00 06 0200000000010000", Inside.V4)),
    LOOPBACK(LinkType.NULL, join("02000000", Inside.V4), join("0000001e", Inside.V6)),
    PPP(LinkType.PPP, join("0021", Inside.V4), join("ff03 0057", Inside.V6)),
    PPP_SERIAL(LinkType.PPP_SERIAL, join("ff03 0021", Inside.V4), join("ff03 0281 00010140", Inside.V4)),
    NFLOG(LinkType.NFLOG, join("02000001 0800 0100 0800 0301 2c00 0900", Inside.V4)),
    FDDI(LinkType.FDDI, join("50 000000000001 000000000002 aaaa03 000000 0800", Inside.V4)),
    WIRELESS(
            LinkType.IEEE802_11,
            wireless("08 01 0000 000000000001 000000000002 000000000003 0000"),
            wireless("88 02 0000 000000000001 000000000002 000000000003 0000 0000")),
    WIRELESS_AGGREGATED(LinkType.IEEE802_11, aggregated()),
    RADIOTAP(
            LinkType.IEEE802_11_RADIOTAP,
            join("0000 0800 00000000", wireless("08 02 0000 000000000001 000000000002 000000000003 0000"))),
    ARP(ether(0x0806), hex("0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002 000000000000000000")),
    IPV4(LinkType.RAW, Inside.V4),
    IPV6(LinkType.RAW, Inside.V6),
    EXTENSION_HEADERS(
            Carrier::extended,
            join("3c 00 010400000000 2b 00 010400000000 11 02 02 01 00000000 20010db8000000000000000000000002", udp6()),
            join("33 00 010400000000 11 04 0000 00000001 00000001 000000000000000000000000", udp6())),
    MOBILITY(Carrier::mobile, hex("3b 00 00 00 0000 0000"), hex("3b 01 05 00 0000 0001 8000 0010 01020304")),
    TCP_HEADER(
            ip(6),
            hex("1388 0050 00000001 00000000 a002 2000 0000 0000 0204 05b4 01 030307 0402 080a 01020304 05060708"),
            hex("1388 0050 00000001 00000001 6018 2000 0000 0000 1e04 0000 01020304")),
    UDP_HEADER(ip(17), hex("1388 0035 000c 0000 01020304")),
    ICMP(
            ip(1),
            hex("0800 0000 0001 0001 01020304"),
            join("0301 0000 00000000", Inside.V4),
            join("0b00 0000 00000000", Inside.V4)),
    ICMPV6(
            Carrier::icmp6,
            hex("8700 0000 00000000 fe800000000000000000000000000002 0101 020000000001"),
            hex(
                    "8600 0000 40c0 0708 00000000 00000000 0304 40c0 00000001 00000002 00000000 20010db8000000000000000000000000"),
            hex("8f00 0000 0000 0001 0400 0000 ff020000000000000000000000000016"),
            join("0200 0000 00000500", Inside.V6)),
    IGMP(
            ip(2),
            hex("1600 03fb e4010203"),
            hex("1164 ec1e 00000000 02 7d 0000"),
            hex("2200 e001 0000 0001 04 00 0001 effffffa 0a000001")),
    GRE(ip(47), join("0000 0800", Inside.V4), join("b000 86dd 0000 0000 00000001 00000002", Inside.V6)),
    PPTP(ip(47), join("3081 880b 0004 0000 00000002 00000003 ff03 0021", Inside.V4)),
    ERSPAN(
            ip(47),
            join("1000 88be 00000001 1001000100000000", Inside.FRAME),
            join("1000 22eb 00000001 2001000100000000 00000001 0000000000000000", Inside.FRAME)),
    NVGRE(ip(47), join("2000 6558 00002a00", Inside.FRAME)),
    GRE_IN_UDP(udp(4754), join("0000 0800", Inside.V4)),
    IP_IN_IP(ip(4), Inside.V4),
    IP6_IN_IP(ip(41), Inside.V6),
    VXLAN(udp(4789), join("0800000000002a00", Inside.FRAME)),
    GENEVE(udp(6081), join("0200655800002a00 0100 01 01 31323334", Inside.FRAME)),
    AYIYA(udp(5072), join("1052 1129 00000000 0000 0000000000000000000000000000000000000000", Inside.V6)),
    TEREDO(udp(3544), join("0001 0000 0000000000000000 00 0000 63bf 3ffffffe", Inside.V6)),
    GTP(udp(2152), join("34ff 0000 00000001 00000085 01 0000 00", Inside.V4)),
    GTP_SESSIONS(
            udp(2123),
            hex("3210 0000 00000000 1301 0000 02 6400010200000021 03 64f0 06 fffe ff 0e b0 0f 01 10 0000000111"
                    + " 00000001 14 05 80 0002 f121 83 0003 026565 84 0002 8080 85 0004 c0a86401 85 0004"
                    + " c0a8640286 0002 9168 87 0004 021b421f ff 0005 2aab020103"),
            hex("3211 0000 00000001 1301 0000 01 80 08 ff 10 00000001 7f 00000002 fb 0004 0a000001"),
            hex("3214 0000 00000001 1301 0000 13 ff 14 05"));

    /** What is carried. */
    private static final class Inside {
        static final byte[] V4 =
                PacketBuilder.tcp("10.9.0.1", 5000, "10.9.0.2", 80).flags(SYN).buildIp();
        static final byte[] V6 = PacketBuilder.udp("2001:db8::1", 5000, "2001:db8::2", 6000)
                .payload(30)
                .buildIp();
        static final byte[] FRAME = PacketBuilder.udp("10.9.0.1", 5000, "10.9.0.2", 6000)
                .payload(30)
                .vlans(7)
                .build();
    }

    final int linkType;

    /** Good headers with what they carry. */
    final List<byte[]> headers;

    private final UnaryOperator<byte[]> outer;

    Carrier(UnaryOperator<byte[]> outer, byte[]... headers) {
        this(LinkType.ETHERNET, outer, headers);
    }

    Carrier(int linkType, byte[]... headers) {
        this(linkType, UnaryOperator.identity(), headers);
    }

    Carrier(int linkType, UnaryOperator<byte[]> outer, byte[]... headers) {
        this.linkType = linkType;
        this.outer = outer;
        this.headers = List.of(headers);
    }

    /** A packet as captured with these bytes in the place of the header and what it carries. */
    byte[] packet(byte[] bytes) {
        return outer.apply(bytes);
    }

    /** Good packets as captured. */
    List<byte[]> good() {
        return headers.stream().map(this::packet).toList();
    }

    /** Whether it ends in something else than a connection of port 5000. */
    boolean isMessage() {
        return switch (this) {
            case ARP, MOBILITY, ICMP, ICMPV6, IGMP, GTP_SESSIONS -> true;
            default -> false;
        };
    }

    private static UnaryOperator<byte[]> ether(int type) {
        return bytes -> join("020000000002 020000000001" + HexFormat.of().toHexDigits((short) type), bytes);
    }

    private static UnaryOperator<byte[]> ip(int protocol) {
        return bytes ->
                PacketBuilder.ip("192.0.2.1", "192.0.2.2", protocol, bytes).build();
    }

    private static UnaryOperator<byte[]> udp(int port) {
        return bytes -> PacketBuilder.udp("192.0.2.1", 40_000, "192.0.2.2", port)
                .payload(bytes)
                .build();
    }

    /** Behind an IPv6 header that says destination options come first. */
    private static byte[] extended(byte[] bytes) {
        return PacketBuilder.ip("2001:db8::1", "2001:db8::2", 60, bytes).build();
    }

    private static byte[] mobile(byte[] bytes) {
        return PacketBuilder.ip("2001:db8::1", "2001:db8::2", 135, bytes).build();
    }

    private static byte[] icmp6(byte[] bytes) {
        return PacketBuilder.ip("fe80::1", "fe80::2", 58, bytes).build();
    }

    private static byte[] udp6() {
        return hex("1388 1770 000c 0000 01020304");
    }

    private static byte[] wireless(String header) {
        return join(header, join("aaaa03 000000 0800", Inside.V4));
    }

    private static byte[] aggregated() {
        byte[] part = join("aaaa03 000000 0800", Inside.V4);
        byte[] subframe = join("000000000001 000000000002" + HexFormat.of().toHexDigits((short) part.length), part);
        String header = "88 01 0000 000000000001 000000000002 000000000003 0000 8000";
        return join(header, join(HexFormat.of().formatHex(subframe), subframe));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] join(String digits, byte[] behind) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex(digits));
        out.writeBytes(behind);
        return out.toByteArray();
    }
}
