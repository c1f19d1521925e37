package dev.tandem.core.packet;

import dev.tandem.core.value.Addr;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Makes Ethernet frames for tests, with right lengths and checksums unless told otherwise. Addresses are given as text by way
 * of {@link Addr}.
 *
 * <pre>{@code
 * byte[] syn = PacketBuilder.tcp("10.0.0.1", 1234, "10.0.0.2", 80).flags(SYN).sequence(100).build();
 * }</pre>
 */
public final class PacketBuilder {
    private static final byte[] NOTHING = {};
    private static final int MORE_FRAGMENTS = 0x2000;

    private final int protocol;
    private final Addr source;
    private final Addr destination;
    private int sourcePort;
    private int destinationPort;
    private int sequence;
    private int acknowledgement;
    private int flags;
    private int window = 8192;
    private byte[] options = NOTHING;
    private byte[] payload = NOTHING;
    private byte[] icmpRest = new byte[4];
    private int[] vlans = {};
    private int flowLabel;
    private boolean breakTransportChecksum;
    private boolean breakIpChecksum;
    private int padding;
    private int id = 1;
    private int fragmentField;
    private byte[] extensionHeaders = NOTHING;
    private int firstExtension = -1;
    private byte[] rawTransport = NOTHING;
    private boolean raw;

    private PacketBuilder(int protocol, String source, String destination) {
        this.protocol = protocol;
        this.source = address(source);
        this.destination = address(destination);
    }

    private static Addr address(String text) {
        Addr addr = Addr.parse(text);
        if (addr == null) {
            throw new IllegalArgumentException(text);
        }
        return addr;
    }

    public static PacketBuilder tcp(String source, int sourcePort, String destination, int destinationPort) {
        return new PacketBuilder(IpProtocol.TCP, source, destination).ports(sourcePort, destinationPort);
    }

    public static PacketBuilder udp(String source, int sourcePort, String destination, int destinationPort) {
        return new PacketBuilder(IpProtocol.UDP, source, destination).ports(sourcePort, destinationPort);
    }

    /** ICMP between IPv4 addresses, ICMPv6 between others. */
    public static PacketBuilder icmp(String source, String destination, int type, int code) {
        boolean v4 = address(source).isV4();
        return new PacketBuilder(v4 ? IpProtocol.ICMP : IpProtocol.ICMPV6, source, destination).ports(type, code);
    }

    /** Any protocol, whose whole IP payload is given. */
    public static PacketBuilder ip(String source, String destination, int protocol, byte[] ipPayload) {
        PacketBuilder b = new PacketBuilder(protocol, source, destination);
        b.raw = true;
        b.rawTransport = ipPayload;
        return b;
    }

    private PacketBuilder ports(int from, int to) {
        sourcePort = from;
        destinationPort = to;
        return this;
    }

    public PacketBuilder sequence(long number) {
        sequence = (int) number;
        return this;
    }

    public PacketBuilder acknowledgement(long number) {
        acknowledgement = (int) number;
        return this;
    }

    public PacketBuilder flags(int tcpFlags) {
        flags = tcpFlags;
        return this;
    }

    public PacketBuilder window(int size) {
        window = size;
        return this;
    }

    /** TCP options; the length must be a multiple of 4. */
    public PacketBuilder options(int... bytes) {
        options = bytes(bytes);
        return this;
    }

    public PacketBuilder payload(byte[] bytes) {
        payload = bytes;
        return this;
    }

    /** That many zero bytes. */
    public PacketBuilder payload(int bytes) {
        payload = new byte[bytes];
        return this;
    }

    public PacketBuilder vlans(int... ids) {
        vlans = ids;
        return this;
    }

    public PacketBuilder flowLabel(int label) {
        flowLabel = label;
        return this;
    }

    public PacketBuilder badTransportChecksum() {
        breakTransportChecksum = true;
        return this;
    }

    public PacketBuilder badIpChecksum() {
        breakIpChecksum = true;
        return this;
    }

    /** Zero bytes behind the IP packet, as short Ethernet frames have. */
    public PacketBuilder padding(int bytes) {
        padding = bytes;
        return this;
    }

    /** Makes it an IPv4 fragment whose payload belongs there, a multiple of 8. */
    public PacketBuilder fragment(int offset, boolean more) {
        fragmentField = offset / 8 | (more ? MORE_FRAGMENTS : 0);
        return this;
    }

    public PacketBuilder id(int ipId) {
        id = ipId;
        return this;
    }

    /** IPv6 extension headers, whole; the last one's next-header byte must be the protocol already. */
    public PacketBuilder extensions(int first, int... bytes) {
        firstExtension = first;
        extensionHeaders = bytes(bytes);
        return this;
    }

