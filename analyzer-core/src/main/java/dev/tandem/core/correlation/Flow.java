package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketTable.FiveTuple;
import dev.tandem.core.value.Addr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One end of a connection as its host's correlation sees it. */
final class Flow {
    /** How the handshake went, as far as was seen. */
    enum Handshake {
        UNKNOWN,
        ANSWERED,
        UNANSWERED
    }

    /** A call that may have made the connection, and how likely it did. */
    record Share(SocketCall call, double likelihood) {}

    /** Null when no other answer can come: rows of other connections may still need the flow, but not what it is of. */
    @Nullable
    TrackedConnection connection;

    final boolean isOriginator;

    /** Whether a router has put its own address and a port in place of the host's: others' connections look the same. */
    final boolean isTranslated;

    final FiveTuple socket;
    final double start;
    double end = Double.POSITIVE_INFINITY;
    Handshake handshake = Handshake.UNKNOWN;

    /** What the pairing found, most likely first; null before it was asked. */
    @Nullable
    List<Share> shares;

    /** What of that the order of all calls found. */
    List<Share> inOrder = List.of();

    /** How likely it is that no call, told or not, made it in that order. */
    double unexplained = 1;

    /** Whether its host is to say when all has been told of its time. */
    boolean isAwaited;

    /** Whether a table of the host had the socket. */
    boolean isHeld;

    /** What was answered; null before. */
    @Nullable
    Answer answered;

    Flow(TrackedConnection connection, boolean isOriginator, boolean isTranslated, FiveTuple socket, double start) {
        this.connection = connection;
        this.isTranslated = isTranslated;
        this.isOriginator = isOriginator;
        this.socket = socket;
        this.start = start;
    }

    /** Processes of the host that had the socket while the connection was there, or were found with it soon after. */
    List<Integer> holders(Host host) {
        if (!isHeld) {
            return List.of();
        }
        double behind = host.clock().behind();
        double until = Math.min(end, start + CorrelationLimits.KEPT) + CorrelationLimits.TABLE_WAITS;
        return host.sockets().holders(socket, start - behind - 1, until - behind);
    }

    /** Whether the order of all calls lets it be made by that call. */
    boolean isInOrder(SocketCall call) {
        for (Share s : inOrder) {
            if (s.call == call) {
                return true;
            }
        }
        return false;
    }

    /** No other answer can come. */
    void letGo() {
        connection = null;
        answered = null;
    }

    /** Whether no other answer can come. */
    boolean isDone() {
        return connection == null;
    }

    boolean isTcp() {
        return socket.protocol() == 6;
    }

    Addr remote() {
        return socket.remote();
    }
}
