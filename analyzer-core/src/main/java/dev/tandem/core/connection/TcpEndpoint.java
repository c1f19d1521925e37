package dev.tandem.core.connection;

import dev.tandem.core.event.EventType;
import org.jspecify.annotations.Nullable;

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
    private int startSequence;

    /** One past the last sequence number sent. */
    int lastSequence;

    /** The highest acknowledgement the peer sent for it. */
    int acknowledged;

    // How often the 32 bits overflowed; unsigned.
    private short sequenceWraps;
    private short acknowledgedWraps;
    private byte windowScale;

    /** Advertised window, scaled; unsigned. */
    private int window;

    private int windowSequence;
    private int windowAcknowledgement;

    /** Relative sequence number one past the FIN. */
    long finSequence;

    // Up to the largest that fits.
    private short finCount;
    private short rstCount;
    private @Nullable Recurrences recurrences;

    // Low bits of the relative numbers of the last control packets: whether one seen again is the same one.
    private int lastSyn;
    private int lastFin;
    private int lastRst;

    /** Of this side's last segment, in seconds since the connection began. */
    private float lastTime;

    final StreamReassembler reassembler = new StreamReassembler(this);

    TcpEndpoint(TcpConnection connection, boolean isOriginator) {
        this.connection = connection;
        this.isOriginator = isOriginator;
    }

    /** For {@link LookAhead}. */
    int read() {
        return (int) finSequence + lastRst + reassembler.read();
    }

    TcpEndpoint peer() {
        return connection.peerOf(this);
    }

    int start() {
        return startSequence;
    }

    void initStart(int sequence) {
        startSequence = sequence;
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

    /** Whether anything came from this side. */
    boolean hasDoneSomething() {
        return state != EndpointState.INACTIVE;
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
        return ((wraps & 0xffffL) << 32) + Sequence.unsigned(sequence);
    }

    long startFull() {
        return Sequence.unsigned(startSequence);
    }

    private long toRelative(int sequence, int wraps) {
        return full(sequence, wraps) - startFull();
    }

    /** The highest acknowledgement for this side, relative. */
    long relativeAcknowledged() {
        return toRelative(acknowledged, acknowledgedWraps);
    }

    /** The number of a segment that this side sends, relative; negative when it is before the start. */
    long relativeSent(int sequence) {
        return relative(sequence, lastSequence, sequenceWraps);
    }

    /** An acknowledgement of what this side sent, relative; negative when it is before the start. */
    long relativeAcknowledgement(int sequence) {
        return relative(sequence, acknowledged, acknowledgedWraps);
    }

    long lastFull() {
        return full(lastSequence, sequenceWraps);
    }

    /**
     * A sequence number relative to the start, given where that side's numbers were last.
     *
     * @return negative when it is before the start
     */
    private long relative(int sequence, int last, int wraps) {
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
        long ahead = relativeAcknowledged();
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
        long bytes = Math.max(last, acked) - startFull();
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
        windowScale = (byte) Math.min(scale, 14);
        windowSequence = sequence;
        windowAcknowledgement = acknowledgement;
        peer.windowSequence = acknowledgement;
        peer.windowAcknowledgement = sequence;
    }

    /** The window it advertises, in bytes. */
    long window() {
        return Sequence.unsigned(window);
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

    /** Counts a RST; tells whether that many, this close, make a storm. */
    boolean countRst(double now, int threshold, double interarrival) {
        rstCount = (short) Math.min(rstCount + 1, Short.MAX_VALUE);
        return rstCount >= threshold && isSoon(now, interarrival);
    }

    boolean countFin(double now, int threshold, double interarrival) {
        finCount = (short) Math.min(finCount + 1, Short.MAX_VALUE);
        return finCount >= threshold && isSoon(now, interarrival);
    }

    boolean sentFin() {
        return finCount > 0;
    }

    private boolean isSoon(double now, double interarrival) {
        return now - connection.startTime() < lastTime + interarrival;
    }

    void segmentSentAt(double now) {
        lastTime = (float) (now - connection.startTime());
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

    private Recurrences recurrences() {
        Recurrences r = recurrences;
        if (r == null) {
            r = new Recurrences();
            recurrences = r;
        }
        return r;
    }

    void checksumError() {
        recurred('C', ++recurrences().checksumErrors, connection.tracker.events().multipleChecksumErrors);
    }

    private void retransmitted() {
        recurred('T', ++recurrences().retransmissions, connection.tracker.events().multipleRetransmissions);
    }

    private void zeroWindow() {
        recurred('W', ++recurrences().zeroWindows, connection.tracker.events().multipleZeroWindows);
    }

    void gap() {
        recurred('G', ++recurrences().gaps, connection.tracker.events().multipleGaps);
    }

    private void recurred(char letter, int count, EventType event) {
        if (connection.history.addScaled(cased(letter), count) && count > 1) {
            connection.raise(event, isOriginator, count);
        }
    }

    /** Counts of what goes wrong now and then; most sides have none. */
    private static final class Recurrences {
        int checksumErrors;
        int retransmissions;
        int zeroWindows;
        int gaps;
    }
}
