package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.u16;

import dev.tandem.core.engine.LikelyServerPorts;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.InternetChecksum;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;

/** UDP (RFC 768): a flow is what goes between two ports (zeek {@code src/packet_analysis/protocol/udp/UDP.cc}). */
final class UdpTransport implements DatagramTransport {
    private static final int HEADER = 8;
    private static final int ORIGINATOR_DATA = 1;
    private static final int RESPONDER_DATA = 2;

    private final ConnectionTracker tracker;
    private final UdpTunnels tunnels;

    UdpTransport(ConnectionTracker tracker, UdpTunnels tunnels) {
        this.tracker = tracker;
        this.tunnels = tunnels;
    }

    @Override
    public boolean readPorts(DecodedPacket p) {
        if (!tracker.hasHeader(p, HEADER, "UDP")) {
            return false;
        }
        p.sourcePort = u16(p.data, p.at);
        p.destinationPort = u16(p.data, p.at + 2);
        return true;
    }

    @Override
    public Roles roles(DecodedPacket p) {
        LikelyServerPorts servers = tracker.settings().likelyServerPorts;
        return servers.contains(p.sourcePort, Port.Proto.UDP) && !servers.contains(p.destinationPort, Port.Proto.UDP)
                ? Roles.FLIP
                : Roles.KEEP;
    }

    @Override
    public Connection open(DecodedPacket p) {
        return new DatagramConnection(tracker, p, Port.Proto.UDP, this);
    }

    @Override
    public void begin(Connection c) {
        c.enableStatusUpdates();
        c.inactivityTimeout(tracker.settings().udpInactivityTimeout);
    }

    @Override
    public void packet(DatagramConnection c, DecodedPacket p, boolean fromOriginator) {
        ConnectionEvents events = tracker.events();
        int length = DatagramTransport.length(p);
        int remaining = p.remaining();
        byte[] data = p.data;
        int at = p.at;
        int present = Math.min(length, remaining) - HEADER;
        if (events.packetContents.wanted() && present > 0) {
            tracker.queue()
                    .add(events.packetContents, c.record(), Bytes.copyOf(data, at + HEADER, at + HEADER + present));
        }
        if (checksumBad(p, length) && !tunnels.excusesChecksum(p, at + HEADER, length - HEADER, u16(data, at + 6))) {
            c.weird("bad_UDP_checksum");
            int errors = c.checksumError(fromOriginator);
            if (errors > 0) {
                c.raise(events.udpMultipleChecksumErrors, fromOriginator, errors);
            }
            return;
        }
        int declared = u16(data, at + 4);
        if (declared != length) {
            c.weird("UDP_datagram_length_mismatch", declared + " != " + length, "UDP");
        }
        c.lastTime = tracker.time().packetTime();
        if (events.udpContents.wanted()
                && tracker.settings()
                        .udpContents
                        .wants(fromOriginator, p.sourcePort, p.destinationPort, c.responderPort())) {
            Bytes contents = Bytes.copyOf(data, at + HEADER, at + HEADER + Math.max(0, present));
            tracker.queue().add(events.udpContents, c.record(), fromOriginator, contents);
        }
        if (fromOriginator) {
            c.history.addOnce(ORIGINATOR_DATA, 'D');
        } else {
            c.history.addOnce(RESPONDER_DATA, 'd');
        }
        c.addPayload(fromOriginator, declared - HEADER);
        c.raise(fromOriginator ? events.udpRequest : events.udpReply);
        StreamConsumer consumer = c.consumer();
        if (consumer != null && present > 0 && !c.isSkipping()) {
            consumer.data(fromOriginator, data, at + HEADER, present);
        }
        if (present > 0) {
            tunnels.datagram(c, p, fromOriginator, at + HEADER, at + HEADER + present);
        }
        c.count(p, fromOriginator);
    }

    private boolean checksumBad(DecodedPacket p, int length) {
        if (p.remaining() < length
                || !p.reassembled && p.frameWire > p.frameCaptured
                || !tracker.settings().ip.verifies(p)) {
            return false;
        }
        // 0 is no checksum; IPv6 does not allow that.
        return !(p.ipVersion == 4 && u16(p.data, p.at + 6) == 0)
                && !InternetChecksum.transportIntact(p, IpProtocol.UDP, p.at, length);
    }
}
