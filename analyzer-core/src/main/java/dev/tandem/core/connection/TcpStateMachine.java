package dev.tandem.core.connection;

import dev.tandem.core.packet.TcpHeader;

/**
 * How segments move the states of a TCP connection's two sides, and what is odd about them (zeek {@code
 * TCPSessionAdapter.cc}, init_endpoint and UpdateStateMachine).
 */
final class TcpStateMachine {
    /** {@link #update}: this side has ended. */
    static final int CLOSE = 1;

    /** {@link #update}: and an event is to say so. */
    static final int RAISE = 2;

    private TcpStateMachine() {}

    /** Sets the numbers of a side from its first segment, or from a SYN that starts it again. */
    static void initialise(TcpEndpoint endpoint, boolean syn, int sequence, int onePast) {
        switch (endpoint.state) {
            case INACTIVE -> {
                if (syn) {
                    endpoint.initStart(sequence);
                    endpoint.lastSequence = onePast;
                } else {
                    // As though a SYN had been seen, so that relative numbers mean the same.
                    endpoint.initStart(sequence - 1);
                    endpoint.lastSequence = sequence;
                }
            }
            case SYN_SENT, SYN_ACK_SENT -> {
                if (syn && sequence != endpoint.start()) {
                    endpoint.connection.weird("SYN_seq_jump");
                    restart(endpoint, sequence, onePast);
                }
            }
            case ESTABLISHED, PARTIAL -> {
                if (syn) {
                    if (endpoint.size() > 0) {
                        endpoint.connection.weird("SYN_inside_connection");
                    }
                    if (sequence != endpoint.start()) {
                        endpoint.connection.weird("SYN_seq_jump");
                    }
                    // Perhaps the connection did not come about before, and does now.
                    restart(endpoint, sequence, onePast);
                }
            }
            case RESET -> {
                if (syn && endpoint.previousState == EndpointState.INACTIVE) {
                    // The earlier RST may have been forged: its numbers are not to be believed.
                    restart(endpoint, sequence, onePast);
                }
            }
            case CLOSED -> {}
        }
    }

    private static void restart(TcpEndpoint endpoint, int sequence, int onePast) {
        endpoint.initStart(sequence);
        endpoint.lastSequence = onePast;
    }

    /**
     * @param advance how far the segment goes beyond what this side had sent
     * @return {@link #CLOSE} and {@link #RAISE}, or 0
     */
    static int update(
            TcpConnection c,
            TcpEndpoint endpoint,
            TcpEndpoint peer,
            double now,
            int sequence,
            int acknowledgement,
            int payloadBytes,
            int advance,
            boolean fromOriginator,
            int flags) {
        return switch (endpoint.state) {
            case INACTIVE ->
                inactive(c, endpoint, peer, now, sequence, acknowledgement, payloadBytes, fromOriginator, flags);
            case SYN_SENT, SYN_ACK_SENT -> opening(c, endpoint, peer, payloadBytes, fromOriginator, flags);
            case ESTABLISHED, PARTIAL -> established(c, endpoint, peer, flags);
            case CLOSED -> closed(c, endpoint, peer, now, advance, flags);
            case RESET -> reset(c, payloadBytes, flags);
        };
    }

    private static int inactive(
            TcpConnection c,
            TcpEndpoint endpoint,
            TcpEndpoint peer,
            double now,
            int sequence,
            int acknowledgement,
            int payloadBytes,
            boolean fromOriginator,
            int flags) {
        int outcome = 0;
        boolean ack = has(flags, TcpHeader.ACK);
        if (has(flags, TcpHeader.SYN)) {
            if (fromOriginator) {
                originatorSyn(c, endpoint, now, ack);
            } else {
                responderSyn(c, endpoint, peer, sequence, acknowledgement, ack);
            }
        }
        if (has(flags, TcpHeader.FIN)) {
            endpoint.setState(EndpointState.CLOSED);
            outcome = CLOSE | RAISE;
            if (peer.state != EndpointState.PARTIAL && !has(flags, TcpHeader.SYN)) {
                c.weird("spontaneous_FIN");
            }
        }
        if (has(flags, TcpHeader.RST)) {
            outcome = firstReset(c, endpoint, peer, fromOriginator);
        }
        if (endpoint.state == EndpointState.INACTIVE) {
            firstData(c, endpoint, peer, payloadBytes, fromOriginator, ack);
        }
        return outcome;
    }

    private static void originatorSyn(TcpConnection c, TcpEndpoint endpoint, double now, boolean ack) {
        if (ack) {
            c.weird("connection_originator_SYN_ack");
            endpoint.setState(EndpointState.SYN_ACK_SENT);
        } else {
            endpoint.setState(EndpointState.SYN_SENT);
        }
        double delay = c.tracker.settings().tcpAttemptDelay;
        if (delay != 0) {
            c.setEarlier(TcpConnection.ATTEMPT, now + delay);
        }
    }

    private static void responderSyn(
            TcpConnection c, TcpEndpoint endpoint, TcpEndpoint peer, int sequence, int acknowledgement, boolean ack) {
        if (ack) {
            if (peer.state != EndpointState.INACTIVE
                    && peer.state != EndpointState.PARTIAL
                    && !Sequence.between(acknowledgement, peer.start(), peer.lastSequence)) {
                c.weird("bad_SYN_ack");
            }
        } else if (peer.state == EndpointState.SYN_ACK_SENT && sequence == endpoint.start()) {
            // The SYN/ACK overtook the SYN.
            c.partial = false;
            c.flipRoles();
            peer.setState(EndpointState.ESTABLISHED);
            c.firstPacketSeen(true);
        } else {
            c.weird("simultaneous_open");
        }
        if (peer.state == EndpointState.SYN_SENT) {
            peer.setState(EndpointState.ESTABLISHED);
        } else if (peer.state == EndpointState.INACTIVE) {
            c.weird("unsolicited_SYN_response");
        }
        endpoint.setState(EndpointState.ESTABLISHED);
        if (peer.state != EndpointState.PARTIAL) {
            c.raise(c.tracker.events().established);
            c.enableStatusUpdates();
        }
    }

