package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import dev.tandem.core.host.SocketCall;
import java.util.List;

/**
 * Calls that a gap in a host's numbers tells of, among those to one address and port: each may have been to there, and then
 * made one connection, or to anywhere else. How likely it went there is the part of the host's calls that did.
 */
final class MissingCalls {
    /** Of more in one gap no more can be said. */
    private static final int MOST = 16;

    private static final double LEAST_PART = 0.01;

    private final Host host;
    private final List<SocketCall> calls;
    private final long[][] gaps;
    private final double odds;

    /** @param placeBefore the place of the call before the first; -1 when there is none */
    MissingCalls(Host host, List<SocketCall> calls, long placeBefore) {
        this.host = host;
        this.calls = calls;
        gaps = new long[calls.size() + 1][];
        if (calls.isEmpty()) {
            gaps[0] = new long[0];
            odds = 0;
            return;
        }
        long before = placeBefore >= 0 ? placeBefore : host.order().firstPlace();
        int known = 0;
        for (int j = 0; j <= calls.size(); j++) {
            long at = j < calls.size() ? calls.get(j).place : host.order().lastPlace();
            gaps[j] = host.order().missing(before, at, MOST);
            known += host.order().between(before, at);
            before = at;
        }
        double part = (double) calls.size() / (calls.size() + known);
        odds = PairingWeights.missing(host, Math.clamp(part, LEAST_PART, 1 - LEAST_PART));
    }

    /** Places before a call; the number of calls asks for those behind the last. */
    long[] before(int call) {
        return gaps[call];
    }

    /** Odds that one that is missing before a call made a connection. */
    double match(Flow f, int call) {
        double earliest = call > 0 ? PairingWeights.earliest(host, calls.get(call - 1)) : Double.NEGATIVE_INFINITY;
        double latest = call < calls.size()
                ? PairingWeights.latest(host, calls.get(call))
                : host.clock().ours(host.order().lastStamp()) + 1;
        return odds * PairingWeights.within(f, earliest, latest);
    }
}
