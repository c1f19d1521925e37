package dev.tandem.core.connection;

import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.InternetChecksum;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.TcpHeader;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection: takes segments in, keeps the timers, and tells when it is over. The states themselves move in {@link
 * TcpStateMachine}. What is done in which order decides the order of events and follows Zeek ({@code
 * src/packet_analysis/protocol/tcp/TCPSessionAdapter.cc}, Process and the timers).
 */
public final class TcpConnection extends Connection {
    static final int EXPIRE = OWN_TIMERS;
    // A close by one side starts a second look-out beside the first.
    static final int EXPIRE_CLOSING = OWN_TIMERS + 1;
    static final int ATTEMPT = OWN_TIMERS + 2;
    static final int PARTIAL_CLOSE = OWN_TIMERS + 3;
    static final int RESET = OWN_TIMERS + 4;
    private static final int TIMERS = OWN_TIMERS + 5;

    private static final int ORIGINATOR_SEEN = 1;
    private static final int RESPONDER_SEEN = 2;

    TcpEndpoint orig = new TcpEndpoint(this, true);
    TcpEndpoint resp = new TcpEndpoint(this, false);

    private double expireDue = NEVER;
    private double attemptDue = NEVER;

    /** False once the end was reported. */
    boolean active = true;

    boolean partial;
    private boolean firstAckSeen;
    private byte firstPackets;

    /** Of the segment at hand. */
    private byte lastFlags;

    // A side has ended, but not all it sent has come.
    private boolean closeDeferred;
    private boolean raiseDeferred;

    private long missedBytes;

    /** Of both sides, originator first; null unless somebody wants to know. */
    private SegmentStatistics @Nullable [] statistics;

    TcpConnection(ConnectionTracker tracker, DecodedPacket p) {
        super(tracker, p, Port.Proto.TCP);
    }

    void begin() {
        EngineSettings settings = tracker.settings();
        setTimer(EXPIRE, tracker.time().now() + settings.tcpSynTimeout);
        enableStatusUpdates();
        // Until the handshake is done, as Zeek does.
        inactivityTimeout(settings.udpInactivityTimeout);
        // Streams are put in order from the start, whoever takes them.
        raise(tracker.events().newContents);
    }

    TcpEndpoint endpoint(boolean originator) {
        return originator ? orig : resp;
    }

    TcpEndpoint peerOf(TcpEndpoint endpoint) {
        return endpoint == orig ? resp : orig;
    }

    @Override
    int read() {
        return super.read() + (int) expireDue + (int) missedBytes;
    }

    @Override
    int readParts() {
        return super.readParts() + orig.read() + resp.read();
    }

    @Override
    public long size(boolean originator) {
        return endpoint(originator).size();
    }

    @Override
    public long stateNumber(boolean originator) {
        return endpoint(originator).state.ordinal();
    }

    public EndpointState state(boolean originator) {
        return endpoint(originator).state;
    }

    boolean bothClosed() {
        return orig.didClose && resp.didClose;
    }

    @Override
    void packet(DecodedPacket p, boolean fromOriginator) {
        byte[] data = p.data;
        int at = p.at;
        // An empty IP length field: take what there is.
        int length = p.ipTotalBytes == 0 ? p.remaining() : p.ipPayloadBytes;
        int header = TcpHeader.headerBytes(data, at);
        if (header < TcpHeader.BYTES) {
            weird("bad_TCP_header_len");
            return;
        }
        if (header > length || header > p.remaining()) {
            weird("truncated_header");
            return;
        }
        int payload = length - header;
        int captured = p.remaining() - header;
        TcpEndpoint endpoint = endpoint(fromOriginator);
        if (captured >= payload
                && tracker.settings().ip.verifies(p)
                && !InternetChecksum.transportIntact(p, IpProtocol.TCP, at, length)) {
            weird("bad_TCP_checksum");
            endpoint.checksumError();
            return;
        }
        segment(p, endpoint, at, header, payload, captured);
        // The connection may have turned round meanwhile.
        count(p, endpoint.isOriginator);
    }

