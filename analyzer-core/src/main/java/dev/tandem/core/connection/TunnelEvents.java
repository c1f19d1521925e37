package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.Encapsulation;
import dev.tandem.core.packet.TunnelType;
import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.tunnel.TeredoParser;
import dev.tandem.core.tunnel.TunnelHeader;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import org.jspecify.annotations.Nullable;

/** The events of single packets in tunnels over UDP. */
final class TunnelEvents {
    private final ConnectionTracker tracker;
    private final GtpEvents gtp;
    private final TeredoParser teredo;
    private final EventType vxlanPacket;
    private final EventType genevePacket;
    private final EventType teredoPacket;
    private final EventType teredoAuthentication;
    private final EventType teredoOrigin;
    private final EventType teredoBubble;
    private final EventType gtpUserPacket;
    private final DecodedPacket inside = new DecodedPacket();

    TunnelEvents(ConnectionTracker tracker, EventRegistry events, GtpEvents gtp, TeredoParser teredo) {
        this.tracker = tracker;
        this.gtp = gtp;
        this.teredo = teredo;
        vxlanPacket = events.event("vxlan_packet");
        genevePacket = events.event("geneve_packet");
        teredoPacket = events.event("teredo_packet");
        teredoAuthentication = events.event("teredo_authentication");
        teredoOrigin = events.event("teredo_origin_indication");
        teredoBubble = events.event("teredo_bubble");
        gtpUserPacket = events.event("gtpv1_g_pdu_packet");
    }

    /** The script vector of the tunnels that a packet came through, outermost first. */
    static Object stack(RecordFactory records, @Nullable Encapsulation innermost) {
        Object stack = records.vector("EncapsulatingConnVector");
        append(records, stack, innermost);
        return stack;
    }

    private static void append(RecordFactory records, Object stack, @Nullable Encapsulation e) {
        if (e == null) {
            return;
        }
        append(records, stack, e.outer());
        ConnIdRecord id = records.connId();
        Port from = Port.of(e.sourcePort(), e.transport());
        id.fill(e.source(), from, e.destination(), Port.of(e.destinationPort(), e.transport()), e.protocol());
        RecordValue tunnel = records.record("Tunnel::EncapsulatingConn");
        tunnel.set(0, id);
        tunnel.set(1, records.enumValue(e.type().constant()));
        tunnel.set(2, e.uid());
        records.append(stack, tunnel);
    }

    /** After a packet in a virtual network was dealt with. */
    void carried(TunnelType type, Connection outer, DecodedPacket inner, int network) {
        EventType event = type == TunnelType.VXLAN ? vxlanPacket : type == TunnelType.GENEVE ? genevePacket : null;
        if (event != null && event.wanted()) {
            tracker.queue().add(event, outer.record(), tracker.headerRecords().headers(inner), (long) network);
        }
    }

    /** Before the packet inside is dealt with. */
    void teredo(Connection outer, DecodedPacket p, TunnelHeader header) {
        boolean bubble = teredo.isBubble();
        raise(teredoPacket, true, outer, p, header);
        raise(teredoAuthentication, teredo.authenticationAt() >= 0, outer, p, header);
        raise(teredoOrigin, teredo.originAt() >= 0, outer, p, header);
        raise(teredoBubble, bubble, outer, p, header);
    }

    private void raise(EventType event, boolean given, Connection outer, DecodedPacket p, TunnelHeader header) {
        if (given && event.wanted()) {
            tracker.queue().add(event, outer.record(), teredoRecord(p, header));
        }
    }

    private RecordValue teredoRecord(DecodedPacket p, TunnelHeader header) {
        byte[] data = p.data;
        RecordValue teredoHeader = tracker.records().record("teredo_hdr");
        int at = teredo.authenticationAt();
        if (at >= 0) {
            int idEnd = at + 4 + u8(data, at + 2);
            RecordValue authentication = tracker.records().record("teredo_auth");
            authentication.set(0, Bytes.copyOf(data, at + 4, idEnd));
            authentication.set(1, Bytes.copyOf(data, idEnd, idEnd + u8(data, at + 3)));
            authentication.set(2, TeredoParser.nonce(data, at));
            authentication.set(3, (long) TeredoParser.confirmation(data, at));
            teredoHeader.set(0, authentication);
        }
        at = teredo.originAt();
        if (at >= 0) {
            RecordValue origin = tracker.records().record("teredo_origin");
            origin.set(0, Port.of(TeredoParser.originPort(data, at), Port.Proto.UDP));
            origin.set(1, Addr.v4(TeredoParser.originAddress(data, at)));
            teredoHeader.set(1, origin);
        }
        teredoHeader.set(2, innerHeaders(p, header));
        return teredoHeader;
    }

    private RecordValue innerHeaders(DecodedPacket p, TunnelHeader header) {
        int bytes = header.end() - header.at();
        inside.beginInside(p, header.at(), bytes, bytes, null);
        tracker.decoder().readIpHeader(inside);
        return tracker.headerRecords().headers(inside);
    }

    void gtpUserPacket(Connection outer, DecodedPacket p, TunnelHeader header) {
        if (gtpUserPacket.wanted()) {
            tracker.queue().add(gtpUserPacket, outer.record(), gtp.header(p.data), innerHeaders(p, header));
        }
    }
}
