package dev.tandem.core.host;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one monitored host: what its rows have told, events and snapshots alike. All of it is keyed by this host
 * only. Engine thread.
 */
public final class Host {
    /** How long something gone is still known: connections are attributed for that long after they end. */
    static final double REMEMBERED = 600;

    /** A process of which nothing was heard for a day is asked for by no connection that is still seen. */
    private static final double PROCESS_REMEMBERED = 86400;

    private final String id;
    private final HostClock clock = new HostClock();
    private final EventOrder order = new EventOrder();
    private final ProcessTable processes = new ProcessTable();
    private final SocketTable sockets = new SocketTable();
    private final Map<Long, String> users = new HashMap<>();
    private @Nullable SocketCall lastCall;

    Host(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public HostClock clock() {
        return clock;
    }

    public EventOrder order() {
        return order;
    }

    public ProcessTable processes() {
        return processes;
    }

    public SocketTable sockets() {
        return sockets;
    }

    /** Takes in a call: finds its place among the others, and what the calls before it tell of it. */
    public void called(SocketCall call, long eid) {
        call.place = order.place(eid, call.stamp, call.arrival);
        switch (call.action) {
            case BIND -> sockets.bound(call);
            case CONNECT -> {
                call.localPort = sockets.portOf(call);
                SocketCall before = lastCall;
                if (before != null && call.continuesProbe(before)) {
                    before.isProbe = true;
                    call.isProbe = true;
                } else if (before != null && order.isNumbered() && call.mayFollowProbe(before)) {
                    before.mayBeProbe = true;
                }
            }
            case ACCEPT -> {}
        }
        lastCall = call;
    }

    public void user(long uid, String name) {
        users.put(uid, name);
    }

    /** A name is forgotten only when it was not given to another since. */
    public void userGone(long uid, String name) {
        users.remove(uid, name);
    }

    /** Empty when not known. */
    public String userName(long uid) {
        return users.getOrDefault(uid, "");
    }

    /** Forgets what is too old to matter. */
    public void expire(double now) {
        double hostNow = now - clock.behind();
        sockets.expire(hostNow - REMEMBERED);
        processes.expire(hostNow - PROCESS_REMEMBERED);
    }
}
