package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which processes of a host were seen to accept connections at which of its ports. An accept names the peer only, so the port
 * is that of the connection it goes with. Who has accepted there may have taken another one, of which no row tells; and
 * processes that accept at one socket are one server's, so that what is known of the ones holds for the other.
 */
final class Acceptors {
    /** A process at a port: its last accept, and how many were seen. */
    record Seen(SocketCall last, int times) {}

    /** A server has no more workers than that whose share in its connections says anything. */
    private static final int MOST = 256;

    private final Map<Integer, Map<Integer, Seen>> byPort = new HashMap<>();

    void accepted(int port, SocketCall call) {
        Map<Integer, Seen> there = byPort.computeIfAbsent(port, k -> new LinkedHashMap<>(4));
        Seen before = there.get(call.pid);
        if (before == null && there.size() >= MOST) {
            there.remove(there.keySet().iterator().next());
        }
        there.put(call.pid, new Seen(call, before == null ? 1 : before.times + 1));
    }

    /** Those that were seen to accept at a port. */
    Collection<Seen> at(int port) {
        return byPort.getOrDefault(port, Map.of()).values();
    }

    /** The user of those that accept at a port and run that program; -1 when none is known, or they have several. */
    long user(Host host, int port, String path) {
        long common = -1;
        for (Seen s : at(port)) {
            ProcessInfo p = process(host, s.last);
            if (p == null || p.uid() < 0 || !p.path().equals(path)) {
                continue;
            }
            if (common >= 0 && common != p.uid()) {
                return -1;
            }
            common = p.uid();
        }
        return common;
    }

    private static @Nullable ProcessInfo process(Host host, SocketCall call) {
        return host.processes().at(call.pid, call.stamp, call.path, call.auid);
    }

    /** Forgets who did not accept since a time of our clock. */
    void expire(double before) {
        byPort.values().removeIf(there -> {
            there.values().removeIf(s -> s.last.arrival < before);
            return there.isEmpty();
        });
    }
}