    private void segment(DecodedPacket p, TcpEndpoint endpoint, int at, int header, int payload, int captured) {
        EngineSettings settings = tracker.settings();
        byte[] data = p.data;
        double now = tracker.time().packetTime();
        int flags = TcpHeader.flags(data, at);
        lastFlags = (byte) flags;
        boolean syn = (flags & TcpHeader.SYN) != 0;
        boolean fin = (flags & TcpHeader.FIN) != 0;
        boolean rst = (flags & TcpHeader.RST) != 0;
        boolean ack = (flags & TcpHeader.ACK) != 0;
        int sequence = TcpHeader.sequence(data, at);
        int acknowledgement = TcpHeader.acknowledgement(data, at);
        boolean fromOriginator = endpoint.isOriginator;
        TcpEndpoint peer = peerOf(endpoint);

        setPartial(fromOriginator, syn, ack);
        int segmentLength = (rst ? 0 : payload) + (syn ? 1 : 0) + (fin ? 1 : 0);
        int onePast = sequence + segmentLength;
        TcpStateMachine.initialise(endpoint, syn, sequence, onePast);
        long relative = endpoint.relativeSent(sequence);
        boolean underflow = relative < 0;
        if (underflow && !rst) {
            weird("TCP_seq_underflow_or_misorder");
        }
        endpoint.addToHistory(syn, ack, fin, rst, relative, payload);
        endpoint.updateWindow(TcpHeader.window(data, at), sequence, acknowledgement, syn, fin, rst);
        if (!bothClosed()) {
            lastTime = now;
        }
        if (syn) {
            tracker.tcp().syn(this, p, at, header, endpoint, fromOriginator, payload);
        }
        if (fin) {
            if (endpoint.countFin(now, settings.tcpStormThreshold, settings.tcpStormInterarrival)) {
                weird("FIN_storm");
            }
            endpoint.finSequence = relative + segmentLength;
        }
        if (rst) {
            if (endpoint.countRst(now, settings.tcpStormThreshold, settings.tcpStormInterarrival)) {
                weird("RST_storm");
            }
            // Of whichever state: what the states make of it is for the events alone.
            StreamConsumer c = consumer();
            if (c != null) {
                c.reset();
            }
        }
        long relativeAck = 0;
        if (ack) {
            relativeAck = acknowledge(endpoint, peer, acknowledgement, fromOriginator, syn, fin, rst);
        }
        int advance = endpoint.updateLast(onePast, syn, fin, rst, payload);
        endpoint.segmentSentAt(now);
        int outcome = TcpStateMachine.update(
                this, endpoint, peer, now, sequence, acknowledgement, payload, advance, fromOriginator, flags);
        if (ack) {
            // After the states have moved: what is missing at the very end is judged by them.
            peer.reassembler.acknowledged(relativeAck);
        }
        tracker.tcp().segmentSeen(this, p, at, header, payload, captured, fromOriginator, relative, relativeAck);
        firstPackets |= (byte) (fromOriginator ? ORIGINATOR_SEEN : RESPONDER_SEEN);
        countSegment(endpoint, p, syn ? relative + 1 : relative, payload);
        if (payload > 0 && !rst && !underflow && !isSkipping()) {
            if (captured >= payload) {
                endpoint.reassembler.data(syn ? relative + 1 : relative, data, at + header, payload);
            } else {
                weird("truncated_tcp_payload");
            }
        }
        endpoint.reassembler.checkEnd();
        if ((outcome & TcpStateMachine.CLOSE) != 0) {
            closed(endpoint, (outcome & TcpStateMachine.RAISE) != 0);
        }
    }

    private void countSegment(TcpEndpoint endpoint, DecodedPacket p, long relative, int payload) {
        ConnectionEvents events = tracker.events();
        if (events.statistics.wanted() || events.retransmission.wanted()) {
            SegmentStatistics[] both = statistics;
            if (both == null) {
                both = new SegmentStatistics[] {new SegmentStatistics(), new SegmentStatistics()};
                statistics = both;
            }
            both[endpoint.isOriginator ? 0 : 1].segment(this, endpoint, p, relative, payload);
        }
    }

    private void raiseStatistics() {
        SegmentStatistics[] both = statistics;
        statistics = null;
        EventType event = tracker.events().statistics;
        if (both != null && event.wanted()) {
            tracker.queue().add(event, record(), both[0].record(tracker), both[1].record(tracker));
        }
    }

