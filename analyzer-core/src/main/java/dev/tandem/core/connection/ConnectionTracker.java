package dev.tandem.core.connection;

import dev.tandem.core.engine.EngineMetrics;
import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.engine.PacketProcessor;
import dev.tandem.core.engine.Weird;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.header.HeaderRecords;
import dev.tandem.core.header.LinkAddressTexts;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.Encapsulation;
import dev.tandem.core.packet.FragmentReassembler;
import dev.tandem.core.packet.IcmpHeader;
import dev.tandem.core.packet.InnerPacket;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketDecoder;
import dev.tandem.core.packet.PacketNotes;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.tunnel.GeneveOptions;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns packets into connections: decodes, finds or opens the connection a packet belongs to, hands it over, and removes
 * connections when they end. Owns the table and the timers; everything here runs on the engine thread.
 *
 * <p>Order within a packet as in Zeek ({@code src/packet_analysis/protocol/ip/IPBasedAnalyzer.cc}): look up; on reuse end the
 * old connection and open a new one; flow label; then the transport.
 */
public final class ConnectionTracker implements PacketProcessor {
    private static final long BROADCAST = 0xffff_ffff_ffffL;

    private final EngineSettings settings;
    private final EventQueue queue;
    private final RecordFactory records;
    private final NetworkTime time;
    private final EngineMetrics metrics;
    private final Weird weird;
    private final ConnectionUid.Source uids;
    private final LinkAddressTexts linkAddresses = new LinkAddressTexts();
    private final ConnectionEvents events;
    private final ConnectionTable table;
    private final LookAhead lookAhead;
    private final FlowCounts counts = new FlowCounts();
    private final GapCounts gaps = new GapCounts();
    private final StreamMemory streamMemory;
    private final TimerWheel wheel = new TimerWheel();
    private final PacketDecoder decoder;
    private final PacketEvents packetEvents;
    private final DecodedPacket packet = new DecodedPacket();

    /** Packets in tunnels, by depth, made when one is that deep. */
    private final List<DecodedPacket> innerPackets = new ArrayList<>();

    private final GeneveOptions geneveOptions = new GeneveOptions();
    private final UnknownProtocols unknownProtocols;
    private final IgmpEvents igmp;
    private final IpTunnels ipTunnels = new IpTunnels(this);
    private final @Nullable Transport[] transports = new Transport[256];
    private final TcpTransport tcp;
    private Predicate<Connection> mayTimeOut = c -> true;
    private StreamConsumers consumers = c -> null;
    private boolean terminating;

    public ConnectionTracker(
            EngineSettings settings,
            EventRegistry registry,
            EventQueue queue,
            RecordFactory records,
            NetworkTime time,
            EngineMetrics metrics,
            ConnectionUid.Source uids) {
        this.settings = settings;
        this.queue = queue;
        this.records = records;
        this.time = time;
        this.metrics = metrics;
        this.uids = uids;
        table = new ConnectionTable(settings.vlansInKey);
        lookAhead = new LookAhead(table);
        streamMemory = new StreamMemory(settings.tcpReassemblyBytes);
        weird = new Weird(settings, registry, queue, time, metrics);
        events = new ConnectionEvents(registry);
        unknownProtocols = new UnknownProtocols(this, registry);
        packetEvents = new PacketEvents(registry, queue, records);
        decoder = new PacketDecoder(new Notes(new ArpEvents(registry, queue), unknownProtocols), settings.ip);
        igmp = new IgmpEvents(this, registry);
        tcp = new TcpTransport(this, registry);
        UnknownTransport unknown = new UnknownTransport(this, unknownProtocols);
        Arrays.fill(transports, unknown);
        IcmpTransport icmp = new IcmpTransport(this, new IcmpEvents(this, registry));
        transports[IpProtocol.TCP] = tcp;
        transports[IpProtocol.UDP] = new UdpTransport(this, new UdpTunnels(this, registry, ipTunnels));
        transports[IpProtocol.ICMP] = icmp;
        transports[IpProtocol.ICMPV6] = icmp;
        // No flows: IGMP is told of message by message, and tunnels by what they carry.
        transports[IpProtocol.IGMP] = null;
        transports[IpProtocol.IPV4] = null;
        transports[IpProtocol.IPV6] = null;
        transports[IpProtocol.GRE] = null;
    }

    @Override
    public void process(PacketBatch batch, int number) {
        lookAhead.before(batch, number);
        DecodedPacket p = packet;
        geneveOptions.clear();
        analyze(p, decoder.decode(batch, number, p));
        if (!p.processed) {
            metrics.packetUnprocessed();
        }
        packetEvents.processed(p);
    }

