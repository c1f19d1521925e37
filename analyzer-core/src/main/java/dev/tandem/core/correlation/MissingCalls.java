package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import java.util.List;

/**
 * Calls that gaps in a host's numbers tell of: each may have made one connection, or none, as a call of another kind or a
 * resolver's probe. How likely it made one is the part of the calls known there that look as if they did.
 */
final class MissingCalls {
    /** Of more in one gap no more can be said. */
    private static final int MOST = 16;

    private final Host host;
    private final List<PlacedCall> calls;

    /** How many are missing before each call, and behind the last. */
    private final int[] gaps;

    private final double odds;

    /**
     * @param placeBefore the place of the call before the first; -1 when there is none
     */
    MissingCalls(Host host, List<PlacedCall> calls, long placeBefore) {
        this.host = host;
        this.calls = calls;
        gaps = new int[calls.size() + 1];
        if (calls.isEmpty()) {
            odds = 0;
            return;
        }
        long before = placeBefore >= 0 ? placeBefore : host.order().firstPlace();
        int known = calls.size();
        for (int j = 0; j <= calls.size(); j++) {
            long at = j < calls.size() ? calls.get(j).call.place : host.order().lastPlace();
            gaps[j] = (int) Math.min(MOST, host.order().missing(before, at));
            known += host.order().between(before, at);
            before = at;
        }
        int made = 0;
        for (PlacedCall c : calls) {
            made += c.call.isProbe || c.call.mayBeProbe ? 0 : 1;
        }
        // As if one more of each had been seen (Laplace's rule of succession).
        odds = PairingWeights.missing(host, (made + 1.0) / (known + 2));
    }

    /** How many are missing before a call; the number of calls asks for those behind the last. */
    int before(int call) {
        return gaps[call];
    }

    /** How many are missing in all. */
    int all() {
        int all = 0;
        for (int gap : gaps) {
            all += gap;
        }
        return all;
    }

    /** Odds that one that is missing before a call made a connection. */
    double match(Flow f, int call) {
        double earliest = call > 0 ? PairingWeights.earliest(host, calls.get(call - 1).call) : Double.NEGATIVE_INFINITY;
        double latest = call < calls.size()
                ? PairingWeights.latest(host, calls.get(call).call)
                : host.clock().ours(host.order().lastStamp()) + 1;
        return odds * PairingWeights.within(f, earliest, latest);
    }
}
