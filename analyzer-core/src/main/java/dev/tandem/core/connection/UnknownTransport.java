package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;

/** Any IP protocol that nobody decodes: a flow is what goes between two addresses. */
final class UnknownTransport implements DatagramTransport {
    private static final String NAME = "UNKNOWN_IP_TRANSPORT";

    private final ConnectionTracker tracker;
    private final UnknownProtocols unknown;

    UnknownTransport(ConnectionTracker tracker, UnknownProtocols unknown) {
        this.tracker = tracker;
        this.unknown = unknown;
    }

    @Override
    public boolean readPorts(DecodedPacket p) {
        p.sourcePort = 0;
        p.destinationPort = 0;
        return true;
    }

    @Override
    public Roles roles(DecodedPacket p) {
        return Roles.KEEP;
    }

    @Override
    public Connection open(DecodedPacket p) {
        return new DatagramConnection(tracker, p, Port.Proto.UNKNOWN, this);
    }

    @Override
    public void begin(Connection c) {
        c.inactivityTimeout(tracker.settings().unknownIpInactivityTimeout);
    }

    @Override
    public void packet(DatagramConnection c, DecodedPacket p, boolean fromOriginator) {
        int present = Math.min(DatagramTransport.length(p), p.remaining());
        ConnectionEvents events = tracker.events();
        if (events.packetContents.wanted() && present > 0) {
            tracker.queue().add(events.packetContents, c.record(), Bytes.copyOf(p.data, p.at, p.at + present));
        }
        c.lastTime = tracker.time().packetTime();
        c.count(p, fromOriginator);
        // Counted, yet nobody made sense of it.
        p.processed = false;
        if (unknown.isWanted()) {
            p.enter(NAME);
            unknown.report(p, NAME, p.protocol);
        }
    }
}
