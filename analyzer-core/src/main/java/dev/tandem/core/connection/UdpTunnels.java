package dev.tandem.core.connection;

import dev.tandem.core.engine.TunnelPorts;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.Encapsulation;
import dev.tandem.core.packet.InnerPacket;
import dev.tandem.core.packet.TunnelType;
import dev.tandem.core.tunnel.AyiyaParser;
import dev.tandem.core.tunnel.GeneveParser;
import dev.tandem.core.tunnel.GtpParser;
import dev.tandem.core.tunnel.TeredoParser;
import dev.tandem.core.tunnel.TunnelHeader;
import dev.tandem.core.tunnel.TunnelParser;
import dev.tandem.core.tunnel.VxlanParser;
import org.jspecify.annotations.Nullable;

/**
 * Tunnels in UDP, known by the responder's port or by how they look. One that violates its protocol is not looked at any
 * more in that connection; one that proves good is confirmed (zeek {@code src/packet_analysis/protocol/}).
 */
final class UdpTunnels {
    static final String GTP_SOURCE = "GTPV1";

    private final ConnectionTracker tracker;
    private final AnalyzerReports reports;
    private final TunnelEvents events;
    private final GtpEvents gtpEvents;
    private final IpTunnels ipTunnels;
    private final GtpParser gtpParser = new GtpParser();
    private final TeredoParser teredoParser = new TeredoParser();
    private final UdpTunnel vxlan = new UdpTunnel(0, "VXLAN", TunnelType.VXLAN, new VxlanParser());
    private final UdpTunnel geneve = new UdpTunnel(1, "GENEVE", TunnelType.GENEVE, new GeneveParser());
    private final UdpTunnel ayiya = new UdpTunnel(2, "AYIYA", TunnelType.AYIYA, new AyiyaParser());
    private final UdpTunnel teredo = new UdpTunnel(3, "TEREDO", TunnelType.TEREDO, teredoParser);
    private final UdpTunnel gtp = new UdpTunnel(4, GTP_SOURCE, TunnelType.GTP, gtpParser);

    /**
     * @param number its place in the bits of a connection
     * @param source as its analyzer is called: in its tag, in weirds
     */
    private record UdpTunnel(int number, String source, TunnelType type, TunnelParser parser) {}

    UdpTunnels(ConnectionTracker tracker, EventRegistry registry, IpTunnels ipTunnels) {
        this.tracker = tracker;
        this.ipTunnels = ipTunnels;
        reports = new AnalyzerReports(tracker, registry);
        gtpEvents = new GtpEvents(tracker, registry, gtpParser);
        events = new TunnelEvents(tracker, registry, gtpEvents, teredoParser);
    }

    /** Whether the checksum of a datagram to a VXLAN port need not be right. */
    boolean excusesChecksum(DecodedPacket p, int payloadAt, int payload, int checksum) {
        TunnelPorts ports = tracker.settings().tunnelPorts;
        return payload > 22
                && ports.of(p.destinationPort) == TunnelPorts.VXLAN
                && (p.data[payloadAt] & 8) != 0
                && (checksum == 0 || !tracker.settings().validateVxlanChecksums);
    }

    /** Looks at the payload of a datagram. */
    void datagram(DatagramConnection c, DecodedPacket p, boolean fromOriginator, int at, int end) {
        int kind = tracker.settings().tunnelPorts.of(c.respPort);
        if (kind == TunnelPorts.GRE) {
            p.enter("UDP");
            p.enter("GRE");
            ipTunnels.gre(p, at, end);
            return;
        }
        UdpTunnel tunnel = kind == TunnelPorts.NONE ? detect(p.data, at, end) : byPort(kind);
        if (tunnel != null) {
            p.enter("UDP");
            p.enter(tunnel.source);
            packet(tunnel, c, p, fromOriginator, at, end);
        }
    }

    private @Nullable UdpTunnel byPort(int kind) {
        return switch (kind) {
            case TunnelPorts.VXLAN -> vxlan;
            case TunnelPorts.GENEVE -> geneve;
            case TunnelPorts.TEREDO -> teredo;
            case TunnelPorts.AYIYA -> ayiya;
            case TunnelPorts.GTP -> gtp;
            default -> null;
        };
    }

    private @Nullable UdpTunnel detect(byte[] data, int at, int end) {
        return ayiya.parser.detects(data, at, end) ? ayiya : teredo.parser.detects(data, at, end) ? teredo : null;
    }