    private long acknowledge(
            TcpEndpoint endpoint,
            TcpEndpoint peer,
            int acknowledgement,
            boolean fromOriginator,
            boolean syn,
            boolean fin,
            boolean rst) {
        if (fromOriginator
                && !firstAckSeen
                && (endpoint.state == EndpointState.ESTABLISHED || endpoint.state == EndpointState.SYN_SENT)) {
            firstAckSeen = true;
            raise(tracker.events().firstAck);
        }
        if (peer.state == EndpointState.INACTIVE) {
            if (!syn && !fin && !rst && isOpening(endpoint) && !hadWeird()) {
                // It acknowledges what we never saw the other side send.
                weird("possible_split_routing");
            }
            peer.initStart(acknowledgement - 1);
            peer.lastSequence = acknowledgement - 1;
            return 1;
        }
        long relative = peer.relativeAcknowledgement(acknowledgement);
        if (relative < 0) {
            weird("TCP_ack_underflow_or_misorder");
            return 0;
        }
        if (!rst) {
            peer.updateAcknowledged(acknowledgement);
        }
        return relative;
    }

    private static boolean isOpening(TcpEndpoint endpoint) {
        return endpoint.state == EndpointState.SYN_SENT
                || endpoint.state == EndpointState.SYN_ACK_SENT
                || endpoint.state == EndpointState.ESTABLISHED;
    }

    private void setPartial(boolean fromOriginator, boolean syn, boolean ack) {
        if (fromOriginator) {
            if ((firstPackets & ORIGINATOR_SEEN) == 0) {
                partial = !syn || ack;
            }
        } else if ((firstPackets & RESPONDER_SEEN) == 0 && !partial) {
            partial = !syn;
        }
    }

    void firstPacketSeen(boolean originator) {
        firstPackets |= (byte) (originator ? ORIGINATOR_SEEN : RESPONDER_SEEN);
    }

    @Override
    void flipEndpoints() {
        TcpEndpoint was = orig;
        orig = resp;
        resp = was;
        orig.isOriginator = true;
        resp.isOriginator = false;
        firstPackets = (byte) ((firstPackets & ORIGINATOR_SEEN) << 1 | (firstPackets & RESPONDER_SEEN) >> 1);
        partial = false;
    }

    /**
     * Real traffic after a mere SYN/ACK: not a stealth scan, so its sender was the responder, and the SYN was missed (zeek
     * {@code TCP_Endpoint.cc}, CheckHistory).
     */
    void flipAfterSynAck() {
        flipRoles();
        history.replace("^h");
        firstPacketSeen(true);
    }

    // The end

    private void closed(TcpEndpoint endpoint, boolean raiseNow) {
        if (!isSkipping() && endpoint.reassembler.isPending()) {
            closeDeferred = true;
            raiseDeferred |= raiseNow;
            return;
        }
        closeDeferred = false;
        if (endpoint.didClose) {
            return;
        }
        endpoint.didClose = true;
        boolean raise = raiseNow || raiseDeferred;
        EngineSettings settings = tracker.settings();
        TcpEndpoint peer = peerOf(endpoint);
        boolean peerInactive = peer.state == EndpointState.INACTIVE;
        if (endpoint.state == EndpointState.RESET || peer.didClose || peerInactive) {
            if (raise && (endpoint.previousState != EndpointState.INACTIVE || !peerInactive)) {
                raise(peerInactive ? tracker.events().halfFinished : tracker.events().finished);
                StreamConsumer c = consumer();
                if (c != null) {
                    c.finished();
                }
                active = false;
                raiseDeferred = false;
            }
            for (int kind = EXPIRE; kind <= RESET; kind++) {
                storeTimer(kind, NEVER);
            }
            setTimer(settings.tcpCloseDelay != 0 ? DELETE : DELETE_QUIETLY, lastTime + settings.tcpCloseDelay);
        } else if (endpoint.previousState == EndpointState.INACTIVE) {
            if (tracker.events().partialClose.wanted()) {
                setEarlier(PARTIAL_CLOSE, lastTime + settings.tcpPartialCloseDelay);
            }
        } else {
            setTimer(EXPIRE_CLOSING, lastTime + settings.tcpSessionTimer);
        }
    }

    void reset() {
        raise(tracker.events().reset);
        active = false;
    }

    @Override
    boolean isOneSided() {
        return orig.state == EndpointState.INACTIVE || resp.state == EndpointState.INACTIVE;
    }

    @Override
    void done() {
        super.done();
        orig.reassembler.done();
        resp.reassembler.done();
        raiseStatistics();
        if (tracker.isTerminating() && active && !bothClosed()) {
            raise(tracker.events().pending);
        }
    }

