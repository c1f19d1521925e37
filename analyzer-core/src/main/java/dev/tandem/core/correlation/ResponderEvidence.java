package dev.tandem.core.correlation;

import dev.tandem.core.correlation.Candidate.Method;
import dev.tandem.core.host.Host;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketTable.FiveTuple;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who of a host may have taken a connection. An accept names the peer's address and port and leaves no doubt. Without one
 * there is who listens at the port and who holds the socket, and how servers are built: one that forks for each connection
 * accepts itself and hands over; one with workers forked before lets them accept.
 */
final class ResponderEvidence {
    /** Process start times are in whole seconds, and so are the times of tables. */
    private static final double START_SLACK = 2;

    private ResponderEvidence() {}

    static List<Candidate> candidates(Host host, Flow f, List<Flow.Share> shares) {
        CandidateList found = new CandidateList(host);
        for (Flow.Share s : shares) {
            found.add(s.call(), Method.ACCEPT, s.likelihood());
        }
        if (found.left() < 0.05) {
            return found.sorted();
        }
        FiveTuple socket = f.socket;
        double behind = host.clock().behind();
        double start = f.start - behind;
        double end = Math.min(f.end, f.start + CorrelationLimits.KEPT) - behind + CorrelationLimits.TABLE_WAITS;
        List<Integer> listeners = host.sockets()
                .listeners(socket.protocol(), socket.local(), socket.localPort(), start - 1, end);
        Set<Integer> acceptors = new LinkedHashSet<>();
        for (int holder : host.sockets().holders(socket, start - 1, end)) {
            acceptors.add(acceptor(host, holder, listeners, start));
        }
        Method method = Method.FIVE_TUPLE;
        if (acceptors.isEmpty()) {
            method = Method.LISTENER;
            for (int pid : listeners) {
                if (!isForkedSince(host, pid, start) && !hasWorkers(host, pid, listeners, start)) {
                    acceptors.add(pid);
                }
            }
            if (acceptors.isEmpty()) {
                acceptors.addAll(listeners);
            }
        }
        double each = OriginatorEvidence.NEARLY_SURE * found.left() / Math.max(1, acceptors.size());
        for (int pid : acceptors) {
            found.add(pid, start, method, each);
        }
        if (acceptors.isEmpty()) {
            SocketCall bound = host.sockets().boundTo(socket.local(), socket.localPort());
            if (bound != null) {
                found.add(bound, Method.BIND, OriginatorEvidence.NEARLY_SURE * found.left());
            }
        }
        return found.sorted();
    }

    /** Who accepted a socket that a process has. */
    private static int acceptor(Host host, int holder, List<Integer> listeners, double start) {
        ProcessInfo p = latest(host, holder, start);
        if (p != null && p.parent() > 0 && p.since() >= start - START_SLACK) {
            ProcessInfo parent = latest(host, p.parent(), start);
            boolean isListener = listeners.contains(p.parent());
            if (isListener || listeners.isEmpty() && parent != null && parent.path().equals(p.path())) {
                return p.parent();
            }
        }
        return holder;
    }

    private static boolean isForkedSince(Host host, int pid, double start) {
        ProcessInfo p = latest(host, pid, start);
        return p != null && p.since() > start + START_SLACK;
    }

    /** Whether children of its own program have listened with it since before. */
    private static boolean hasWorkers(Host host, int pid, List<Integer> listeners, double start) {
        ProcessInfo self = latest(host, pid, start);
        for (int other : listeners) {
            ProcessInfo p = latest(host, other, start);
            if (self != null
                    && p != null
                    && other != pid
                    && p.parent() == pid
                    && p.path().equals(self.path())
                    && p.since() < start - START_SLACK) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable ProcessInfo latest(Host host, int pid, double start) {
        return host.processes().at(pid, start + CorrelationLimits.TABLE_WAITS, "", -1);
    }
}