    private static int firstReset(TcpConnection c, TcpEndpoint endpoint, TcpEndpoint peer, boolean fromOriginator) {
        endpoint.setState(EndpointState.RESET);
        // From the originator, after a SYN/ACK without a SYN, it is the answer to a reverse scan.
        boolean rejected = fromOriginator
                ? peer.state == EndpointState.ESTABLISHED
                : peer.state == EndpointState.SYN_SENT || peer.state == EndpointState.SYN_ACK_SENT;
        if (rejected) {
            c.raise(c.tracker.events().rejected);
            return CLOSE;
        }
        if (peer.state == EndpointState.INACTIVE) {
            c.weird("spontaneous_RST");
        }
        return CLOSE | RAISE;
    }

    private static void firstData(
            TcpConnection c,
            TcpEndpoint endpoint,
            TcpEndpoint peer,
            int payloadBytes,
            boolean fromOriginator,
            boolean ack) {
        if (!fromOriginator && payloadBytes == 0 && c.orig.state == EndpointState.SYN_SENT) {
            // Some stacks acknowledge a SYN before they answer it.
            return;
        }
        if (ack && peer.state == EndpointState.ESTABLISHED) {
            // SYN/ACK and ACK without the SYN before: that one was just missed.
            endpoint.setState(EndpointState.ESTABLISHED);
            c.partial = false;
            c.firstPacketSeen(fromOriginator);
            return;
        }
        endpoint.setState(EndpointState.PARTIAL);
        c.enableStatusUpdates();
        if (peer.state == EndpointState.PARTIAL) {
            c.raise(c.tracker.events().partial);
        }
    }

    private static int opening(
            TcpConnection c,
            TcpEndpoint endpoint,
            TcpEndpoint peer,
            int payloadBytes,
            boolean fromOriginator,
            int flags) {
        boolean fin = has(flags, TcpHeader.FIN);
        boolean rst = has(flags, TcpHeader.RST);
        boolean ack = has(flags, TcpHeader.ACK);
        int outcome = 0;
        if (has(flags, TcpHeader.SYN)) {
            if (fromOriginator) {
                if (ack && !fin && !rst && endpoint.state != EndpointState.SYN_ACK_SENT) {
                    c.weird("repeated_SYN_with_ack");
                }
            } else if (!ack && endpoint.state != EndpointState.SYN_SENT) {
                c.weird("repeated_SYN_reply_wo_ack");
            }
        }
        if (fin) {
            if (peer.state == EndpointState.INACTIVE || peer.state == EndpointState.SYN_SENT) {
                c.weird("inappropriate_FIN");
            }
            endpoint.setState(EndpointState.CLOSED);
            outcome = CLOSE | RAISE;
        }
        if (rst) {
            endpoint.setState(EndpointState.RESET);
            c.reset();
            outcome |= CLOSE;
        } else if (payloadBytes > 0) {
            c.weird("data_before_established");
        }
        return outcome;
    }

    private static int established(TcpConnection c, TcpEndpoint endpoint, TcpEndpoint peer, int flags) {
        boolean rst = has(flags, TcpHeader.RST);
        int outcome = 0;
        if (has(flags, TcpHeader.SYN)
                && !has(flags, TcpHeader.ACK)
                && endpoint.state == EndpointState.PARTIAL
                && peer.state == EndpointState.INACTIVE) {
            c.weird("SYN_after_partial");
            endpoint.setState(EndpointState.SYN_SENT);
        }
        if (has(flags, TcpHeader.FIN) && !rst) {
            endpoint.setState(EndpointState.CLOSED);
            if (peer.state == EndpointState.RESET && peer.previousState == EndpointState.CLOSED) {
                // A FIN and then a RST was a normal end after all.
                peer.setState(EndpointState.CLOSED);
            }
            outcome = CLOSE | RAISE;
        }
        if (rst) {
            endpoint.setState(EndpointState.RESET);
            outcome |= CLOSE;
            if (peer.state != EndpointState.RESET || peer.previousState != EndpointState.ESTABLISHED) {
                c.reset();
            }
        }
        return outcome;
    }

    private static int closed(
            TcpConnection c, TcpEndpoint endpoint, TcpEndpoint peer, double now, int advance, int flags) {
        if (has(flags, TcpHeader.SYN)) {
            c.weird("SYN_after_close");
        }
        if (has(flags, TcpHeader.FIN) && advance > 0) {
            c.weird("FIN_advanced_last_seq");
        }
        if (!has(flags, TcpHeader.RST) || peer.state == EndpointState.CLOSED) {
            return 0;
        }
        endpoint.setState(EndpointState.RESET);
        if (c.tracker.events().reset.wanted()) {
            c.setEarlier(TcpConnection.RESET, now + c.tracker.settings().tcpResetDelay);
        }
        return endpoint.didClose ? 0 : CLOSE;
    }

    private static int reset(TcpConnection c, int payloadBytes, int flags) {
        if (has(flags, TcpHeader.SYN)) {
            c.weird("SYN_after_reset");
        }
        if (has(flags, TcpHeader.FIN)) {
            c.weird("FIN_after_reset");
        }
        if (payloadBytes > 0 && !has(flags, TcpHeader.RST)) {
            c.weird("data_after_reset");
        }
        return 0;
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