    @Override
    boolean isReusedBy(DecodedPacket p) {
        byte[] data = p.data;
        int at = p.at;
        int flags = TcpHeader.flags(data, at);
        if (TcpHeader.headerBytes(data, at) < TcpHeader.BYTES || (flags & TcpHeader.SYN) == 0) {
            return false;
        }
        boolean ack = (flags & TcpHeader.ACK) != 0;
        if (ack && orig.state != EndpointState.INACTIVE) {
            // Only a half connection can be begun again by a SYN/ACK.
            return false;
        }
        TcpEndpoint starter = ack ? resp : orig;
        boolean anyReset = orig.state == EndpointState.RESET || resp.state == EndpointState.RESET;
        if (!orig.didClose && !resp.didClose) {
            int sequence = TcpHeader.sequence(data, at);
            if (sequence == starter.start()) {
                return false;
            }
            if (!ack
                    && starter.state == EndpointState.SYN_ACK_SENT
                    && resp.state == EndpointState.INACTIVE
                    && sequence == resp.start()) {
                // SYN and SYN/ACK came in the wrong order; the state machine turns the connection round.
                return false;
            }
            weird(starter.state == EndpointState.SYN_SENT ? "SYN_seq_jump" : "active_connection_reuse");
        } else if ((orig.isActive() || resp.isActive()) && !anyReset) {
            weird("active_connection_reuse");
        } else if (tracker.time().packetTime() - lastTime < tracker.settings().tcpConnectionLinger && !anyReset) {
            weird("premature_connection_reuse");
        }
        return true;
    }

    // The stream

    /** Whether the beginning was not seen. */
    public boolean isPartial() {
        return partial;
    }

    /** Whether a part of that side's stream was never seen. */
    public boolean hadGap(boolean originator) {
        return endpoint(originator).reassembler.hadGap();
    }

    @Override
    public long missedBytes() {
        return missedBytes;
    }

    /** Whether early payload has to be kept, and not only its place. */
    boolean wantsBytes(TcpEndpoint endpoint) {
        return consumer() != null || endpoint.reassembler.isRecorded() || raisesContents(endpoint.isOriginator);
    }

    private boolean raisesContents(boolean fromOriginator) {
        return tracker.events().tcpContents.wanted()
                && tracker.settings().tcpContents.wants(fromOriginator, respPort);
    }

    boolean watchesRepeats() {
        return tracker.events().inconsistency.wanted();
    }

    /** A side sent the same sequence numbers again, with other bytes. */
    void inconsistent(TcpEndpoint endpoint, Bytes first, Bytes again) {
        // A single byte may be all a keep-alive ever sends.
        if (first.length() > 1 || peerOf(endpoint).hasDoneSomething()) {
            Bytes flags = Bytes.latin1(TcpHeader.flagText(lastFlags));
            tracker.queue().add(tracker.events().inconsistency, record(), first, again, flags);
        }
    }

    void raiseContents(TcpEndpoint endpoint, long sequence, byte[] data, int from, int bytes) {
        boolean fromOriginator = endpoint.isOriginator;
        if (raisesContents(fromOriginator)) {
            Bytes contents = Bytes.copyOf(data, from, from + bytes);
            tracker.queue().add(tracker.events().tcpContents, record(), fromOriginator, sequence, contents);
        }
    }

    /** What one side sends is recorded there; null when it is not. */
    public @Nullable StreamRecorder recorder(boolean originator) {
        return endpoint(originator).reassembler.recorder();
    }

    /** Records what one side sends from now on; null ends that. */
    public void recorder(boolean originator, @Nullable StreamRecorder recorder) {
        endpoint(originator).reassembler.recorder(recorder);
    }

    void recordingFailed(TcpEndpoint endpoint, String why) {
        EventType failure = tracker.events().contentsFileFailure;
        if (failure.wanted()) {
            tracker.queue().add(failure, record(), endpoint.isOriginator, Bytes.of(why));
        }
    }

    /** One past the highest sequence number that side has sent; 32 bits. */
    public long sequence(boolean originator) {
        return Sequence.unsigned(endpoint(originator).lastSequence);
    }

    void streamData(boolean fromOriginator, long sequence, byte[] data, int from, int bytes) {
        StreamConsumer c = consumer();
        if (c != null) {
            c.data(fromOriginator, data, from, bytes);
        }
    }

