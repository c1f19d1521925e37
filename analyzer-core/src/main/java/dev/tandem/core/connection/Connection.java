package dev.tandem.core.connection;

import dev.tandem.core.engine.Weird;
import dev.tandem.core.event.EventType;
import dev.tandem.core.header.LinkAddress;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.Encapsulation;
import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.EndpointRecord;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Port;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A flow between two endpoints of an IP protocol: what Zeek calls a connection, whether the protocol has them or not. Owned by
 * the engine thread.
 *
 * <p>Scripts see it as a {@link ConnectionRecord}, made when an event first needs it and brought up to date before every event
 * (zeek {@code src/Conn.cc}, GetVal). All of its timers share one entry in the timer wheel, set to the earliest of them; a
 * packet only changes {@link #lastTime}, and the inactivity timer looks at that when it comes up.
 */
public abstract sealed class Connection extends Timed permits TcpConnection, DatagramConnection {
    static final double NEVER = Double.POSITIVE_INFINITY;

    /** Kinds of timers that every connection may have; more in the subclasses. */
    static final int INACTIVITY = 0;

    static final int STATUS_UPDATE = 1;
    static final int DELETE = 2;
    static final int OWN_TIMERS = 3;

    final ConnectionTracker tracker;

    // Both ends as the table sees them, originator first; flipped with the roles.
    long origHigh;
    long origLow;
    long respHigh;
    long respLow;
    char origPort;
    char respPort;
    final short protocol;

    /** Set for ICMP messages without an answer: the other direction is another connection. */
    final boolean oneWay;

    private final boolean v4;
    private final Port.Proto transport;
    private long origLink;
    private long respLink;
    private int origFlowLabel;
    private int respFlowLabel;
    private boolean sawOriginator = true;
    private boolean sawResponder;
    private final short vlan;
    private final short innerVlan;

    private double startTime;
    double lastTime;
    final History history = new History();
    long origPackets;
    long respPackets;
    long origIpBytes;
    long respIpBytes;

    /** The tunnels its packets come through. */
    private @Nullable Encapsulation encapsulation;

    private double inactivityTimeout;
    private double inactivityDue = NEVER;

    /** When the timers that few connections have are due, by kind; made for the first of them. */
    private double @Nullable [] rareTimers;

    boolean inTable = true;
    boolean timersCancelled;
    private boolean skipping;
    private boolean recordsPackets = true;
    private byte tunnelChanges;
    private boolean hadWeird;
    private Weird.@Nullable Counts weirdCounts;
    private @Nullable ConnectionRecord record;
    private @Nullable Thresholds thresholds;
    private @Nullable StreamConsumer consumer;

    Connection(ConnectionTracker tracker, DecodedPacket p, Port.Proto transport) {
        this.tracker = tracker;
        this.transport = transport;
        origHigh = p.sourceHigh;
        origLow = p.sourceLow;
        respHigh = p.destinationHigh;
        respLow = p.destinationLow;
        origPort = (char) p.sourcePort;
        respPort = (char) p.destinationPort;
        protocol = (short) p.protocol;
        oneWay = p.oneWay;
        v4 = p.ipVersion == 4;
        origFlowLabel = p.flowLabel;
        encapsulation = p.encapsulation;
        vlan = (short) p.vlan;
        innerVlan = (short) p.innerVlan;
        origLink = LinkAddress.at(p.frame, p.linkSource);
        respLink = LinkAddress.at(p.frame, p.linkDestination);
        startTime = tracker.time().packetTime();
        lastTime = startTime;
    }

    public final Addr originator() {
        return address(origHigh, origLow);
    }

    public final Addr responder() {
        return address(respHigh, respLow);
    }

    private Addr address(long high, long low) {
        return v4 ? Addr.v4((int) low) : Addr.v6(high, low);
    }

    /** For ICMP the message type. */
    public final int originatorPort() {
        return origPort;
    }

    /** For ICMP the answering type, or the code when there is none. */
    public final int responderPort() {
        return respPort;
    }

    /** Of the first packet, the outer tag; -1 for none. */
    public final int vlan() {
        return vlan;
    }

    /** The inner one of two tags; -1 for none. */
    public final int innerVlan() {
        return innerVlan;
    }

    /** IP protocol number. */
    public final int protocol() {
        return protocol;
    }

    public final Port.Proto transport() {
        return transport;
    }

    /** Network time of the first packet. */
    public final double startTime() {
        return startTime;
    }

    /** Network time of the last packet that counts. */
    public final double lastTime() {
        return lastTime;
    }

    public final History history() {
        return history;
    }

    public final long packets(boolean originator) {
        return originator ? origPackets : respPackets;
    }

    /** By the lengths in IP headers. */
    public final long ipBytes(boolean originator) {
        return originator ? origIpBytes : respIpBytes;
    }

    /** Payload bytes of one side, as scripts see them in {@code size}. */
    public abstract long size(boolean originator);

    /** The number of one side's state, as scripts see it. */
    public abstract long stateNumber(boolean originator);

    /** Bytes missing from the streams of both sides: seen acknowledged, never captured. */
    public long missedBytes() {
        return 0;
    }

    /** Whether the connection is still being tracked. */
    public final boolean isLive() {
        return inTable;
    }

    /** Drops everything that comes from now on (skip_further_processing). */
    public final void skipFurtherProcessing() {
        skipping = true;
    }

    /** Whether the packets are to be written to the trace that the run writes. */
    public final boolean recordsPackets() {
        return recordsPackets;
    }

    public final void recordPackets(boolean on) {
        recordsPackets = on;
    }

    final boolean isSkipping() {
        return skipping;
    }

    final boolean isOriginator(DecodedPacket p) {
        return p.sourceLow == origLow && p.sourceHigh == origHigh && p.sourcePort == origPort;
    }

    /** Whether the packet starts another connection between the same ends. */
    boolean isReusedBy(DecodedPacket p) {
        return false;
    }

    /** For {@link LookAhead}: reads from all over the object; the number says nothing. */
    int read() {
        return wheelPlace + (int) origLow + (int) respIpBytes + (int) lastTime + (history == null ? 0 : 1);
    }

    /** For {@link LookAhead}: reads what else a packet changes. */
    int readParts() {
        return history.read();
    }

    /** Takes the packet in, whose IP payload is at the cursor. */
    abstract void packet(DecodedPacket p, boolean fromOriginator);

    /** Whether only one of the ends has been heard. */
    abstract boolean isOneSided();

    /** Takes the payload of both sides from now on; null to take none. */
    public final void consumer(@Nullable StreamConsumer newConsumer) {
        consumer = newConsumer;
    }

    /** Who takes the payload; null when nobody does. */
    public final @Nullable StreamConsumer consumer() {
        return consumer;
    }

    /** What everything counts to that is kept of streams until more of them comes. */
    public final StreamMemory streamMemory() {
        return tracker.streamMemory();
    }

    /** The connection is about to go. */
    void done() {
        StreamConsumer c = consumer;
        if (c != null) {
            c.done();
        }
    }

    final void count(DecodedPacket p, boolean fromOriginator) {
        if (fromOriginator) {
            origPackets++;
            origIpBytes += p.ipTotalBytes;
        } else {
            respPackets++;
            respIpBytes += p.ipTotalBytes;
        }
        Thresholds watched = thresholds;
        if (watched != null) {
            watched.check(this, fromOriginator);
        }
    }

    // Thresholds

    private Thresholds thresholds() {
        Thresholds watched = thresholds;
        if (watched == null) {
            watched = new Thresholds(tracker.settings().genericPacketThresholds);
            thresholds = watched;
        }
        return watched;
    }

    /** Watches for the packet numbers that the settings list. */
    final void watchGenericThresholds() {
        thresholds();
    }

    /** The number of IP bytes of one side that is watched for; 0 is none. */
    public final long bytesThreshold(boolean originator) {
        return thresholds == null ? 0 : thresholds.bytes(originator);
    }

    /** Raises conn_bytes_threshold_crossed once that side has sent so many bytes, at once when it has; 0 watches no more. */
    public final void bytesThreshold(boolean originator, long bytes) {
        thresholds().bytes(originator, bytes);
        thresholds().check(this, originator);
    }

    /** The number of packets of one side that is watched for; 0 is none. */
    public final long packetsThreshold(boolean originator) {
        return thresholds == null ? 0 : thresholds.packets(originator);
    }

    /** As {@link #bytesThreshold(boolean, long)} for packets. */
    public final void packetsThreshold(boolean originator, long packets) {
        thresholds().packets(originator, packets);
        thresholds().check(this, originator);
    }

    /** The duration in seconds that is watched for; 0 is none. */
    public final double durationThreshold() {
        return thresholds == null ? 0 : thresholds.duration();
    }

    /** Raises conn_duration_threshold_crossed with the first packet after so many seconds; 0 watches no more. */
    public final void durationThreshold(double seconds) {
        thresholds().duration(seconds);
        thresholds().check(this, true);
    }

    final void checkFlowLabel(boolean fromOriginator, int label) {
        int before = fromOriginator ? origFlowLabel : respFlowLabel;
        if (before != label) {
            flowLabelChanged(fromOriginator, before, label);
        }
        if (fromOriginator) {
            sawOriginator = true;
        } else {
            sawResponder = true;
        }
    }

    /** Notices when packets begin to come through other tunnels than before. */
    final void checkEncapsulation(DecodedPacket p) {
        if (p.encapsulation != encapsulation) {
            encapsulationChanged(p.encapsulation);
        }
    }

    private void encapsulationChanged(@Nullable Encapsulation now) {
        boolean same = Encapsulation.same(now, encapsulation);
        encapsulation = now;
        EventType changed = tracker.events().tunnelChanged;
        if (same || !changed.wanted()) {
            return;
        }
        int most = tracker.settings().tunnelMaxChanges;
        if (most != 0 && tunnelChanges >= most) {
            weird("tunnel_max_changes_per_connection_exceeded", Integer.toString(most), "");
            history.addOnce(History.LIMIT_REACHED, 'X');
            return;
        }
        tunnelChanges++;
        tracker.queue().add(changed, record(), TunnelEvents.stack(tracker.records(), now));
    }

    private void flowLabelChanged(boolean fromOriginator, int before, int label) {
        if (record != null) {
            endpoint(record, fromOriginator).flowLabel = label;
        }
        ConnectionEvents events = tracker.events();
        if (events.flowLabelChanged.wanted() && (fromOriginator ? sawOriginator : sawResponder)) {
            tracker.queue().add(events.flowLabelChanged, record(), fromOriginator, (long) before, (long) label);
        }
        if (fromOriginator) {
            origFlowLabel = label;
        } else {
            respFlowLabel = label;
        }
    }

    /** Originator and responder change places. */
    void flipRoles() {
        long high = origHigh;
        long low = origLow;
        char port = origPort;
        origHigh = respHigh;
        origLow = respLow;
        origPort = respPort;
        respHigh = high;
        respLow = low;
        respPort = port;
        long link = origLink;
        origLink = respLink;
        respLink = link;
        boolean saw = sawOriginator;
        sawOriginator = sawResponder;
        sawResponder = saw;
        int label = origFlowLabel;
        origFlowLabel = respFlowLabel;
        respFlowLabel = label;
        long packets = origPackets;
        origPackets = respPackets;
        respPackets = packets;
        long bytes = origIpBytes;
        origIpBytes = respIpBytes;
        respIpBytes = bytes;
        if (record != null) {
            fillId(Objects.requireNonNull(record.id()));
            EndpointRecord orig = record.orig();
            record.set(1, record.resp());
            record.set(2, orig);
        }
        flipEndpoints();
        StreamConsumer c = consumer;
        if (c != null) {
            c.rolesFlipped();
        }
        history.add('^');
        raise(tracker.events().flipped);
    }

    abstract void flipEndpoints();

    /** Queues an event that has the connection as its only argument, if anyone wants it. */
    final void raise(EventType event) {
        if (event.wanted()) {
            tracker.queue().add(event, record());
        }
    }

    /** Queues an event whose further arguments are a direction and a count. */
    final void raise(EventType event, boolean originator, long count) {
        if (event.wanted()) {
            tracker.queue().add(event, record(), originator, count);
        }
    }

    /** The record that scripts see, up to date. */
    public final ConnectionRecord record() {
        ConnectionRecord r = record;
        if (r == null) {
            r = tracker.records().connection();
            fillId(Objects.requireNonNull(r.id()));
            firstFill(endpoint(r, true), origFlowLabel, origLink);
            firstFill(endpoint(r, false), respFlowLabel, respLink);
            if (tracker.settings().vlansInKey) {
                fillContext(Objects.requireNonNull(r.id()));
            }
            r.uid = tracker.nextUid();
            r.vlan = vlan;
            r.innerVlan = innerVlan;
            if (encapsulation != null) {
                r.tunnel(TunnelEvents.stack(tracker.records(), encapsulation));
            }
            record = r;
        }
        refresh(endpoint(r, true), true);
        refresh(endpoint(r, false), false);
        r.startTime = startTime;
        r.duration = lastTime - startTime;
        if (!history.is(r.history)) {
            r.history = history.toBytes();
        }
        recordRefreshed();
        return r;
    }

    /** The record as it is; null when no event has needed it yet. */
    public final @Nullable ConnectionRecord recordIfMade() {
        return record;
    }

    void recordRefreshed() {}

    private void fillId(ConnIdRecord id) {
        id.fill(originator(), Port.of(origPort, transport), responder(), Port.of(respPort, transport), protocol);
    }

    /** The script must have added the fields: {@code policy/frameworks/conn_key/vlan_fivetuple.zeek}. */
    private void fillContext(ConnIdRecord id) {
        RecordValue context = tracker.records().record("conn_id_ctx");
        int outer = tracker.settings().vlanSlot;
        int inner = tracker.settings().innerVlanSlot;
        if (vlan >= 0 && outer >= 0) {
            context.set(outer, (long) vlan);
        }
        if (innerVlan >= 0 && inner >= 0) {
            context.set(inner, (long) innerVlan);
        }
        id.set(ConnIdRecord.CONTEXT, context);
    }

    private void firstFill(EndpointRecord endpoint, int flowLabel, long link) {
        endpoint.flowLabel = flowLabel;
        if (link != 0) {
            endpoint.linkAddress = tracker.linkAddresses().text(link);
        }
    }

    private void refresh(EndpointRecord endpoint, boolean originator) {
        endpoint.size = size(originator);
        endpoint.state = stateNumber(originator);
        endpoint.packets = packets(originator);
        endpoint.ipBytes = ipBytes(originator);
    }

    private static EndpointRecord endpoint(ConnectionRecord record, boolean originator) {
        return Objects.requireNonNull(originator ? record.orig() : record.resp());
    }

    /** Reports an oddity of this connection's transport. */
    public final void weird(String name) {
        weird(name, "", transport == Port.Proto.UNKNOWN ? "" : transport.name());
    }

    /**
     * Reports an oddity of this connection.
     *
     * @param detail more about it, or empty
     * @param source the analyzer, or empty
     */
    public final void weird(String name, String detail, String source) {
        hadWeird = true;
        Weird.Counts counts = weirdCounts;
        if (counts == null) {
            counts = new Weird.Counts();
            weirdCounts = counts;
        }
        tracker.weird().connection(counts, this::record, name, detail, source);
    }

    final boolean hadWeird() {
        return hadWeird;
    }

    // Timers

    public final double inactivityTimeout() {
        return inactivityTimeout;
    }

    /** Ends the connection after that much silence, in seconds; 0 is never. Returns what held before. */
    public final double inactivityTimeout(double seconds) {
        double before = inactivityTimeout;
        if (seconds != before) {
            inactivityTimeout = seconds;
            setTimer(INACTIVITY, seconds == 0 ? NEVER : lastTime + seconds);
        }
        return before;
    }

    /** Starts connection_status_update, once. */
    final void enableStatusUpdates() {
        double interval = tracker.settings().connectionStatusUpdateInterval;
        if (timer(STATUS_UPDATE) == NEVER
                && interval != 0
                && tracker.events().statusUpdate.wanted()) {
            setTimer(STATUS_UPDATE, tracker.time().now() + interval);
        }
    }

    /** Sets one timer; {@link #NEVER} clears it. */
    final void setTimer(int kind, double due) {
        if (timersCancelled || !inTable) {
            return;
        }
        storeTimer(kind, due);
        if (due < NEVER && (wheelPlace == IDLE || due < wheelDue)) {
            tracker.wheel().remove(this);
            tracker.wheel().add(this, due);
        }
        // A later time is met by looking again when the entry comes up.
    }

    void storeTimer(int kind, double due) {
        if (kind == INACTIVITY) {
            inactivityDue = due;
            return;
        }
        double[] rare = rareTimers;
        if (rare == null) {
            if (due == NEVER) {
                return;
            }
            rare = new double[timers()];
            Arrays.fill(rare, NEVER);
            rareTimers = rare;
        }
        rare[kind] = due;
    }

    /** When a timer is due. */
    double timer(int kind) {
        double[] rare = rareTimers;
        return kind == INACTIVITY ? inactivityDue : rare == null ? NEVER : rare[kind];
    }

    int timers() {
        return OWN_TIMERS;
    }

    /** Whether a timer has something to do at the end of the run. */
    boolean actsAtEnd(int kind) {
        return false;
    }

    final void cancelTimers() {
        timersCancelled = true;
        tracker.wheel().remove(this);
    }

    private int earliestTimer() {
        int best = 0;
        for (int kind = 1; kind < timers(); kind++) {
            if (timer(kind) < timer(best)) {
                best = kind;
            }
        }
        return best;
    }

    @Override
    final boolean fire(double now) {
        int kind = earliestTimer();
        boolean due = timer(kind) <= now;
        if (due) {
            storeTimer(kind, NEVER);
            timerFired(kind, now);
        }
        rearm();
        return due;
    }

    /** Handling one timer may have set another: the entry belongs at the earliest. */
    private void rearm() {
        double next = timer(earliestTimer());
        if (inTable && !timersCancelled && next < NEVER && (wheelPlace == IDLE || next < wheelDue)) {
            tracker.wheel().remove(this);
            tracker.wheel().add(this, next);
        }
    }

    @Override
    final void expire() {
        double due = wheelDue;
        for (int kind = 0; kind < timers(); kind++) {
            if (!actsAtEnd(kind)) {
                storeTimer(kind, NEVER);
            }
        }
        int kind = earliestTimer();
        if (timer(kind) <= due) {
            storeTimer(kind, NEVER);
            timerFired(kind, tracker.time().now());
        }
        rearm();
    }

    /** @param now network time */
    void timerFired(int kind, double now) {
        switch (kind) {
            case INACTIVITY -> inactive(now);
            case STATUS_UPDATE -> {
                raise(tracker.events().statusUpdate);
                setTimer(STATUS_UPDATE, now + tracker.settings().connectionStatusUpdateInterval);
            }
            default -> {
                // Zeek's Session::is_active is never cleared, so a normal close raises it too.
                raise(tracker.events().timeout);
                tracker.remove(this);
            }
        }
    }

    private void inactive(double now) {
        double from = lastTime;
        if (lastTime + inactivityTimeout <= now) {
            if (tracker.mayTimeOut(this)) {
                tracker.counts().timedOut();
                raise(tracker.events().timeout);
                tracker.remove(this);
                return;
            }
            from = now;
        }
        setTimer(INACTIVITY, from + inactivityTimeout);
    }

    @Override
    public String toString() {
        String uid = record == null ? "" : record.uid + " ";
        String from = originator() + ":" + originatorPort();
        return uid + transport.label() + " " + from + " > " + responder() + ":" + responderPort();
    }
}
