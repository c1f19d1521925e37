package dev.tandem.core.connection;

/**
 * One side of a TCP connection: its state and what its sequence numbers tell (zeek {@code
 * src/analyzer/protocol/tcp/TCP_Endpoint.cc}). Sequence numbers are 32 bits; the counts of their wraps make them 64.
 */
final class TcpEndpoint {
    private static final int TOO_LARGE_DELTA = 1 << 20;

    final TcpConnection connection;
    boolean isOriginator;
    EndpointState state = EndpointState.INACTIVE;
    EndpointState previousState = EndpointState.INACTIVE;

    /** Whether the end of this side has been reported. */
    boolean didClose;

    /** Sequence number of the SYN, or what it would have been. */
    long startSequence;

    /** One past the last sequence number sent. */
    int lastSequence;

    /** The highest acknowledgement the peer sent for it. */
    int acknowledged;

    int sequenceWraps;
    int acknowledgedWraps;
    int windowScale;

    /** Advertised window, scaled; unsigned. */
    private int window;

    private int windowSequence;
    private int windowAcknowledgement;

    /** Relative sequence number one past the FIN. */
    long finSequence;

    int finCount;
    private int rstCount;
    private int checksumErrors;
    private int retransmissions;
    private int zeroWindows;
    private int gaps;

    // Low bits of the relative numbers of the last control packets: whether one seen again is the same one.
    private int lastSyn;
    private int lastFin;
    private int lastRst;

    double lastTime;
    final StreamReassembler reassembler = new StreamReassembler(this);

    TcpEndpoint(TcpConnection connection, boolean isOriginator) {
        this.connection = connection;
        this.isOriginator = isOriginator;
    }

    TcpEndpoint peer() {
        return connection.peerOf(this);
    }

    int start() {
        return (int) startSequence;
    }

    void initStart(int sequence) {
        startSequence = Sequence.unsigned(sequence);
        acknowledged = sequence;
    }

    boolean isActive() {
        return state != EndpointState.INACTIVE && !didClose;
    }

    /** Established, or closed in the ordinary way. */
    boolean isClean() {
        return state == EndpointState.ESTABLISHED
                || state == EndpointState.CLOSED && previousState == EndpointState.ESTABLISHED;
    }

    /** Whether a FIN or RST was sent. */
    boolean sawEnd() {
        return finCount > 0 || rstCount > 0;
    }

    void setState(EndpointState next) {
        if (next == state) {
            return;
        }
        if (!next.isHandshake() && state.isHandshake() && peer().state.isHandshake()) {
            connection.inactivityTimeout(connection.tracker.settings().tcpInactivityTimeout);
        }
        previousState = state;
        state = next;
    }

    private static long full(int sequence, int wraps) {
        return (Sequence.unsigned(wraps) << 32) + Sequence.unsigned(sequence);
    }

    long toRelative(int sequence, int wraps) {
        return full(sequence, wraps) - startSequence;
    }

    long lastFull() {
        return full(lastSequence, sequenceWraps);
    }

    /**
     * A sequence number relative to the start, given where that side's numbers were last.
     *
     * @return negative when it is before the start
     */
    long relative(int sequence, int last, int wraps) {
        int delta = Sequence.delta(sequence, last);
        int w = wraps;
        if (delta < 0) {
            if (w != 0 && Integer.compareUnsigned(sequence, last) > 0) {
                w--;
            }
        } else if (delta > 0 && Integer.compareUnsigned(sequence, last) < 0) {
            w++;
        }
        return w == 0 ? Sequence.delta(sequence, start()) : toRelative(sequence, w);
    }

    /** Whether none of this side's data was acknowledged; a SYN may have been. */
    boolean nothingAcknowledged() {
        long ahead = full(acknowledged, acknowledgedWraps) - startSequence;
        return ahead == 0 || ahead == 1;
    }

    /** Payload bytes by sequence numbers, SYN and FIN left out. */
    long size() {
        if (previousState == EndpointState.SYN_SENT
                && state == EndpointState.RESET
                && peer().state == EndpointState.INACTIVE
                && !nothingAcknowledged()) {
            // A half-open connection, found and aborted: its numbers say nothing, and it never could send data.
            return 0;
        }
        long last = lastFull();
        long acked = full(acknowledged, acknowledgedWraps);
        long bytes = Math.max(last, acked) - startSequence;
        if (bytes != 0) {
            bytes--;
        }
        if (finCount > 0 && bytes != 0) {
            bytes--;
        }
        return bytes;
    }

    void updateAcknowledged(int sequence) {
        int delta = Sequence.delta(sequence, acknowledged);
        if (delta <= 0 || sequence == 0 && delta > TOO_LARGE_DELTA) {
            // An acknowledgement of just 0 is rather broken than that far ahead.
            return;
        }
        if (Integer.compareUnsigned(sequence, acknowledged) < 0) {
            acknowledgedWraps++;
        }
        acknowledged = sequence;
    }

