package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketCall.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How well a call and a connection fit, as odds against their being strangers: a call whose connection was not seen, and a
 * connection whose call was not told. Both are rare; one in a thousand stands for rare, since no more than that would be
 * tolerated of a sensor or an audit, and one in ten thousand where the host numbers its rows, since numbers show what was
 * lost on the way and leave only what the kernel dropped. The odds only matter where counts agree by chance; where they do
 * not, something must be left over, and what it is follows from order and time.
 */
final class PairingWeights {
    private static final double RARE = 0.001;
    private static final double RARE_OF_NUMBERED = 0.0001;

    /** Against the rules of the protocol or of audit: believed only when nothing else explains it. */
    private static final double CONTRADICTED = 0.02;

    /** What was bound or is open says so itself. */
    private static final double CONFIRMED = 50;

    /** What looks like a resolver's probe makes no packet; that a process really went from one server to the next is rare. */
    private static final double PROBE = RARE * RARE;

    /** As likely a probe as not: it takes no rarity to leave it over. */
    private static final double AS_LIKELY_PROBE = RARE;

    /** Datagrams are as often sent without connect as with it. */
    private static final double UNCONNECTED = 0.5;

    /** A call's stamp is never before the call; what goes beyond is a clock's error, and NTP keeps it below a second. */
    private static final double CLOCK_SECONDS = 1;

    /** osquery's audit thread hands a batch on when nothing came for so long: events may lie that far before their batch. */
    private static final double BATCH_SECONDS = 2;

    /** A connected datagram socket may wait with its first packet; resolvers and time clients do so no longer than this. */
    static final double DATAGRAM_SECONDS = 10;

    /** Latest that a row may come before we saw what it tells of: both are stamped by us. */
    private static final double ARRIVAL_SLACK = 0.5;

    /** Two calls on two processors: the longest that Linux's scheduler lets one of them wait (sched_latency, 4 CPUs). */
    static final double SWAP_SECONDS = 0.018;

    private static final double SWAP = 0.1;

    /**
     * Processes that have a connection's socket.
     *
     * @param ancestors those that may have handed it on to them
     */
    record Holders(List<Integer> pids, Set<Integer> ancestors) {
        private static final Holders NONE = new Holders(List.of(), Set.of());

        static Holders of(Flow f, Host host) {
            List<Integer> pids = f.holders(host);
            if (pids.isEmpty()) {
                return NONE;
            }
            Set<Integer> ancestors = new HashSet<>();
            double found = f.start - host.clock().behind() + CorrelationLimits.TABLE_WAITS;
            for (int pid : pids) {
                for (ProcessInfo p : host.processes().tree(pid, found)) {
                    ancestors.add(p.pid());
                }
            }
            return new Holders(pids, ancestors);
        }
    }

    private PairingWeights() {}

    /** Whether a connection goes where a call went. */
    static boolean isTo(Flow f, SocketCall c) {
        return f.socket.remotePort() == c.remotePort && f.remote().equals(c.remote);
    }

    /**
     * Odds that the call made the connection.
     *
     * @param earliest {@link #earliest} of the call, which is the same for all connections
     * @param latest {@link #latest} of the call
     */
    static double match(Host host, Flow f, SocketCall c, Holders holders, double earliest, double latest) {
        double timing = timing(f, c, earliest, latest);
        return timing == 0 ? 0 : timing / (RARE * untold(host)) * protocol(f, c) * port(f, c) * holders(c, holders);
    }

    /** Last moment of our clock at which the call can have been. */
    static double latest(Host host, SocketCall c) {
        return host.clock().ours(c.stamp) + 1;
    }

    /** First moment of our clock at which the call can have been. */
    static double earliest(Host host, SocketCall c) {
        return host.clock().ours(host.order().batchBefore(c.stamp));
    }

    private static double timing(Flow f, SocketCall c, double earliest, double latest) {
        if (f.start > c.arrival + ARRIVAL_SLACK) {
            return 0;
        }
        return within(f, earliest, latest);
    }

    private static double protocol(Flow f, SocketCall c) {
        if (c.protocol != 0 && c.protocol != f.socket.protocol()) {
            return 0;
        }
        if (!f.isTcp()) {
            // A datagram socket's connect only notes an address: it neither waits nor fails at the peer.
            return c.outcome == Outcome.SUCCEEDED || c.outcome == Outcome.UNKNOWN ? 1 : 0;
        }
        if (c.isProbe) {
            return PROBE;
        }
        if (c.mayBeProbe) {
            return AS_LIKELY_PROBE;
        }
        return switch (c.outcome) {
            case SUCCEEDED -> f.handshake == Flow.Handshake.UNANSWERED ? CONTRADICTED : 1;
            case FAILED -> f.handshake == Flow.Handshake.ANSWERED ? CONTRADICTED : 1;
            case IN_PROGRESS, UNKNOWN -> 1;
        };
    }

    private static double port(Flow f, SocketCall c) {
        if (c.localPort == 0 || f.isTranslated) {
            return 1;
        }
        return c.localPort == f.socket.localPort() ? CONFIRMED : CONTRADICTED * CONTRADICTED;
    }

    private static double holders(SocketCall c, Holders holders) {
        if (holders.pids.isEmpty()) {
            return 1;
        }
        if (holders.pids.contains(c.pid)) {
            return CONFIRMED;
        }
        return holders.ancestors.contains(c.pid) ? 1 : CONTRADICTED;
    }

    /** Odds that the calls of two connections that began that many seconds after one another are told the other way round. */
    static double swap(double seconds) {
        return seconds > 10 * SWAP_SECONDS ? 0 : SWAP * Math.exp(-seconds / SWAP_SECONDS);
    }

    /** How rarely a call is not told though nothing says so. */
    private static double untold(Host host) {
        return host.order().isNumbered() ? RARE_OF_NUMBERED : RARE;
    }

    /** Odds that there was no call for a connection, or that it is told of nowhere, against the usual ones. */
    static double withoutCall(Host host, Flow f) {
        if (f.isTranslated) {
            // As likely somebody else's behind that router.
            return 1 / untold(host);
        }
        return f.isTcp() ? 1 : UNCONNECTED / untold(host);
    }

    /** The same for one whose time has not been told of: nothing is to be wondered at. */
    static double notYetTold(Host host) {
        return 1 / untold(host);
    }

    /** Odds that a missing call made a connection, when so large a part of the host's calls did. */
    static double missing(Host host, double part) {
        return part / (1 - part) / untold(host);
    }

    /** How well a connection's beginning lies in a time, 0 to 1. */
    static double within(Flow f, double earliest, double latest) {
        if (f.start > latest) {
            return Math.exp((latest - f.start) / (f.isTcp() ? CLOCK_SECONDS : DATAGRAM_SECONDS));
        }
        return f.start >= earliest ? 1 : Math.exp((f.start - earliest) / BATCH_SECONDS);
    }
}
