package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.value.Port;

/** A flow of a protocol without connections: UDP, ICMP, or any other carried by IP. */
public final class DatagramConnection extends Connection {
    private final DatagramTransport handler;

    // Payload bytes; -1 until that side sent something.
    private long origBytes = -1;
    private long respBytes = -1;
    private int origChecksumErrors;
    private int respChecksumErrors;

    DatagramConnection(ConnectionTracker tracker, DecodedPacket p, Port.Proto transport, DatagramTransport handler) {
        super(tracker, p, transport);
        this.handler = handler;
    }

    @Override
    public long size(boolean originator) {
        return Math.max(0, originator ? origBytes : respBytes);
    }

    /** The script constants UDP_INACTIVE and UDP_ACTIVE. */
    @Override
    public long stateNumber(boolean originator) {
        return (originator ? origBytes : respBytes) < 0 ? 0 : 1;
    }

    void addPayload(boolean fromOriginator, int bytes) {
        if (fromOriginator) {
            origBytes = Math.max(0, origBytes) + bytes;
        } else {
            respBytes = Math.max(0, respBytes) + bytes;
        }
    }

    /** Returns the number of errors when it is to be reported, else 0. */
    int checksumError(boolean fromOriginator) {
        int count = fromOriginator ? ++origChecksumErrors : ++respChecksumErrors;
        return history.addScaled(fromOriginator ? 'C' : 'c', count) && count > 1 ? count : 0;
    }

    @Override
    void packet(DecodedPacket p, boolean fromOriginator) {
        handler.packet(this, p, fromOriginator);
    }

    @Override
    void flipEndpoints() {
        long bytes = origBytes;
        origBytes = respBytes;
        respBytes = bytes;
        int errors = origChecksumErrors;
        origChecksumErrors = respChecksumErrors;
        respChecksumErrors = errors;
    }

    @Override
    void recordRefreshed() {
        if (transport() == Port.Proto.ICMP) {
            // Zeek starts these when it first shows an ICMP flow to a script.
            enableStatusUpdates();
        }
    }
}
