package dev.tandem.core.backbone;

import java.util.List;

/** Connections between this node's backbone and others. Engine thread; what happens is told at {@link #drain}. */
public interface Peerings extends AutoCloseable {
    /** Where a peer is. */
    record Endpoint(String id, String address, int port) {}

    /** A connection as it is. */
    record Peer(Endpoint endpoint, boolean isUp, boolean isOutbound) {}

    /** Something that happened to a connection. */
    sealed interface Change {
        Endpoint endpoint();

        /** It is up. */
        record Added(Endpoint endpoint) implements Change {}

        /** This node ended it. */
        record Removed(Endpoint endpoint) implements Change {}

        /** The other side ended it, or it broke. */
        record Lost(Endpoint endpoint) implements Change {}

        /** It cannot be made now; it is tried again when that was asked. */
        record Unavailable(Endpoint endpoint, String reason) implements Change {}
    }

    /** Takes what happened. */
    interface Sink {
        void accept(Change change);
    }

    /**
     * Takes connections of others.
     *
     * @param address empty for all of this machine
     * @return the port; 0 when it cannot be had
     */
    int listen(String address, int port);

    /**
     * Connects to another node.
     *
     * @param retrySeconds when to try again, when it cannot be had or is lost; 0 for never
     */
    void peer(String address, int port, double retrySeconds);

    /** Ends a connection that {@link #peer} made; false when there is none to that place. */
    boolean unpeer(String address, int port);

    List<Peer> peers();

    /** Whether this node listens or connects: it then has reason to run without packets. */
    boolean isInUse();

    /** Hands over what has happened. */
    void drain(Sink sink);

    @Override
    void close();
}