    /** Gaps of a connection that was not established, or ended oddly, may not be real: only others are reported. */
    void streamGap(TcpEndpoint endpoint, long sequence, long bytes) {
        ConnectionEvents events = tracker.events();
        boolean clean = orig.isClean() && resp.isClean();
        if (clean) {
            endpoint.gap();
        }
        if (clean || tracker.settings().reportGapsForPartial) {
            missedBytes += bytes;
            if (events.contentGap.wanted()) {
                tracker.queue().add(events.contentGap, record(), endpoint.isOriginator, sequence, bytes);
            }
        }
        StreamConsumer c = consumer();
        if (c != null) {
            c.gap(endpoint.isOriginator, sequence, bytes);
        }
    }

    void streamEnded(TcpEndpoint endpoint) {
        ConnectionEvents events = tracker.events();
        if (events.eof.wanted()) {
            tracker.queue().add(events.eof, record(), endpoint.isOriginator);
        }
        StreamConsumer c = consumer();
        if (c != null) {
            c.endOfStream(endpoint.isOriginator);
        }
        if (closeDeferred) {
            if (endpoint.reassembler.isPending() && bothClosed()) {
                weird("pending_data_when_closed");
            }
            closed(endpoint, raiseDeferred);
            closeDeferred = false;
        }
    }

    /** Whether what is missing here tells of the quality of the capture. */
    boolean isMeasured() {
        return tracker.settings().reportGapsForPartial
                || orig.state == EndpointState.ESTABLISHED && resp.state == EndpointState.ESTABLISHED;
    }

    boolean sawEnd() {
        return orig.sawEnd() || resp.sawEnd();
    }

    // Timers

    /** The same without connection_timeout: when there is no delay between close and removal. */
    private static final int DELETE_QUIETLY = RESET + 1;

    void setEarlier(int kind, double due) {
        if (due < timer(kind)) {
            setTimer(kind, due);
        }
    }

    @Override
    int timers() {
        return TIMERS + 1;
    }

    @Override
    double timer(int kind) {
        return switch (kind) {
            case EXPIRE -> expireDue;
            case ATTEMPT -> attemptDue;
            default -> super.timer(kind);
        };
    }

    @Override
    void storeTimer(int kind, double due) {
        switch (kind) {
            case EXPIRE -> expireDue = due;
            case ATTEMPT -> attemptDue = due;
            default -> super.storeTimer(kind, due);
        }
    }

    @Override
    boolean actsAtEnd(int kind) {
        return kind == ATTEMPT || kind == RESET;
    }

    @Override
    void timerFired(int kind, double now) {
        switch (kind) {
            case EXPIRE, EXPIRE_CLOSING -> expireTimer(kind, now);
            case ATTEMPT -> attemptTimer();
            case PARTIAL_CLOSE -> partialCloseTimer();
            case RESET -> resetTimer();
            case DELETE_QUIETLY -> tracker.remove(this);
            default -> super.timerFired(kind, now);
        }
    }

    private void expireTimer(int kind, double now) {
        if (!active) {
            return;
        }
        boolean origInactive = orig.state == EndpointState.INACTIVE;
        boolean respInactive = resp.state == EndpointState.INACTIVE;
        if (lastTime + tracker.settings().tcpConnectionLinger < now) {
            boolean closing = orig.didClose || resp.didClose;
            boolean over = bothClosed()
                    || orig.state == EndpointState.RESET
                    || resp.state == EndpointState.RESET
                    || origInactive
                    || respInactive;
            if (closing && over) {
                raise(tracker.events().timeout);
                active = false;
                tracker.remove(this);
                return;
            }
            if (origInactive && respInactive) {
                // Only broken packets ever came.
                raise(tracker.events().timeout);
                tracker.remove(this);
                return;
            }
        }
        setTimer(kind, now + tracker.settings().tcpSessionTimer);
    }

    private void attemptTimer() {
        if (active
                && (orig.state == EndpointState.SYN_SENT || orig.state == EndpointState.SYN_ACK_SENT)
                && resp.state == EndpointState.INACTIVE) {
            raise(tracker.events().attempt);
            active = false;
            tracker.remove(this);
        }
    }

    private void partialCloseTimer() {
        if (active
                && orig.state != EndpointState.INACTIVE
                && resp.state != EndpointState.INACTIVE
                && !bothClosed()
                && orig.state != EndpointState.RESET
                && resp.state != EndpointState.RESET) {
            raise(tracker.events().partialClose);
            tracker.remove(this);
        }
    }

    private void resetTimer() {
        if (active) {
            if (!bothClosed()) {
                reset();
            }
            tracker.remove(this);
        }
    }
}
