package dev.tandem.core.correlation;

import dev.tandem.core.correlation.Acceptors.Seen;
import dev.tandem.core.correlation.Candidate.Method;
import dev.tandem.core.host.Host;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketTable.FiveTuple;
import java.util.Collection;
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

    static List<Candidate> candidates(Host host, Acceptors seen, Flow f, List<Flow.Share> shares) {
        CandidateList found = new CandidateList(host);
        for (Flow.Share s : shares) {
            found.add(s.call(), Method.ACCEPT, s.likelihood());
        }
        int port = f.socket.localPort();
        if (found.left() >= 0.05) {
            addUntold(host, seen.at(port), f, found);
        }
        found.lendUser(c -> seen.user(host, port, c.path()));
        return found.sorted();
    }

    /** Adds who may have taken a connection of which no accept tells. */
    private static void addUntold(Host host, Collection<Seen> seen, Flow f, CandidateList found) {
        FiveTuple socket = f.socket;
        double behind = host.clock().behind();
        double start = f.start - behind;
        double sure = OriginatorEvidence.NEARLY_SURE * found.left();
        Set<Integer> holding = new LinkedHashSet<>();
        for (int holder : f.holders(host)) {
            holding.add(acceptor(host, holder, start));
        }
        if (!holding.isEmpty()) {
            holding.forEach(pid -> found.add(pid, start, Method.FIVE_TUPLE, sure / holding.size()));
            return;
        }
        double end = Math.min(f.end, f.start + CorrelationLimits.KEPT) - behind + CorrelationLimits.TABLE_WAITS;
        List<Integer> listeners =
                host.sockets().listeners(socket.protocol(), socket.local(), socket.localPort(), start - 1, end);
        Set<Integer> waiting = new LinkedHashSet<>();
        for (int pid : listeners) {
            addAcceptors(host, pid, start, waiting);
        }
        if (!seen.isEmpty() && f.isTcp()) {
            addSeen(seen, waiting, start, sure, found);
        } else if (!waiting.isEmpty()) {
            // One of which nothing is known may be one worker of several: as likely as not.
            boolean isUnknown = listeners.stream().anyMatch(pid -> latest(host, pid, start) == null);
            double all = isUnknown ? 0.5 * found.left() : sure;
            waiting.forEach(pid -> found.add(pid, start, Method.LISTENER, all / waiting.size()));
        } else {
            SocketCall bound = host.sockets().boundTo(socket.local(), socket.localPort());
            if (bound != null) {
                found.add(bound, Method.BIND, sure);
            }
        }
    }

    /**
     * Of those that were seen to accept at the port, each as likely as often it did; those that may wait there, and one more of
     * whom nothing was heard, as if they had once (Laplace's rule of succession).
     */
    private static void addSeen(
            Collection<Seen> seen, Set<Integer> waiting, double start, double sure, CandidateList found) {
        Set<Integer> others = new LinkedHashSet<>(waiting);
        double sum = 1.0 + waiting.size();
        for (Seen s : seen) {
            sum += s.times();
            others.remove(s.last().pid);
        }
        for (Seen s : seen) {
            int times = s.times() + (waiting.contains(s.last().pid) ? 1 : 0);
            found.add(s.last(), Method.LISTENER, sure * times / sum);
        }
        for (int pid : others) {
            found.add(pid, start, Method.LISTENER, sure / sum);
        }
    }

    /** Who accepted a socket that a process has: itself, or its parent if it was forked for that connection. */
    private static int acceptor(Host host, int holder, double start) {
        ProcessInfo p = latest(host, holder, start);
        return p != null && p.since() >= start - START_SLACK && hasOwnProgram(host, p, start) ? p.parent() : holder;
    }

    private static boolean hasOwnProgram(Host host, ProcessInfo p, double start) {
        ProcessInfo parent = p.parent() > 0 ? latest(host, p.parent(), start) : null;
        return parent != null && parent.path().equals(p.path());
    }

    private static boolean hasUserOfParent(Host host, ProcessInfo p, double start) {
        ProcessInfo parent = latest(host, p.parent(), start);
        return parent == null || parent.uid() == p.uid();
    }

    /**
     * Adds who may accept at a listening socket. A socket that several processes share is in osquery's table with one of
     * them (process_open_sockets.cpp: a map by inode), be it a worker or a child that serves one connection and has not closed
     * what it inherited.
     */
    private static void addAcceptors(Host host, int listener, double start, Set<Integer> acceptors) {
        ProcessInfo p = latest(host, listener, start);
        if (p == null || !hasOwnProgram(host, p, start)) {
            acceptors.add(listener);
        } else if (p.since() > start + START_SLACK) {
            acceptors.add(p.parent());
        } else {
            acceptors.add(listener);
            // Workers wait at the same socket, and whose turn it was nobody told.
            host.processes().alike(p, start).forEach(worker -> acceptors.add(worker.pid()));
            // A master that binds a low port leaves accepting to workers of another user.
            if (p.since() > start - CorrelationLimits.CALL_WAITS && hasUserOfParent(host, p, start)) {
                acceptors.add(p.parent());
            }
        }
    }

    private static @Nullable ProcessInfo latest(Host host, int pid, double start) {
        return host.processes().at(pid, start + CorrelationLimits.TABLE_WAITS, "", -1);
    }
}
