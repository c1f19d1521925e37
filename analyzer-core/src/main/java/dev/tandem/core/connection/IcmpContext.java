package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IcmpHeader;
import dev.tandem.core.packet.InternetChecksum;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.NetworkOrder;
import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Port;

/** The script record {@code icmp_context}: the packet that an ICMP error is about, as far as it quotes it. */
final class IcmpContext {
    private static final int V4_HEADER = 20;
    private static final int V6_HEADER = 40;

    private final ConnectionTracker tracker;
    private final DecodedPacket quoted = new DecodedPacket();

    IcmpContext(ConnectionTracker tracker) {
        this.tracker = tracker;
    }

    RecordValue v4(byte[] data, int at, int captured) {
        if (captured < V4_HEADER) {
            return record(Addr.V6_ZERO, Addr.V6_ZERO, 0, 0, Port.Proto.UNKNOWN, IpProtocol.ICMP, 0, 0, true, false, 0);
        }
        int header = (data[at] & 0xf) * 4;
        boolean bad = header > captured;
        boolean badChecksum = !bad && InternetChecksum.fold(InternetChecksum.add(0, data, at, header)) != 0xffff;
        int flags = u16(data, at + 6);
        Addr source = Addr.v4(NetworkOrder.i32(data, at + 12));
        Addr destination = Addr.v4(NetworkOrder.i32(data, at + 16));
        int offset = (flags & 0x1fff) * 8;
        int total = u16(data, at + 2);
        if (captured < header + 4) {
            return record(
                    source,
                    destination,
                    0,
                    0,
                    Port.Proto.UNKNOWN,
                    IpProtocol.ICMP,
                    total,
                    offset,
                    true,
                    badChecksum,
                    flags);
        }
        int protocol = u8(data, at + 9);
        Port.Proto transport = transport(protocol);
        int ports = at + header;
        return record(
                source,
                destination,
                sourcePort(data, ports, transport),
                destinationPort(data, ports, transport, IpProtocol.ICMP),
                transport,
                IpProtocol.ICMP,
                total,
                offset,
                false,
                badChecksum,
                flags);
    }

    RecordValue v6(byte[] data, int at, int captured) {
        if (captured < V6_HEADER) {
            return record(
                    Addr.V6_ZERO, Addr.V6_ZERO, 0, 0, Port.Proto.UNKNOWN, IpProtocol.ICMPV6, 0, 0, true, false, 0);
        }
        quoted.beginHeader(data, at, captured);
        tracker.decoder().readIpHeader(quoted);
        int ports = at + quoted.ipHeaderBytes;
        boolean bad = captured < quoted.ipHeaderBytes + 4;
        Port.Proto transport = bad ? Port.Proto.UNKNOWN : transport(quoted.protocol);
        return record(
                Addr.v6(quoted.sourceHigh, quoted.sourceLow),
                Addr.v6(quoted.destinationHigh, quoted.destinationLow),
                sourcePort(data, ports, transport),
                destinationPort(data, ports, transport, IpProtocol.ICMPV6),
                transport,
                IpProtocol.ICMPV6,
                quoted.ipTotalBytes,
                quoted.fragmentOffset,
                bad,
                false,
                quoted.moreFragments ? 0x2000 : 0);
    }

    private static Port.Proto transport(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP -> Port.Proto.TCP;
            case IpProtocol.UDP -> Port.Proto.UDP;
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> Port.Proto.ICMP;
            default -> Port.Proto.UNKNOWN;
        };
    }

    private static int sourcePort(byte[] data, int at, Port.Proto transport) {
        return switch (transport) {
            case TCP, UDP -> u16(data, at);
            case ICMP -> u8(data, at);
            case UNKNOWN -> 0;
        };
    }

    private static int destinationPort(byte[] data, int at, Port.Proto transport, int icmp) {
        return switch (transport) {
            case TCP, UDP -> u16(data, at + 2);
            case ICMP -> {
                int counterpart = IcmpHeader.counterpart(icmp, u8(data, at));
                yield counterpart == IcmpHeader.ONE_WAY ? u8(data, at + 1) : counterpart;
            }
            case UNKNOWN -> 0;
        };
    }

    private RecordValue record(
            Addr source,
            Addr destination,
            int sourcePort,
            int destinationPort,
            Port.Proto transport,
            int protocol,
            int length,
            int offset,
            boolean badHeader,
            boolean badChecksum,
            int flags) {
        ConnIdRecord id = tracker.records().connId();
        id.fill(source, Port.of(sourcePort, transport), destination, Port.of(destinationPort, transport), protocol);
        RecordValue context = tracker.records().record("icmp_context");
        context.set(0, id);
        context.set(1, (long) length);
        context.set(2, (long) transport.ordinal());
        context.set(3, (long) offset);
        context.set(4, badHeader);
        context.set(5, badChecksum);
        context.set(6, (flags & 0x2000) != 0);
        context.set(7, (flags & 0x4000) != 0);
        return context;
    }
}
