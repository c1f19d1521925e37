package dev.tandem.core.connection;

/** The states of one side of a TCP connection; ordinals are the script constants TCP_INACTIVE to TCP_RESET. */
public enum EndpointState {
    /** Nothing seen. */
    INACTIVE,
    SYN_SENT,
    /** A SYN/ACK without a SYN before it. */
    SYN_ACK_SENT,
    /** Data without a SYN. */
    PARTIAL,
    ESTABLISHED,
    /** A FIN was sent. */
    CLOSED,
    /** A RST was sent. */
    RESET;

    boolean isHandshake() {
        return this == INACTIVE || this == SYN_SENT || this == SYN_ACK_SENT;
    }
}
