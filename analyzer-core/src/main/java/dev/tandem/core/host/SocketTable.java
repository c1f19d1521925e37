package dev.tandem.core.host;

import dev.tandem.core.value.Addr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sockets of one host by its tables: open ones with both ends, listening ones, and the ports that calls have bound. */
public final class SocketTable {
    /** An open socket's name. */
    public record FiveTuple(int protocol, Addr local, int localPort, Addr remote, int remotePort) {}

    private record Service(int protocol, int port) {}

    private record Listener(int pid, Addr address) {}

    private record Descriptor(int pid, String fd) {}

    /** As many as a host has ports. */
    private static final int MOST = 65536;

    private final Intervals<FiveTuple, Integer> open = new Intervals<>(MOST);
    private final Intervals<Service, Listener> listening = new Intervals<>(MOST);
    private final Map<Integer, SocketCall> bound = new HashMap<>();
    private final Map<Descriptor, SocketCall> boundDescriptors = new HashMap<>();

    public void opened(FiveTuple socket, int pid, double hostTime) {
        open.added(socket, pid, hostTime);
    }

    public void closed(FiveTuple socket, int pid, double hostTime) {
        open.removed(socket, pid, hostTime);
    }

    /** Whether any process has it, or had it lately. */
    public boolean isKnown(FiveTuple socket) {
        return !open.of(socket).isEmpty();
    }

    /**
     * Processes that had the socket at some time between the two of the host's clock; a process may have handed it to its
     * children.
     */
    public List<Integer> holders(FiveTuple socket, double from, double to) {
        return open.between(socket, from, to);
    }

    public void listens(int protocol, Addr address, int port, int pid, double hostTime) {
        listening.added(new Service(protocol, port), new Listener(pid, address), hostTime);
    }

    public void listensNoLonger(int protocol, Addr address, int port, int pid, double hostTime) {
        listening.removed(new Service(protocol, port), new Listener(pid, address), hostTime);
    }

    /** Processes that listened there between two times of the host's clock; those of that very address if there are such. */
    public List<Integer> listeners(int protocol, Addr address, int port, double from, double to) {
        List<Listener> all = listening.between(new Service(protocol, port), from, to);
        List<Integer> exact = all.stream()
                .filter(l -> l.address.equals(address))
                .map(Listener::pid)
                .distinct()
                .toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        return all.stream()
                .filter(l -> isAny(l.address))
                .map(Listener::pid)
                .distinct()
                .toList();
    }

    void bound(SocketCall call) {
        if (call.boundPort == 0) {
            return;
        }
        if (bound.size() > MOST) {
            bound.clear();
        }
        if (boundDescriptors.size() > MOST) {
            boundDescriptors.clear();
        }
        bound.put(call.boundPort, call);
        boundDescriptors.put(new Descriptor(call.pid, call.fd), call);
    }

    /** The port that the descriptor of a call was bound to before; 0 when none. */
    int portOf(SocketCall call) {
        SocketCall b = boundDescriptors.remove(new Descriptor(call.pid, call.fd));
        return b == null ? 0 : b.boundPort;
    }

    /** The last bind of a local port at that address; null when there was none. */
    public @Nullable SocketCall boundTo(Addr address, int port) {
        SocketCall b = bound.get(port);
        return b != null && (b.local.equals(address) || isAny(b.local)) ? b : null;
    }

    public static boolean isAny(Addr a) {
        return a.equals(Addr.V4_ZERO) || a.equals(Addr.V6_ZERO);
    }

    /** Forgets what was gone before a time of the host's clock. */
    void expire(double before) {
        open.expire(before);
        listening.expire(before);
        bound.values().removeIf(b -> b.stamp < before);
        boundDescriptors.values().removeIf(b -> b.stamp < before);
    }

    public int size() {
        return open.size() + listening.size() + bound.size();
    }

    public long forgotten() {
        return open.forgotten() + listening.forgotten();
    }
}