    /** Takes in the end of a segment; returns how far it is beyond what was sent before. */
    int updateLast(int sequence, boolean syn, boolean fin, boolean rst, int payloadBytes) {
        int delta = Sequence.delta(sequence, lastSequence);
        if ((syn || rst) && (delta > TOO_LARGE_DELTA || delta < -TOO_LARGE_DELTA)) {
            return delta;
        }
        if (fin && lastSequence == start() + 1) {
            // Only SYN and FIN seen of more than 2 GB: believe the FIN even when it looks like a step back.
            advanceLast(sequence);
        } else if (state == EndpointState.RESET) {
            return delta;
        } else if (delta > 0) {
            advanceLast(sequence);
        } else if (payloadBytes > 0) {
            retransmitted();
        }
        return delta;
    }

    private void advanceLast(int sequence) {
        if (Integer.compareUnsigned(sequence, lastSequence) < 0) {
            sequenceWraps++;
        }
        lastSequence = sequence;
    }

    void initWindow(int scale, boolean ack, int sequence, int acknowledgement) {
        TcpEndpoint peer = peer();
        if (scale < 0) {
            windowScale = 0;
            if (ack) {
                peer.windowScale = 0;
            }
            return;
        }
        if (scale > 14 && !connection.hadWeird()) {
            connection.weird("TCP_scale_range", Integer.toString(scale), "TCP");
        }
        windowScale = Math.min(scale, 14);
        windowSequence = sequence;
        windowAcknowledgement = acknowledgement;
        peer.windowSequence = acknowledgement;
        peer.windowAcknowledgement = sequence;
    }

    void updateWindow(int unscaled, int sequence, int acknowledgement, boolean syn, boolean fin, boolean rst) {
        int scaled = unscaled << windowScale;
        if (scaled == 0 && !rst && peer().state != EndpointState.CLOSED && state != EndpointState.RESET) {
            zeroWindow();
        }
        if (syn || fin || rst || state == EndpointState.CLOSED || state == EndpointState.RESET) {
            // Windows of control packets, and after a close, are often taken back: they mean nothing.
            return;
        }
        if (Sequence.delta(sequence, windowSequence) >= 0
                && Sequence.delta(acknowledgement, windowAcknowledgement) >= 0) {
            int advance = Sequence.delta(acknowledgement + scaled, windowAcknowledgement + window);
            // Less than a unit of the scale is rounding.
            if (advance < 0 && -advance >= 1 << windowScale) {
                connection.weird("window_recision");
            }
            window = scaled;
            windowAcknowledgement = acknowledgement;
            windowSequence = sequence;
        }
    }

    /** Whether that many resets of this side, this close, make a storm. */
    boolean countRst(double now, int threshold, double interarrival) {
        return ++rstCount >= threshold && now < lastTime + interarrival;
    }

    boolean countFin(double now, int threshold, double interarrival) {
        return ++finCount >= threshold && now < lastTime + interarrival;
    }

    // History

    boolean addOnce(int bit, char letter) {
        if ((letter == 'A' || letter == 'D') && connection.history.isJust('H')) {
            connection.flipAfterSynAck();
        }
        return isOriginator
                ? connection.history.addOnce(bit, letter)
                : connection.history.addOnce(bit << History.RESPONDER_SHIFT, Character.toLowerCase(letter));
    }

    private void add(char letter) {
        connection.history.add(cased(letter));
    }

    private char cased(char letter) {
        return isOriginator ? letter : Character.toLowerCase(letter);
    }

    /** @param relative relative sequence number of the segment */
    void addToHistory(boolean syn, boolean ack, boolean fin, boolean rst, long relative, int payloadBytes) {
        int control = (syn ? 1 : 0) + (fin ? 1 : 0) + (rst ? 1 : 0);
        if (control > 1) {
            if (fin && rst) {
                addOnce(History.FIN_RST, 'I');
            } else {
                addOnce(History.MULTI_FLAG, 'Q');
            }
        } else if (syn) {
            char letter = ack ? 'H' : 'S';
            if (addOnce(History.SYN, letter) && (int) relative != lastSyn) {
                add(letter);
            }
            lastSyn = (int) relative;
        } else if (fin) {
            // A FIN is numbered behind the data of its segment.
            int at = (int) relative + payloadBytes;
            if (addOnce(History.FIN, 'F') && at != lastFin) {
                add('F');
            }
            lastFin = at;
        } else if (rst) {
            if (addOnce(History.RST, 'R') && (int) relative != lastRst) {
                add('R');
            }
            lastRst = (int) relative;
        } else if (payloadBytes > 0) {
            addOnce(History.DATA, 'D');
        } else if (ack) {
            addOnce(History.ACK, 'A');
        }
    }

    void checksumError() {
        ConnectionEvents events = connection.tracker.events();
        if (connection.history.addScaled(cased('C'), ++checksumErrors) && checksumErrors > 1) {
            connection.raise(events.multipleChecksumErrors, isOriginator, checksumErrors);
        }
    }

    private void retransmitted() {
        if (connection.history.addScaled(cased('T'), ++retransmissions) && retransmissions > 1) {
            connection.raise(connection.tracker.events().multipleRetransmissions, isOriginator, retransmissions);
        }
    }

    private void zeroWindow() {
        if (connection.history.addScaled(cased('W'), ++zeroWindows) && zeroWindows > 1) {
            connection.raise(connection.tracker.events().multipleZeroWindows, isOriginator, zeroWindows);
        }
    }

    void gap() {
        if (connection.history.addScaled(cased('G'), ++gaps) && gaps > 1) {
            connection.raise(connection.tracker.events().multipleGaps, isOriginator, gaps);
        }
    }
}
