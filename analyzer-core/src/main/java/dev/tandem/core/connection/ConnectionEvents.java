package dev.tandem.core.connection;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;

/** The events that connections raise, looked up once. */
final class ConnectionEvents {
    final EventType newConnection;
    final EventType timeout;
    final EventType stateRemove;
    final EventType reused;
    final EventType statusUpdate;
    final EventType flipped;
    final EventType flowLabelChanged;
    final EventType tunnelChanged;
    final EventType packetContents;
    final EventType bytesThreshold;
    final EventType packetsThreshold;
    final EventType durationThreshold;
    final EventType genericPacketThreshold;

    final EventType attempt;
    final EventType established;
    final EventType partial;
    final EventType partialClose;
    final EventType finished;
    final EventType halfFinished;
    final EventType rejected;
    final EventType reset;
    final EventType pending;
    final EventType synPacket;
    final EventType firstAck;
    final EventType eof;
    final EventType tcpPacket;
    final EventType contentGap;
    final EventType contentsFileFailure;
    final EventType tcpContents;
    final EventType inconsistency;
    final EventType newContents;
    final EventType statistics;
    final EventType retransmission;
    final EventType multipleChecksumErrors;
    final EventType multipleZeroWindows;
    final EventType multipleRetransmissions;
    final EventType multipleGaps;

    final EventType udpRequest;
    final EventType udpReply;
    final EventType udpContents;
    final EventType udpMultipleChecksumErrors;

    ConnectionEvents(EventRegistry events) {
        newConnection = events.event("new_connection");
        timeout = events.event("connection_timeout");
        stateRemove = events.event("connection_state_remove");
        reused = events.event("connection_reused");
        statusUpdate = events.event("connection_status_update");
        flipped = events.event("connection_flipped");
        flowLabelChanged = events.event("connection_flow_label_changed");
        tunnelChanged = events.event("tunnel_changed");
        packetContents = events.event("packet_contents");
        bytesThreshold = events.event("conn_bytes_threshold_crossed");
        packetsThreshold = events.event("conn_packets_threshold_crossed");
        durationThreshold = events.event("conn_duration_threshold_crossed");
        genericPacketThreshold = events.event("conn_generic_packet_threshold_crossed");
        attempt = events.event("connection_attempt");
        established = events.event("connection_established");
        partial = events.event("partial_connection");
        partialClose = events.event("connection_partial_close");
        finished = events.event("connection_finished");
        halfFinished = events.event("connection_half_finished");
        rejected = events.event("connection_rejected");
        reset = events.event("connection_reset");
        pending = events.event("connection_pending");
        synPacket = events.event("connection_SYN_packet");
        firstAck = events.event("connection_first_ACK");
        eof = events.event("connection_EOF");
        tcpPacket = events.event("tcp_packet");
        contentGap = events.event("content_gap");
        inconsistency = events.event("rexmit_inconsistency");
        tcpContents = events.event("tcp_contents");
        statistics = events.event("conn_stats");
        retransmission = events.event("tcp_rexmit");
        newContents = events.event("new_connection_contents");
        contentsFileFailure = events.event("contents_file_write_failure");
        multipleChecksumErrors = events.event("tcp_multiple_checksum_errors");
        multipleZeroWindows = events.event("tcp_multiple_zero_windows");
        multipleRetransmissions = events.event("tcp_multiple_retransmissions");
        multipleGaps = events.event("tcp_multiple_gap");
        udpRequest = events.event("udp_request");
        udpContents = events.event("udp_contents");
        udpReply = events.event("udp_reply");
        udpMultipleChecksumErrors = events.event("udp_multiple_checksum_errors");
    }
}
