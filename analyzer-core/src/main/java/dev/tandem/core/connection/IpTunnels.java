package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.Encapsulation;
import dev.tandem.core.packet.InnerPacket;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.TunnelType;
import dev.tandem.core.tunnel.GreHeader;
import dev.tandem.core.tunnel.InnerIp;
import dev.tandem.core.tunnel.TunnelHeader;
import dev.tandem.core.value.Port;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Tunnels directly on IP: IP in IP, and GRE with what it carries. Such a tunnel is a pair of addresses, and keeps its uid
 * until nothing came through it for {@code Tunnel::ip_tunnel_timeout} (zeek {@code
 * src/packet_analysis/protocol/iptunnel/IPTunnel.cc}).
 */
final class IpTunnels {
    /** Of more, the one nothing came through for longest is forgotten: anybody can make up pairs of addresses. */
    static final int MOST = 65_536;

    private record Pair(long aHigh, long aLow, long bHigh, long bLow) {
        static Pair of(DecodedPacket p) {
            int order = Long.compareUnsigned(p.sourceHigh, p.destinationHigh);
            boolean ascending = order != 0 ? order < 0 : Long.compareUnsigned(p.sourceLow, p.destinationLow) < 0;
            return ascending
                    ? new Pair(p.sourceHigh, p.sourceLow, p.destinationHigh, p.destinationLow)
                    : new Pair(p.destinationHigh, p.destinationLow, p.sourceHigh, p.sourceLow);
        }
    }

    /** A pair of addresses that something came through. */
    private final class Tunnel extends Timed {
        final Pair pair;
        Encapsulation encapsulation;
        double lastTime;

        Tunnel(Pair pair, Encapsulation encapsulation) {
            this.pair = pair;
            this.encapsulation = encapsulation;
        }

        /** The same tunnel inside of whatever the packet at hand came through; made again only when that has changed. */
        Encapsulation within(@Nullable Encapsulation outer) {
            Encapsulation e = encapsulation;
            if (e.outer() != outer) {
                e = new Encapsulation(
                        outer, e.type(), e.source(), 0, e.destination(), 0, Port.Proto.UNKNOWN, e.protocol(), e.uid());
                encapsulation = e;
            }
            return e;
        }

        @Override
        boolean fire(double now) {
            double timeout = tracker.settings().ipTunnelTimeout;
            if (now - lastTime >= timeout) {
                tunnels.remove(pair);
                return true;
            }
            tracker.wheel().add(this, now + timeout);
            return false;
        }

        @Override
        void expire() {}
    }

    private final ConnectionTracker tracker;
    /** In order of use, so that the head is the next to go. */
    private final SequencedMap<Pair, Tunnel> tunnels = new LinkedHashMap<>(16, 0.75f, true);

    private final GreHeader gre = new GreHeader();

    IpTunnels(ConnectionTracker tracker) {
        this.tracker = tracker;
    }

    /** Takes a packet of protocol 4, 41 or 47, whose payload is at the cursor. */
    void packet(DecodedPacket p) {
        if (p.protocol == IpProtocol.GRE) {
            p.enter("GRE");
            gre(p, p.at, p.end);
        } else if (withinDepth(p)) {
            ip(p, TunnelType.IP, p.at, p.end, p.protocol);
        }
    }

    /** GRE at some place of the packet, on IP or, by its port, in UDP. */
    void gre(DecodedPacket p, int at, int end) {
        TunnelHeader header = gre.parse(p.data, at, end);
        if (header.outcome() != TunnelHeader.Outcome.CARRIES) {
            weird(p, header.text(), header.detail(), "GRE");
        } else if (withinDepth(p)) {
            if (GreHeader.isPptp(p.data, at)) {
                ip(p, TunnelType.GRE, header.at(), end, (int) header.innerProtocol());
            } else {
                forward(p, TunnelType.GRE, header.inner(), header.at(), end);
            }
        }
    }

    private boolean withinDepth(DecodedPacket p) {
        p.enter("IPTUNNEL");
        if (Encapsulation.depth(p.encapsulation) >= tracker.settings().tunnelMaxDepth) {
            weird(p, "exceeded_tunnel_max_depth", "", "IPTUNNEL");
            return false;
        }
        return true;
    }

    private void ip(DecodedPacket p, TunnelType type, int at, int end, int protocol) {
        switch (InnerIp.check(p.data, at, end, protocol)) {
            case WRONG_PROTOCOL -> weird(p, "invalid_inner_IP_version", "", "IPTUNNEL");
            case CUT_SHORT -> weird(p, "truncated_inner_IP", "", "IPTUNNEL");
            case TOO_LONG -> weird(p, "inner_IP_payload_length_mismatch", "", "IPTUNNEL");
            case GOOD -> forward(p, type, InnerPacket.IP, at, end);
        }
    }

    private void forward(DecodedPacket p, TunnelType type, InnerPacket inner, int at, int end) {
        Tunnel tunnel = tunnels.get(Pair.of(p));
        if (tunnel == null) {
            tunnel = open(p, type);
        }
        tunnel.lastTime = tracker.time().now();
        tracker.inner(p, inner, at, end - at, end - at, tunnel.within(p.encapsulation));
    }

    private Tunnel open(DecodedPacket p, TunnelType type) {
        Pair pair = Pair.of(p);
        Encapsulation encapsulation = new Encapsulation(
                p.encapsulation,
                type,
                p.source(),
                0,
                p.destination(),
                0,
                Port.Proto.UNKNOWN,
                p.protocol,
                tracker.nextUid());
        Tunnel tunnel = new Tunnel(pair, encapsulation);
        if (tunnels.size() >= MOST) {
            tracker.wheel()
                    .remove(Objects.requireNonNull(tunnels.pollFirstEntry()).getValue());
        }
        tunnels.put(pair, tunnel);
        tracker.wheel().add(tunnel, tracker.time().now() + tracker.settings().ipTunnelTimeout);
        return tunnel;
    }

    private void weird(DecodedPacket p, String name, String detail, String source) {
        tracker.weird(p, name, detail, source);
    }
}
