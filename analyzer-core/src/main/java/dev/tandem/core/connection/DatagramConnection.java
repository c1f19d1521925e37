package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.Encapsulation;
import dev.tandem.core.value.Port;
import org.jspecify.annotations.Nullable;

/** A flow of a protocol without connections: UDP, ICMP, or any other carried by IP. */
public final class DatagramConnection extends Connection {
    private static final int VIOLATED = 5;
    private static final int SEEN = 10;

    private final DatagramTransport handler;

    // Payload bytes; -1 until that side sent something.
    private long origBytes = -1;
    private long respBytes = -1;
    private int origChecksumErrors;
    private int respChecksumErrors;

    /** What packets inside came through, when this is a tunnel; kept so that it is made once. */
    @Nullable
    Encapsulation carried;

    // Bits of UdpTunnels: from 0 on the tunnels confirmed, from 5 on those violated, then the sides that sent good
    // ones.
    private short tunnelBits;

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

    private boolean tunnelBit(int bit) {
        return (tunnelBits & 1 << bit) != 0;
    }

    private void setTunnelBit(int bit) {
        tunnelBits |= (short) (1 << bit);
    }

    boolean tunnelConfirmed(int number) {
        return tunnelBit(number);
    }

    boolean tunnelViolated(int number) {
        return tunnelBit(VIOLATED + number);
    }

    /** Returns whether that is news. */
    boolean confirmTunnel(int number) {
        boolean news = !tunnelConfirmed(number) && !tunnelViolated(number);
        if (news) {
            setTunnelBit(number);
        }
        return news;
    }

    boolean violateTunnel(int number) {
        boolean news = !tunnelViolated(number);
        setTunnelBit(VIOLATED + number);
        return news;
    }

    /** Notes that a side has sent a good packet of a tunnel; returns whether both have. */
    boolean tunnelSeen(boolean fromOriginator) {
        setTunnelBit(fromOriginator ? SEEN : SEEN + 1);
        return tunnelBit(SEEN) && tunnelBit(SEEN + 1);
    }

    @Override
    boolean isOneSided() {
        return origBytes < 0 || respBytes < 0;
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