    private void packet(
            UdpTunnel tunnel, DatagramConnection c, DecodedPacket p, boolean fromOriginator, int at, int end) {
        // A GTP tunnel may come good again.
        if (tunnel != gtp && c.tunnelViolated(tunnel.number)) {
            return;
        }
        if (Encapsulation.depth(p.encapsulation) >= tracker.settings().tunnelMaxDepth) {
            if (tunnel == gtp) {
                tracker.weird().net("tunnel_depth", "", tunnel.source);
            } else {
                c.history.addOnce(History.LIMIT_REACHED, 'X');
                tracker.weird(p, "exceeded_tunnel_max_depth", "", tunnel.source);
            }
            return;
        }
        Encapsulation around = p.encapsulation;
        if (tunnel == geneve) {
            tracker.geneveOptions().header(p.data, at, end);
        }
        TunnelHeader header = tunnel.parser.parse(p.data, at, end);
        if (tunnel == gtp && around != null && around.type() == TunnelType.GTP) {
            violated(tunnel, c, "GTP-in-GTP", p, at, at);
            return;
        }
        if (tunnel == gtp && gtpParser.isMessage()) {
            gtpEvents.message(c, p.data, end);
        }
        switch (header.outcome()) {
            case IGNORED -> {}
            case WEIRD -> tracker.weird(p, header.text(), header.detail(), tunnel.source);
            case VIOLATION -> {
                if (tunnel == teredo && !teredoParser.oddity().isEmpty() && c.tunnelConfirmed(tunnel.number)) {
                    c.weird(teredoParser.oddity(), "", tunnel.source);
                }
                violated(tunnel, c, header.text(), p, at, hasData(tunnel) ? end : at);
            }
            case EMPTY -> {
                confirmed(tunnel, c, fromOriginator);
                tracker.weird(p, header.text(), "", tunnel.source);
            }
            case CARRIES -> carries(tunnel, header, c, p, fromOriginator, end);
        }
    }

    /** Whether the event of a violation hands out the payload. */
    private boolean hasData(UdpTunnel tunnel) {
        return tunnel != gtp && tunnel != ayiya;
    }

    private void carries(
            UdpTunnel tunnel,
            TunnelHeader header,
            DatagramConnection c,
            DecodedPacket p,
            boolean fromOriginator,
            int end) {
        if (tunnel == teredo && teredoParser.isBubbleWithPayload()) {
            c.weird("Teredo_bubble_with_payload", "", tunnel.source);
        }
        confirmed(tunnel, c, fromOriginator);
        int bytes = end - header.at();
        if (tunnel == teredo) {
            events.teredo(c, p, header);
        } else if (tunnel == gtp) {
            events.gtpUserPacket(c, p, header);
        }
        if (header.inner() == InnerPacket.NOTHING_KNOWN) {
            tracker.unknownInside(p, tunnel.source, header.innerProtocol(), header.at());
            return;
        }
        // The parser is used again for a tunnel inside.
        int network = header.network();
        int wire = p.reassembled ? bytes : bytes + p.frameWire - p.frameCaptured;
        Encapsulation through = encapsulation(tunnel, c, p.encapsulation);
        DecodedPacket inner = tracker.inner(p, header.inner(), header.at(), bytes, wire, through);
        if (inner.processed && inner.headerVersion != 0) {
            events.carried(tunnel.type, c, inner, network);
        }
    }

    private Encapsulation encapsulation(UdpTunnel tunnel, DatagramConnection c, @Nullable Encapsulation around) {
        Encapsulation known = c.carried;
        if (known == null || known.outer() != around || known.type() != tunnel.type) {
            known = new Encapsulation(
                    around,
                    tunnel.type,
                    c.originator(),
                    c.originatorPort(),
                    c.responder(),
                    c.responderPort(),
                    c.transport(),
                    c.protocol(),
                    c.record().uid);
            c.carried = known;
        }
        return known;
    }

    private void confirmed(UdpTunnel tunnel, DatagramConnection c, boolean fromOriginator) {
        boolean delayed = tunnel == teredo && tracker.settings().delayTeredoConfirmation
                || tunnel == gtp && tracker.settings().delayGtpConfirmation;
        boolean bothSides = c.tunnelSeen(fromOriginator);
        if ((!delayed || bothSides) && c.confirmTunnel(tunnel.number)) {
            reports.confirmed(c, tunnel.source);
        }
    }

    private void violated(UdpTunnel tunnel, DatagramConnection c, String reason, DecodedPacket p, int at, int end) {
        if (c.violateTunnel(tunnel.number)) {
            reports.violated(c, tunnel.source, reason, p.data, at, end);
        }
    }
}
