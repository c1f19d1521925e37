package dev.tandem.core.connection;

import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.TcpHeader;
import dev.tandem.core.packet.TcpSynOptions;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;

/** TCP for the tracker, and the events of single segments. */
final class TcpTransport implements Transport {
    private final ConnectionTracker tracker;
    private final TcpSynOptions options = new TcpSynOptions();
    private final TcpOptionEvents optionEvents;

    TcpTransport(ConnectionTracker tracker, EventRegistry registry) {
        this.tracker = tracker;
        optionEvents = new TcpOptionEvents(tracker, registry);
    }

    @Override
    public boolean readPorts(DecodedPacket p) {
        if (!tracker.hasHeader(p, TcpHeader.BYTES, "TCP")) {
            return false;
        }
        p.sourcePort = TcpHeader.sourcePort(p.data, p.at);
        p.destinationPort = TcpHeader.destinationPort(p.data, p.at);
        return true;
    }

    @Override
    public Roles roles(DecodedPacket p) {
        int flags = TcpHeader.flags(p.data, p.at);
        boolean syn = (flags & TcpHeader.SYN) != 0;
        if (syn && (flags & TcpHeader.ACK) == 0) {
            return Roles.KEEP;
        }
        EngineSettings settings = tracker.settings();
        if (!settings.partialConnectionOk || syn && !settings.tcpSynAckOk) {
            return Roles.REFUSE;
        }
        // The start was missed: ports tell who serves. A SYN/ACK alone does not, it may be a stealth scan.
        if (!settings.likelyServerPorts.contains(p.sourcePort, Port.Proto.TCP)) {
            return Roles.KEEP;
        }
        if (!settings.likelyServerPorts.contains(p.destinationPort, Port.Proto.TCP)) {
            return Roles.FLIP;
        }
        return !syn && p.sourcePort < p.destinationPort ? Roles.FLIP : Roles.KEEP;
    }

    @Override
    public Connection open(DecodedPacket p) {
        return new TcpConnection(tracker, p);
    }

    @Override
    public void begin(Connection c) {
        ((TcpConnection) c).begin();
    }

    /** A SYN: its oddities, its window scale, its event. */
    void syn(
            TcpConnection c,
            DecodedPacket p,
            int at,
            int header,
            TcpEndpoint endpoint,
            boolean fromOriginator,
            int payloadBytes) {
        byte[] data = p.data;
        int flags = TcpHeader.flags(data, at);
        if ((flags & TcpHeader.RST) != 0) {
            c.weird("TCP_christmas", "", "TCP");
        }
        if ((flags & TcpHeader.URG) != 0) {
            c.weird("baroque_SYN", "", "TCP");
        }
        if (payloadBytes > 0) {
            c.weird("SYN_with_data", "", "TCP");
        }
        options.read(data, at + TcpHeader.BYTES, at + header);
        endpoint.initWindow(
                options.windowScale,
                (flags & TcpHeader.ACK) != 0,
                TcpHeader.sequence(data, at),
                TcpHeader.acknowledgement(data, at));
        if (tracker.events().synPacket.wanted()) {
            tracker.queue().add(tracker.events().synPacket, c.record(), synRecord(p, at, fromOriginator));
        }
    }

    private RecordValue synRecord(DecodedPacket p, int at, boolean fromOriginator) {
        RecordValue syn = tracker.records().record("SYN_packet");
        syn.set(0, fromOriginator);
        syn.set(1, p.dontFragment);
        syn.set(2, (long) p.hopLimit);
        syn.set(3, (long) p.ipTotalBytes);
        syn.set(4, (long) TcpHeader.window(p.data, at));
        syn.set(5, (long) options.windowScale);
        syn.set(6, (long) options.maximumSegmentSize);
        syn.set(7, options.sackPermitted);
        if (options.timestamp >= 0) {
            syn.set(8, options.timestamp);
            syn.set(9, options.timestampEcho);
        }
        return syn;
    }

    /** The events of every single segment. */
    void segmentSeen(
            TcpConnection c,
            DecodedPacket p,
            int at,
            int header,
            int payload,
            int captured,
            boolean fromOriginator,
            long relative,
            long relativeAck) {
        ConnectionEvents events = tracker.events();
        if (events.tcpPacket.wanted()) {
            int flags = TcpHeader.flags(p.data, at);
            int from = at + header;
            tracker.queue()
                    .add(
                            events.tcpPacket,
                            c.record(),
                            fromOriginator,
                            Bytes.latin1(TcpHeader.flagText(flags)),
                            relative,
                            (flags & TcpHeader.ACK) != 0 ? relativeAck : 0L,
                            (long) payload,
                            Bytes.copyOf(p.data, from, from + Math.min(captured, payload)));
        }
        if (header > TcpHeader.BYTES && optionEvents.wanted()) {
            optionEvents.raise(c, p.data, at + TcpHeader.BYTES, at + header, fromOriginator);
        }
    }
}