    private void analyze(DecodedPacket p, boolean good) {
        if (good) {
            transport(p);
        }
        while (decoder.hasNext(p)) {
            if (decoder.decodeNext(p)) {
                transport(p);
            }
        }
    }

    private void transport(DecodedPacket p) {
        Transport transport = transports[p.protocol];
        if (transport != null) {
            track(transport, p);
        } else if (p.protocol == IpProtocol.IGMP) {
            igmp.packet(p);
        } else {
            ipTunnels.packet(p);
        }
    }

    /**
     * Deals with a packet that another one carries.
     *
     * @param at where it begins in the carrier's data
     * @param wireBytes how long it was before the capture cut it short
     */
    DecodedPacket inner(
            DecodedPacket carrier, InnerPacket kind, int at, int bytes, int wireBytes, Encapsulation through) {
        int depth = Encapsulation.depth(through);
        while (innerPackets.size() < depth) {
            innerPackets.add(new DecodedPacket());
        }
        DecodedPacket p = innerPackets.get(depth - 1);
        p.beginInside(carrier, at, bytes, wireBytes, through);
        analyze(p, decoder.decodeInner(p, kind));
        carrier.processed |= p.processed;
        return p;
    }

    /** A tunnel carries something that nobody decodes. */
    void unknownInside(DecodedPacket carrier, String tunnel, long protocol, int at) {
        int cursor = carrier.at;
        carrier.at = at;
        unknownProtocols.report(carrier, tunnel, protocol);
        carrier.at = cursor;
    }

    private void track(Transport transport, DecodedPacket p) {
        if (!transport.readPorts(p)) {
            return;
        }
        Connection c = table.find(table.hash(p), p);
        if (c != null && c.isReusedBy(p)) {
            c.raise(events.reused);
            remove(c);
            c = null;
        }
        if (c == null) {
            c = open(transport, p);
            if (c == null) {
                return;
            }
        } else {
            c.checkEncapsulation(p);
        }
        p.processed = true;
        boolean fromOriginator = c.isOriginator(p);
        c.checkFlowLabel(fromOriginator, p.flowLabel);
        packetEvents.belongs(c, p);
        if (!c.isSkipping()) {
            c.packet(p, fromOriginator);
        }
    }

    private @Nullable Connection open(Transport transport, DecodedPacket p) {
        Transport.Roles roles = transport.roles(p);
        if (roles == Transport.Roles.REFUSE) {
            return null;
        }
        if (settings.maxConnections != 0 && table.size() >= settings.maxConnections && !makeRoom(p)) {
            counts.refused();
            return null;
        }
        Connection c = transport.open(p);
        boolean broadcast = p.destinationHigh == 0 && p.destinationLow == BROADCAST;
        if (roles == Transport.Roles.FLIP && !broadcast) {
            c.flipRoles();
        }
        transport.begin(c);
        c.consumer(consumers.consumer(c));
        if (settings.genericPacketThresholds.length > 0 && events.genericPacketThreshold.wanted()) {
            c.watchGenericThresholds();
        }
        c.raise(events.newConnection);
        table.add(c);
        counts.began(c.transport());
        metrics.connectionBegan();
        return c;
    }

    /**
     * Ends the connection that is missed least of some that are looked at: in a flood, one of the flood. Where they are looked
     * for follows from the hash, which nobody outside can foresee.
     */
    private boolean makeRoom(DecodedPacket p) {
        Connection victim = table.leastMissed(table.hash(p));
        if (victim == null) {
            return false;
        }
        counts.evicted();
        remove(victim);
        return true;
    }

    /** Reports an oddity of a packet; its name tells when the packet came through a tunnel. */
    void weird(DecodedPacket p, String name, String detail, String source) {
        String told = p.encapsulation == null ? name : name + "_in_tunnel";
        if (p.ipVersion == 0) {
            weird.net(told, detail, source);
        } else {
            weird.flow(p.source(), p.destination(), told, detail, source);
        }
    }

    /** Whether the transport header is there whole; complains when it is not. */
    boolean hasHeader(DecodedPacket p, int bytes, String source) {
        // A length of 0 is segmentation offloading.
        if (p.ipPayloadBytes != 0 && p.ipPayloadBytes < bytes) {
            weird(p, "truncated_header", "", source);
            return false;
        }
        if (p.remaining() < bytes) {
            weird(p, "internally_truncated_header", "", source);
            return false;
        }
        return true;
    }

    /** Ends a connection; nothing when it has ended already. */
    void remove(Connection c) {
        if (!c.inTable) {
            return;
        }
        c.cancelTimers();
        c.done();
        c.raise(events.stateRemove);
        table.remove(c);
        c.inTable = false;
        counts.ended(c.transport());
        metrics.connectionEnded();
    }