    /** The frame. */
    public byte[] build() {
        return frame(ipPacket(transport()));
    }

    /** The IP packet alone. */
    public byte[] buildIp() {
        return ipPacket(transport());
    }

    /** The frames of the packet cut into IPv4 fragments of that many payload bytes, a multiple of 8. */
    public byte[][] buildFragments(int bytesEach) {
        byte[] whole = transport();
        int count = (whole.length + bytesEach - 1) / bytesEach;
        byte[][] frames = new byte[count][];
        for (int i = 0; i < count; i++) {
            int from = i * bytesEach;
            int to = Math.min(whole.length, from + bytesEach);
            fragmentField = from / 8 | (to < whole.length ? MORE_FRAGMENTS : 0);
            frames[i] = frame(ipPacket(Arrays.copyOfRange(whole, from, to)));
        }
        fragmentField = 0;
        return frames;
    }

    private byte[] transport() {
        if (raw) {
            return rawTransport;
        }
        Writer w = new Writer();
        int checksumAt;
        switch (protocol) {
            case IpProtocol.TCP -> {
                w.u16(sourcePort).u16(destinationPort).u32(sequence).u32(acknowledgement);
                w.u8((20 + options.length) / 4 << 4)
                        .u8(flags)
                        .u16(window)
                        .u16(0)
                        .u16(0)
                        .bytes(options);
                checksumAt = 16;
            }
            case IpProtocol.UDP -> {
                w.u16(sourcePort).u16(destinationPort).u16(8 + payload.length).u16(0);
                checksumAt = 6;
            }
            default -> {
                w.u8(sourcePort).u8(destinationPort).u16(0).bytes(icmpRest);
                checksumAt = 2;
            }
        }
        byte[] segment = w.bytes(payload).done();
        int sum = protocol == IpProtocol.ICMP ? checksum(0, segment) : checksum(pseudoHeader(segment.length), segment);
        put16(segment, checksumAt, (breakTransportChecksum ? sum ^ 0x5555 : sum));
        return segment;
    }

    private long pseudoHeader(int length) {
        byte[] from = source.toBytes();
        byte[] to = destination.toBytes();
        return sum16(from) + sum16(to) + protocol + length;
    }

    private byte[] ipPacket(byte[] transport) {
        return source.isV4() ? ipv4(transport) : ipv6(transport);
    }

    private byte[] ipv4(byte[] transport) {
        byte[] header = new Writer()
                .u8(0x45)
                .u8(0)
                .u16(20 + transport.length)
                .u16(id)
                .u16(fragmentField)
                .u8(64)
                .u8(protocol)
                .u16(0)
                .bytes(source.toBytes())
                .bytes(destination.toBytes())
                .done();
        int sum = checksum(0, header);
        put16(header, 10, breakIpChecksum ? sum ^ 0x5555 : sum);
        return new Writer().bytes(header).bytes(transport).done();
    }

    private byte[] ipv6(byte[] transport) {
        return new Writer()
                .u32(6 << 28 | flowLabel)
                .u16(extensionHeaders.length + transport.length)
                .u8(firstExtension >= 0 ? firstExtension : protocol)
                .u8(64)
                .bytes(source.toBytes())
                .bytes(destination.toBytes())
                .bytes(extensionHeaders)
                .bytes(transport)
                .done();
    }

    private byte[] frame(byte[] ip) {
        Writer w = new Writer();
        w.bytes(bytes(2, 0, 0, 0, 0, 2)).bytes(bytes(2, 0, 0, 0, 0, 1));
        for (int i = 0; i < vlans.length; i++) {
            w.u16(vlans.length > 1 && i == 0 ? 0x88a8 : 0x8100).u16(vlans[i]);
        }
        w.u16(source.isV4() ? 0x0800 : 0x86dd).bytes(ip).bytes(new byte[padding]);
        return w.done();
    }

    public static byte[] bytes(int... values) {
        byte[] out = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            out[i] = (byte) values[i];
        }
        return out;
    }

    private static long sum16(byte[] data) {
        long sum = 0;
        for (int i = 0; i < data.length; i++) {
            sum += (data[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    private static int checksum(long start, byte[] data) {
        long sum = start + sum16(data);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }

    private static void put16(byte[] data, int at, int value) {
        data[at] = (byte) (value >>> 8);
        data[at + 1] = (byte) value;
    }

    private static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer u8(int value) {
            out.write(value);
            return this;
        }

        Writer u16(int value) {
            return u8(value >>> 8).u8(value);
        }

        Writer u32(int value) {
            return u16(value >>> 16).u16(value);
        }

        Writer bytes(byte[] data) {
            out.writeBytes(data);
            return this;
        }

        byte[] done() {
            return out.toByteArray();
        }
    }
}
