package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import dev.tandem.core.host.SocketCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Calls of one host to one remote address and port, and the connections with that address and port: which made which. A call
 * names one end only and is stamped late, but calls are told in their order, and so are connections seen. So a pairing that
 * keeps both orders is sought, in which some of either may be left over. All such pairings are weighed together, as for pairs
 * of sequences of symbols that were copied with omissions (pair hidden Markov models: Durbin et al., "Biological sequence
 * analysis", chapter 4): the sum over all that pair a call with a connection, out of the sum over all, is how likely the two
 * belong together. No call serves two connections, since none of the pairings lets it.
 *
 * <p>Work is in windows: what lies before a pair that is beyond doubt is settled and not looked at again, unless a row comes
 * that belongs there.
 */
final class CallPairing {
    /** The longest stretch that is weighed at once. */
    static final int WINDOW = 256;

    /** What may be kept of the past, for rows that come late. */
    private static final int MOST_KEPT = 2048;

    /** Below this it is not worth the settling. */
    private static final int WORTH_SETTLING = 48;

    private static final double BEYOND_DOUBT = 0.99;
    /** Enough to learn a clock from, which takes several. */
    private static final double LIKELY = 0.9;

    private static final double NEGLIGIBLE = 0.005;

    private final ArrayList<Flow> flows = new ArrayList<>(2);
    private final ArrayList<SocketCall> calls = new ArrayList<>(2);
    private int firstFlow;
    private int firstCall;
    private boolean isStale;

    void add(Flow f) {
        int at = flows.size();
        while (at > 0 && flows.get(at - 1).start > f.start) {
            at--;
        }
        flows.add(at, f);
        isStale = true;
        reopenIf(at < firstFlow);
    }

    void add(SocketCall c) {
        int at = calls.size();
        while (at > 0 && calls.get(at - 1).place > c.place) {
            at--;
        }
        calls.add(at, c);
        isStale = true;
        reopenIf(at < firstCall);
    }

    void remove(Flow f) {
        int at = flows.indexOf(f);
        if (at >= 0) {
            flows.remove(at);
            firstFlow -= at < firstFlow ? 1 : 0;
            isStale = true;
        }
    }

    private void reopenIf(boolean isSettledPast) {
        if (isSettledPast) {
            firstFlow = 0;
            firstCall = 0;
        }
    }

    /** Something else became known that bears on it. */
    void stale() {
        isStale = true;
    }

    boolean isEmpty() {
        return flows.isEmpty() && calls.isEmpty();
    }

    /** Calls that may have made a connection, most likely first. */
    List<Flow.Share> shares(Host host, CallTimes times, Flow f) {
        if (isStale || f.shares == null) {
            weigh(host, times);
        }
        List<Flow.Share> shares = f.shares;
        return shares == null ? List.of() : shares;
    }

    /**
     * Weighs all that is not settled.
     *
     * @return whether other pairings can learn from it what they did not know
     */
    boolean weigh(Host host, CallTimes times) {
        isStale = false;
        boolean isNews = false;
        PairingMatrix matrix = PairingMatrix.shared();
        while (true) {
            skipOldCalls(host);
            int n = Math.min(WINDOW, flows.size() - firstFlow);
            int m = Math.min(WINDOW, calls.size() - firstCall);
            boolean isMoreCalls = calls.size() - firstCall > m;
            matrix.weigh(
                    host,
                    times,
                    new PairingMatrix.Stretch(
                            this,
                            flows.subList(firstFlow, firstFlow + n),
                            calls.subList(firstCall, firstCall + m),
                            firstCall > 0 ? calls.get(firstCall - 1).place : -1,
                            isMoreCalls));
            for (int i = 0; i < n; i++) {
                share(host, matrix, i, m);
            }
            isNews |= tellTimes(times, matrix, n, m);
            boolean isMore = flows.size() - firstFlow > n || isMoreCalls;
            if (isMore) {
                settle(matrix, n, m, n, true);
            } else {
                settleWhatWasTold(host, matrix, n, m);
                return isNews;
            }
            if (firstFlow >= flows.size()) {
                return isNews;
            }
        }
    }

    /** Calls from long before the first connection belong to what was not seen. */
    private void skipOldCalls(Host host) {
        if (firstFlow >= flows.size()) {
            return;
        }
        double start = flows.get(firstFlow).start;
        while (firstCall < calls.size()
                && PairingWeights.latest(host, calls.get(firstCall)) + CorrelationLimits.CALL_WAITS < start) {
            firstCall++;
        }
    }

    private void share(Host host, PairingMatrix matrix, int i, int m) {
        Flow f = flows.get(firstFlow + i);
        List<Flow.Share> found = new ArrayList<>(2);
        for (int j = 0; j < m; j++) {
            double p = matrix.likelihood(i, j);
            if (p > NEGLIGIBLE) {
                SocketCall c = calls.get(firstCall + j);
                found.add(new Flow.Share(c, p));
                if (p > LIKELY && f.isTcp()) {
                    host.clock().hadBegun(f.start, c.stamp);
                }
            }
        }
        if (found.size() > 1) {
            found.sort(Comparator.comparingDouble(Flow.Share::likelihood).reversed());
        }
        f.shares = found;
    }

    private boolean tellTimes(CallTimes times, PairingMatrix matrix, int n, int m) {
        boolean isNews = false;
        for (int j = 0; j < m; j++) {
            SocketCall c = calls.get(firstCall + j);
            Flow made = null;
            for (int i = 0; i < n && made == null; i++) {
                made = matrix.likelihood(i, j) > BEYOND_DOUBT ? flows.get(firstFlow + i) : null;
            }
            isNews |= made == null
                    ? times.doubted(this, c.place)
                    : times.made(this, c.place, made, c.mayBlock(made.isTcp()));
        }
        return isNews;
    }

    private void settleWhatWasTold(Host host, PairingMatrix matrix, int n, int m) {
        if (n < WORTH_SETTLING && m < WORTH_SETTLING) {
            return;
        }
        double told = host.clock().ours(host.order().toldUntil()) - 2 * CorrelationLimits.TABLE_WAITS;
        int last = n - 1;
        while (last >= 0 && flows.get(firstFlow + last).start > told) {
            last--;
        }
        settle(matrix, last + 1, m, last + 1, false);
    }

    /**
     * Finds the last pair beyond doubt among the first connections, and settles all up to it.
     *
     * @param isForced whether room has to be made even if no pair is beyond doubt
     */
    private void settle(PairingMatrix matrix, int n, int m, int most, boolean isForced) {
        int bestFlow = -1;
        int bestCall = -1;
        double best = isForced ? 0 : BEYOND_DOUBT;
        for (int i = Math.min(n, most) - 1; i >= 0 && best <= BEYOND_DOUBT; i--) {
            int j = matrix.likeliest(i, m);
            // When room has to be made, little of it is of no use.
            if (j >= 0 && matrix.likelihood(i, j) > best && (!isForced || i >= n / 4 || j >= m / 4)) {
                best = matrix.likelihood(i, j);
                bestFlow = i;
                bestCall = j;
            }
        }
        if (bestFlow >= 0) {
            firstFlow += bestFlow + 1;
            firstCall += bestCall + 1;
            trim();
        } else if (isForced) {
            // Nothing goes together: whichever there are more of gives way.
            firstFlow += n >= WINDOW ? n / 2 : 0;
            firstCall += m >= WINDOW ? m / 2 : 0;
            trim();
        }
    }

    private void trim() {
        if (firstFlow > MOST_KEPT) {
            flows.subList(0, firstFlow - MOST_KEPT / 2).clear();
            firstFlow = MOST_KEPT / 2;
        }
        if (firstCall > MOST_KEPT) {
            calls.subList(0, firstCall - MOST_KEPT / 2).clear();
            firstCall = MOST_KEPT / 2;
        }
    }

    /** Forgets connections and calls from before a time of our clock. */
    void expire(double before) {
        int f = 0;
        while (f < flows.size() && flows.get(f).start < before && flows.get(f).end < before) {
            f++;
        }
        int c = 0;
        while (c < calls.size() && calls.get(c).arrival < before) {
            c++;
        }
        flows.subList(0, f).clear();
        calls.subList(0, c).clear();
        firstFlow = Math.max(0, firstFlow - f);
        firstCall = Math.max(0, firstCall - c);
    }

    int size() {
        return flows.size() + calls.size();
    }
}