    @Override
    public double nextDue() {
        return wheel.nextDue();
    }

    @Override
    public int runUntil(double until, int most) {
        int ran = 0;
        while (ran < most) {
            Timed entry = wheel.poll(until);
            if (entry == null) {
                break;
            }
            if (entry.fire(time.now())) {
                ran++;
            }
        }
        return ran;
    }

    @Override
    public void expireNext() {
        terminating = true;
        Timed entry = wheel.poll(Double.MAX_VALUE);
        if (entry != null) {
            entry.expire();
        }
    }

    @Override
    public void drain() {
        terminating = true;
        for (Connection c : table.inKeyOrder()) {
            c.cancelTimers();
            c.done();
            c.raise(events.stateRemove);
            c.inTable = false;
            counts.ended(c.transport());
            metrics.connectionEnded();
        }
        table.clear();
        decoder.fragments().clear();
    }

    boolean isTerminating() {
        return terminating;
    }

    /**
     * The live connection between two ends, whichever is the originator; null when there is none. For ICMP the ports are type
     * and answering type or code, as in conn_id.
     *
     * @param protocol IP protocol number
     * @param vlan outer tag, -1 for none; only looked at when VLANs belong to the key, as {@code innerVlan}
     */
    public @Nullable Connection find(
            Addr first, int firstPort, Addr second, int secondPort, int protocol, int vlan, int innerVlan) {
        boolean oneWay = (protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6)
                && IcmpHeader.counterpart(protocol, firstPort) == IcmpHeader.ONE_WAY;
        return table.find(
                first.high(),
                first.low(),
                firstPort,
                second.high(),
                second.low(),
                secondPort,
                protocol,
                vlan,
                innerVlan,
                oneWay);
    }

    /** Asked about each new connection from now on. */
    public void consumers(StreamConsumers newConsumers) {
        consumers = newConsumers;
    }

    /** Asked before a connection is removed for silence; false keeps it for another time-out (hook connection_timing_out). */
    public void mayTimeOut(Predicate<Connection> guard) {
        mayTimeOut = guard;
    }

    boolean mayTimeOut(Connection c) {
        return mayTimeOut.test(c);
    }

    public ConnectionTable table() {
        return table;
    }

    public FlowCounts counts() {
        return counts;
    }

    public GapCounts gaps() {
        return gaps;
    }

    public StreamMemory streamMemory() {
        return streamMemory;
    }

    public FragmentReassembler fragments() {
        return decoder.fragments();
    }

    /** Timers that are set, of connections and tunnels. */
    public TimerWheel timers() {
        return wheel;
    }

    /** The frame being processed, also while the events it raised run; null when none is. */
    public @Nullable DecodedPacket currentPacket() {
        return time.packetTime() == 0 ? null : packet;
    }

    /** Of the Geneve headers of the packet being processed. */
    public GeneveOptions geneveOptions() {
        return geneveOptions;
    }

    /** Makes records of packets for scripts. */
    public HeaderRecords headerRecords() {
        return packetEvents.headers();
    }

    public Weird weird() {
        return weird;
    }

    public EngineSettings settings() {
        return settings;
    }

    public NetworkTime time() {
        return time;
    }

    EventQueue queue() {
        return queue;
    }

    RecordFactory records() {
        return records;
    }

    ConnectionEvents events() {
        return events;
    }

    TimerWheel wheel() {
        return wheel;
    }

    PacketDecoder decoder() {
        return decoder;
    }

    TcpTransport tcp() {
        return tcp;
    }

    LinkAddressTexts linkAddresses() {
        return linkAddresses;
    }

    Bytes nextUid() {
        return ConnectionUid.next("C", settings.bitsPerUid, uids);
    }

    /** What decoders tell goes to weirds and events. */
    private final class Notes implements PacketNotes {
        private final ArpEvents arp;
        private final UnknownProtocols unknown;

        Notes(ArpEvents arp, UnknownProtocols unknown) {
            this.arp = arp;
            this.unknown = unknown;
        }

        @Override
        public void weird(DecodedPacket p, String name, String detail, String source) {
            if (source.isEmpty()) {
                // Of the IP header alone, wherever it is.
                weird.flow(p.source(), p.destination(), name, detail, source);
            } else {
                ConnectionTracker.this.weird(p, name, detail, source);
            }
        }

        @Override
        public void unknownProtocol(DecodedPacket p, String source, long protocol) {
            unknown.report(p, source, protocol);
        }

        @Override
        public void arp(DecodedPacket p) {
            arp.message(p);
        }

        @Override
        public void esp(DecodedPacket p) {
            packetEvents.esp(p);
        }

        @Override
        public void mobility(DecodedPacket p) {
            packetEvents.mobility(p);
        }
    }
}
