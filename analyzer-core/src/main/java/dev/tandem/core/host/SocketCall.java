package dev.tandem.core.host;

import dev.tandem.core.value.Addr;
import org.jspecify.annotations.Nullable;

/** A call of connect, accept or bind that a host's audit told of (osquery/tables/events/linux/socket_events.cpp). */
public final class SocketCall {
    /** Which call. */
    public enum Action {
        CONNECT,
        ACCEPT,
        BIND
    }

    /** How it went. A call that does not block ends before its connection is made. */
    public enum Outcome {
        UNKNOWN,
        SUCCEEDED,
        IN_PROGRESS,
        FAILED
    }

    public final Action action;
    public final int pid;
    public final String path;
    /** The login user; -1 when not known. */
    public final long auid;
    /** 6 or 17; 0 when the host does not tell. */
    public final int protocol;
    /** The host's clock, whole seconds, when osquery stored it. */
    public final double stamp;
    /** Our clock when it came. */
    public final double arrival;

    public final String fd;
    public final Outcome outcome;
    final Addr local;
    final int boundPort;
    public final Addr remote;
    public final int remotePort;

    /** Its place in the host's order. */
    public long place;
    /** The port that the same descriptor was bound to before; 0 when not known. */
    public int localPort;

    /**
     * Looks like a resolver that connects a datagram socket to one address of a name after the other to see which of them it
     * would reach from where (RFC 6724; glibc's getaddrinfo). No packet comes of that.
     */
    public boolean isProbe;

    /** The same when a row that would show it was lost: as likely a probe as not. */
    public boolean mayBeProbe;

    public SocketCall(
            Action action,
            int pid,
            String path,
            long auid,
            int protocol,
            Addr local,
            int localPort,
            Addr remote,
            int remotePort,
            double stamp,
            double arrival,
            String fd,
            Outcome outcome) {
        this.action = action;
        this.pid = pid;
        this.path = path;
        this.auid = auid;
        this.protocol = protocol;
        this.local = local;
        this.boundPort = localPort;
        this.remote = remote;
        this.remotePort = remotePort;
        this.stamp = stamp;
        this.arrival = arrival;
        this.fd = fd;
        this.outcome = outcome;
    }

    /**
     * Whether the one before, which this follows with rows between them lost, looks like a probe that this call went on from:
     * a descriptor that is connected is not connected again, unless it is a datagram socket's or was closed and used again.
     */
    boolean mayFollowProbe(@Nullable SocketCall before) {
        return before != null
                && before.action == Action.CONNECT
                && action == Action.CONNECT
                && before.pid == pid
                && before.place + 1 < place
                && before.fd.equals(fd)
                && before.remotePort == remotePort
                && before.outcome == Outcome.SUCCEEDED;
    }

    /** Whether it may have returned long after its connection began. */
    public boolean mayBlock(boolean isTcp) {
        return isTcp && outcome != Outcome.IN_PROGRESS;
    }

    /** Whether this call, which follows another one directly, goes on with its probing. */
    boolean continuesProbe(@Nullable SocketCall before) {
        return before != null
                && before.action == Action.CONNECT
                && action == Action.CONNECT
                && before.pid == pid
                && before.place + 1 == place
                && before.fd.equals(fd)
                && before.remotePort == remotePort
                && !before.remote.equals(remote)
                && before.outcome == Outcome.SUCCEEDED
                && outcome == Outcome.SUCCEEDED;
    }
}
