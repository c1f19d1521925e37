package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IcmpHeader;
import dev.tandem.core.packet.InternetChecksum;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;

/**
 * ICMP and ICMPv6: requests and their answers make a flow, ports being the types; a message without answer is a flow of its
 * own direction, type and code (zeek {@code src/packet_analysis/protocol/icmp/ICMP.cc}).
 */
final class IcmpTransport implements DatagramTransport {
    private final ConnectionTracker tracker;
    private final IcmpEvents events;

    IcmpTransport(ConnectionTracker tracker, IcmpEvents events) {
        this.tracker = tracker;
        this.events = events;
    }

    @Override
    public boolean readPorts(DecodedPacket p) {
        if (!tracker.hasHeader(p, IcmpHeader.BYTES, "ICMP")) {
            return false;
        }
        int type = u8(p.data, p.at);
        int counterpart = IcmpHeader.counterpart(p.protocol, type);
        p.sourcePort = type;
        p.oneWay = counterpart == IcmpHeader.ONE_WAY;
        p.destinationPort = p.oneWay ? u8(p.data, p.at + 1) : counterpart;
        return true;
    }

    @Override
    public Roles roles(DecodedPacket p) {
        return Roles.KEEP;
    }

    @Override
    public Connection open(DecodedPacket p) {
        return new DatagramConnection(tracker, p, Port.Proto.ICMP, this);
    }

    @Override
    public void begin(Connection c) {
        c.inactivityTimeout(tracker.settings().icmpInactivityTimeout);
    }

    @Override
    public void packet(DatagramConnection c, DecodedPacket p, boolean fromOriginator) {
        int length = DatagramTransport.length(p);
        int remaining = p.remaining();
        int present = Math.min(length, remaining) - IcmpHeader.BYTES;
        int at = p.at;
        ConnectionEvents all = tracker.events();
        if (all.packetContents.wanted() && present > 0) {
            Bytes contents = Bytes.copyOf(p.data, at + IcmpHeader.BYTES, at + IcmpHeader.BYTES + present);
            tracker.queue().add(all.packetContents, c.record(), contents);
        }
        if (remaining >= length && tracker.settings().ip.verifies(p) && !intact(p, length)) {
            c.weird("bad_ICMP_checksum");
            return;
        }
        c.lastTime = tracker.time().packetTime();
        c.addPayload(fromOriginator, length - IcmpHeader.BYTES);
        events.message(c, p, length - IcmpHeader.BYTES, remaining - IcmpHeader.BYTES);
        if (remaining >= length) {
            // Zeek counts only what it has whole.
            c.count(p, fromOriginator);
        }
    }

    private static boolean intact(DecodedPacket p, int length) {
        return p.protocol == IpProtocol.ICMP
                ? InternetChecksum.fold(InternetChecksum.add(0, p.data, p.at, length)) == 0xffff
                : InternetChecksum.transportIntact(p, IpProtocol.ICMPV6, p.at, length);
    }
}
