package dev.tandem.core.correlation;

import dev.tandem.core.correlation.Candidate.Method;
import dev.tandem.core.host.Host;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import java.util.List;

/** Who of a host may have begun a connection. */
final class OriginatorEvidence {
    /** What a source that is right but for a rare mishap is believed. */
    static final double NEARLY_SURE = 0.95;

    private static final double UNEXPLAINED = 0.95;

    private OriginatorEvidence() {}

    static List<Candidate> candidates(Host host, Flow f, List<Flow.Share> shares) {
        CandidateList found = new CandidateList(host);
        if (f.isTranslated) {
            // The own address and port are the router's: neither tables nor calls of bind have them.
            shares.forEach(s -> found.add(s.call(), Method.TRANSLATED, NEARLY_SURE * s.likelihood()));
            // Of what nothing explains not even the host is known.
            return found.left() > UNEXPLAINED ? List.of() : found.sorted();
        }
        double start = f.start - host.clock().behind();
        List<Integer> holders = f.holders(host);
        for (Flow.Share s : shares) {
            found.add(s.call(), holders.contains(s.call().pid) ? Method.FIVE_TUPLE : Method.CONNECT, s.likelihood());
        }
        // A socket that is open without its connect, or whose connect is in doubt.
        List<Integer> first = eldest(host, holders, start);
        for (int pid : first) {
            found.add(pid, start, Method.FIVE_TUPLE, NEARLY_SURE * found.left() / first.size());
        }
        SocketCall bound = host.sockets().boundTo(f.socket.local(), f.socket.localPort());
        if (bound != null && mayHaveBound(host, f, bound)) {
            found.add(bound, Method.BIND, NEARLY_SURE * found.left());
        }
        if (!f.isTcp()) {
            // A datagram socket without a peer is in the table of listening ports, whoever speaks first.
            List<Integer> open = host.sockets()
                    .listeners(
                            f.socket.protocol(),
                            f.socket.local(),
                            f.socket.localPort(),
                            start - 1,
                            start + CorrelationLimits.TABLE_WAITS);
            for (int pid : open) {
                found.add(pid, start, Method.LISTENER, NEARLY_SURE * found.left() / open.size());
            }
        }
        return found.sorted();
    }

    /** A connect follows its bind at once; datagrams may be sent from a bound port for as long as it is open. */
    private static boolean mayHaveBound(Host host, Flow f, SocketCall bind) {
        if (f.start > bind.arrival + 1 && f.isTcp()) {
            return false;
        }
        double latest = PairingWeights.latest(host, bind);
        double earliest = host.clock().ours(host.order().batchBefore(bind.stamp));
        return f.end >= earliest && (!f.isTcp() || f.start <= latest + 1);
    }

    /** Those that have the socket from nobody else who has it. */
    static List<Integer> eldest(Host host, List<Integer> holders, double hostTime) {
        if (holders.size() < 2) {
            return holders;
        }
        List<Integer> eldest = holders.stream()
                .filter(pid -> {
                    List<ProcessInfo> tree = host.processes().tree(pid, hostTime + CorrelationLimits.TABLE_WAITS);
                    return tree.stream().skip(1).noneMatch(p -> holders.contains(p.pid()));
                })
                .toList();
        return eldest.isEmpty() ? holders : eldest;
    }
}
