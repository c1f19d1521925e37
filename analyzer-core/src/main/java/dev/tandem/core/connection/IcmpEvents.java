package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IcmpHeader;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;

/** The events of single ICMP messages. */
final class IcmpEvents {
    /** Makes the record icmp_info of the message at hand. */
    @FunctionalInterface
    interface Fields {
        RecordValue make();
    }

    private final ConnectionTracker tracker;
    private final IcmpContext context;
    private final NeighborDiscovery neighbors;
    private final ListenerDiscovery listeners;
    private final EventType sent;
    private final EventType sentPayload;
    private final EventType echoRequest;
    private final EventType echoReply;
    private final EventType unreachable;
    private final EventType timeExceeded;
    private final EventType tooBig;
    private final EventType parameterProblem;
    private final EventType errorMessage;

    IcmpEvents(ConnectionTracker tracker, EventRegistry events) {
        this.tracker = tracker;
        context = new IcmpContext(tracker);
        neighbors = new NeighborDiscovery(tracker, events, context);
        listeners = new ListenerDiscovery(tracker, events);
        sent = events.event("icmp_sent");
        sentPayload = events.event("icmp_sent_payload");
        echoRequest = events.event("icmp_echo_request");
        echoReply = events.event("icmp_echo_reply");
        unreachable = events.event("icmp_unreachable");
        timeExceeded = events.event("icmp_time_exceeded");
        tooBig = events.event("icmp_packet_too_big");
        parameterProblem = events.event("icmp_parameter_problem");
        errorMessage = events.event("icmp_error_message");
    }

    /**
     * Raises what a message calls for; its header is at the cursor.
     *
     * @param length payload bytes
     * @param captured payload bytes that are there; may include padding
     */
    void message(Connection c, DecodedPacket p, int length, int captured) {
        int type = u8(p.data, p.at);
        if (p.protocol == IpProtocol.ICMP) {
            switch (type) {
                case 8 -> echo(echoRequest, c, p, length, captured);
                case 0 -> echo(echoReply, c, p, length, captured);
                case 3 -> error(unreachable, c, p, length, captured);
                case 11 -> error(timeExceeded, c, p, length, captured);
                default -> sent(c, p, length, captured);
            }
            return;
        }
        switch (type) {
            case 128 -> echo(echoRequest, c, p, length, captured);
            case 129 -> echo(echoReply, c, p, length, captured);
            case 1 -> error(unreachable, c, p, length, captured);
            case 2 -> error(tooBig, c, p, length, captured);
            case 3 -> error(timeExceeded, c, p, length, captured);
            case 4 -> error(parameterProblem, c, p, length, captured);
            case 131 -> listeners.reported(c, p, captured);
            case 132 -> listeners.done(c, p, captured);
            case 133, 134, 135, 136, 137 -> neighbors.message(c, p, () -> info(p, length), captured);
            case 143 -> listeners.reportedGroups(c, p, captured);
            default -> {
                if (type < 128) {
                    error(errorMessage, c, p, length, captured);
                } else {
                    sent(c, p, length, captured);
                }
            }
        }
    }

    private void echo(EventType event, Connection c, DecodedPacket p, int length, int captured) {
        if (event.wanted()) {
            tracker.queue()
                    .add(
                            event,
                            c.record(),
                            info(p, length),
                            (long) u16(p.data, p.at + 4),
                            (long) u16(p.data, p.at + 6),
                            payload(p, captured));
        }
    }

    private void error(EventType event, Connection c, DecodedPacket p, int length, int captured) {
        if (event.wanted()) {
            int from = p.at + IcmpHeader.BYTES;
            RecordValue about = p.protocol == IpProtocol.ICMP
                    ? context.v4(p.data, from, captured)
                    : context.v6(p.data, from, captured);
            tracker.queue().add(event, c.record(), info(p, length), (long) u8(p.data, p.at + 1), about);
        }
    }

    private void sent(Connection c, DecodedPacket p, int length, int captured) {
        if (sent.wanted()) {
            tracker.queue().add(sent, c.record(), info(p, length));
        }
        if (sentPayload.wanted()) {
            tracker.queue().add(sentPayload, c.record(), info(p, length), payload(p, Math.min(length, captured)));
        }
    }

    private static Bytes payload(DecodedPacket p, int bytes) {
        int from = p.at + IcmpHeader.BYTES;
        return Bytes.copyOf(p.data, from, from + Math.max(0, bytes));
    }

    private RecordValue info(DecodedPacket p, int length) {
        RecordValue info = tracker.records().record("icmp_info");
        info.set(0, p.protocol != IpProtocol.ICMP);
        info.set(1, (long) u8(p.data, p.at));
        info.set(2, (long) u8(p.data, p.at + 1));
        info.set(3, (long) length);
        info.set(4, (long) p.hopLimit);
        return info;
    }
}
