package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;

/** What the tracker has to know of an IP protocol to make connections of its packets. Keeps no state of connections. */
interface Transport {
    /** Answers of {@link #roles}. */
    enum Roles {
        REFUSE,
        KEEP,
        /** The sender is the responder. */
        FLIP
    }

    /**
     * Checks that the header is there and sets the packet's ports.
     *
     * @return false when the packet is of no use; said so already
     */
    boolean readPorts(DecodedPacket p);

    /** Whether a packet without a connection begins one, and who begins it. */
    Roles roles(DecodedPacket p);

    /** A connection whose originator is the sender; nothing happens to it yet. */
    Connection open(DecodedPacket p);

    /** Sets the timers of a new connection, whose roles are settled. */
    void begin(Connection c);
}
