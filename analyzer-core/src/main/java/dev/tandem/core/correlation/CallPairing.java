package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.value.Addr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls of one host, and connections of its addresses: which made which. A call names one end only and is stamped late, but
 * calls are told in their order, and so are connections seen. So a pairing that keeps both orders is sought, in which some of
 * either may be left over. All such pairings are weighed together, as for pairs of sequences of symbols that were copied with
 * omissions (pair hidden Markov models: Durbin et al., "Biological sequence analysis", chapter 4): the sum over all that pair a
 * call with a connection, out of the sum over all, is how likely the two belong together. No call serves two connections, since
 * none of the pairings lets it.
 *
 * <p>Calls to all places are in one order, for where the others went tells which of them was lost. A call that waited for an
 * answer returned, and is told, later than others that were made after it: what is left open in the order of all is paired in
 * the order of each address and port ({@link #pairLeftOver}).
 *
 * <p>Work is in windows: what lies before a pair that is beyond doubt is settled and not looked at again, unless a row comes
 * that belongs there.
 */
final class CallPairing {
    /** The longest stretch that is weighed at once. */
    static final int WINDOW = 256;

    /** What may be kept of the past, for rows that come late. */
    private static final int MOST_KEPT = 2048;

    /** Seconds that calls may come of what was taken to be told: a clock's error, and a batch. */
    private static final double SETTLES_AFTER = 3;

    /** Below this it is not worth the settling. */
    private static final int WORTH_SETTLING = 48;

    private static final double BEYOND_DOUBT = 0.99;
    /** Enough to learn a clock from, which takes several. */
    private static final double LIKELY = 0.9;

    private static final double NEGLIGIBLE = 0.005;

    /** What is less open than that is not paired again. */
    private static final double OPEN = 0.05;

    /** Where a call went. */
    private record Peer(Addr address, int port) {}

    private record Open(List<Flow> flows, List<PlacedCall> calls) {
        Open() {
            this(new ArrayList<>(2), new ArrayList<>(2));
        }
    }

    private final ArrayList<Flow> flows = new ArrayList<>(2);
    private final ArrayList<PlacedCall> calls = new ArrayList<>(2);
    private int firstFlow;
    private int firstCall;
    private boolean isStale;

    /** Whether calls came behind all others, of a time that is not told of yet: they bear on what is told with them. */
    private boolean hasMore;

    /** Whether it has the calls to all places, or those of one only. */
    private final boolean isOfAllPlaces;

    CallPairing(boolean isOfAllPlaces) {
        this.isOfAllPlaces = isOfAllPlaces;
    }

    void add(Flow f) {
        int at = flows.size();
        while (at > 0 && flows.get(at - 1).start > f.start) {
            at--;
        }
        // One behind all others is asked for when it has been told of.
        isStale |= at < flows.size();
        flows.add(at, f);
        reopenIf(at < firstFlow);
    }

    void add(SocketCall c) {
        int at = calls.size();
        while (at > 0 && calls.get(at - 1).call.place > c.place) {
            at--;
        }
        if (isOfAllPlaces && at == calls.size()) {
            hasMore = true;
        } else {
            isStale = true;
        }
        calls.add(at, new PlacedCall(c));
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

    /** The calls that came were delivered whole. */
    void delivered() {
        isStale |= hasMore;
    }

    /** Something else became known that bears on it. */
    void stale() {
        isStale = true;
    }

    /**
     * A process was found with a connection's socket.
     *
     * @return whether it is another one than was taken to have made it
     */
    boolean found(Flow f, int pid) {
        List<Flow.Share> shares = f.shares;
        if (shares != null
                && !shares.isEmpty()
                && shares.get(0).call().pid == pid
                && shares.get(0).likelihood() > BEYOND_DOUBT) {
            return false;
        }
        isStale = true;
        reopenIf(firstFlow > 0 && f.start <= flows.get(firstFlow - 1).start);
        return true;
    }

    /** The port at this host of its latest connection; 0 when there is none. */
    int localPort() {
        return flows.isEmpty() ? 0 : flows.get(flows.size() - 1).socket.localPort();
    }

    boolean isEmpty() {
        return flows.isEmpty() && calls.isEmpty();
    }

    /** Calls that may have made a connection, most likely first. */
    List<Flow.Share> shares(Host host, Flow f) {
        if (f.shares == null || isStale && !isSettled(f) || hasMore && !isTold(host, f)) {
            weigh(host);
        }
        List<Flow.Share> shares = f.shares;
        return shares == null ? List.of() : shares;
    }

    /** Whether it lies before what is weighed, and nothing of it is paired again. */
    private boolean isSettled(Flow f) {
        return firstFlow > 0 && f.start < flows.get(firstFlow - 1).start && f.unexplained <= OPEN;
    }

    /** Weighs all that is not settled. */
    void weigh(Host host) {
        isStale = false;
        hasMore = false;
        PairingMatrix matrix = PairingMatrix.shared();
        while (true) {
            skipOldCalls(host);
            int n = Math.min(WINDOW, flows.size() - firstFlow);
            int m = Math.min(WINDOW, calls.size() - firstCall);
            boolean isMoreCalls = calls.size() - firstCall > m;
            matrix.weigh(
                    host,
                    new PairingMatrix.Stretch(
                            flows.subList(firstFlow, firstFlow + n),
                            calls.subList(firstCall, firstCall + m),
                            firstCall > 0 ? calls.get(firstCall - 1).call.place : -1,
                            isMoreCalls,
                            false));
            share(host, matrix, n, m);
            // Room is not made for connections of whose time no call has been told: they wait for theirs.
            boolean isMore = isMoreCalls || firstFlow + n < flows.size() && isTold(host, flows.get(firstFlow + n));
            int weighed = firstFlow;
            int weighedCall = firstCall;
            if (isMore) {
                settle(matrix, n, m, n, true);
            } else {
                settleWhatWasTold(host, matrix, n, m);
            }
            completeShares(host, weighed, weighed + n, weighedCall, weighedCall + m);
            if (!isMore) {
                for (int i = weighed + n; i < flows.size(); i++) {
                    flows.get(i).shares = List.of();
                }
            }
            trim();
            if (!isMore || firstFlow >= flows.size()) {
                return;
            }
        }
    }

    private static boolean isTold(Host host, Flow f) {
        return f.start <= host.clock().ours(host.order().toldUntil());
    }

    /** Calls from long before the first connection belong to what was not seen. */
    private void skipOldCalls(Host host) {
        if (firstFlow >= flows.size()) {
            return;
        }
        double start = flows.get(firstFlow).start;
        while (firstCall < calls.size()
                && PairingWeights.latest(host, calls.get(firstCall).call) + CorrelationLimits.CALL_WAITS < start) {
            firstCall++;
        }
    }

    private void share(Host host, PairingMatrix matrix, int n, int m) {
        for (int j = 0; j < m; j++) {
            calls.get(firstCall + j).unclaimed = 1;
        }
        List<Flow.Share> found = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Flow f = flows.get(firstFlow + i);
            found.clear();
            int behindLast = matrix.behindCalls(i, m);
            for (int j = matrix.firstCall(i, m); j < behindLast; j++) {
                double p = matrix.likelihood(i, j);
                if (p == 0) {
                    continue;
                }
                PlacedCall c = calls.get(firstCall + j);
                c.unclaimed = Math.max(0, c.unclaimed - p);
                if (p > NEGLIGIBLE) {
                    found.add(new Flow.Share(c.call, p));
                    if (p > LIKELY && f.isTcp()) {
                        host.clock().hadBegun(f.start, c.call.stamp);
                    }
                }
            }
            f.unexplained = matrix.unexplained(i);
            f.inOrder = List.copyOf(found);
        }
        List<Flow> window = flows.subList(firstFlow, firstFlow + n);
        for (int j = 0; j < m; j++) {
            PlacedCall c = calls.get(firstCall + j);
            if (c.unclaimed > OPEN) {
                c.returned = matrix.returned(j, window);
            }
        }
    }

    /**
     * Pairs what the order of all left open, each address and port in an order of its own, and so completes the shares.
     *
     * @param firstWeighed the first connection that was weighed in the order of all
     * @param behindFlows index behind the last
     */
    private void completeShares(Host host, int firstWeighed, int behindFlows, int firstWeighedCall, int behindCalls) {
        Map<Peer, Open> open = Map.of();
        double earliest = firstWeighed < behindFlows
                ? flows.get(firstWeighed).start - CorrelationLimits.CALL_WAITS
                : Double.POSITIVE_INFINITY;
        int i = firstWeighed;
        while (i > 0 && flows.get(i - 1).start > earliest) {
            i--;
        }
        for (; i < behindFlows; i++) {
            Flow f = flows.get(i);
            if (i >= firstWeighed) {
                complete(f, f.inOrder);
            }
            if (isOfAllPlaces && f.unexplained > OPEN) {
                open = open.isEmpty() ? new LinkedHashMap<>() : open;
                open.computeIfAbsent(new Peer(f.remote(), f.socket.remotePort()), k -> new Open())
                        .flows
                        .add(f);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        int j = firstWeighedCall;
        while (j > 0 && PairingWeights.latest(host, calls.get(j - 1).call) > earliest) {
            j--;
        }
        for (; j < behindCalls; j++) {
            PlacedCall c = calls.get(j);
            Open there = c.unclaimed > OPEN ? open.get(new Peer(c.call.remote, c.call.remotePort)) : null;
            if (there != null) {
                there.calls.add(c);
            }
        }
        open.values().forEach(o -> pairLeftOver(host, o));
    }

    private static void pairLeftOver(Host host, Open open) {
        // What is beyond the window is so much left over that no order tells anything of it.
        List<Flow> flows = latest(open.flows);
        List<PlacedCall> calls = latest(open.calls);
        if (calls.isEmpty()) {
            return;
        }
        PairingMatrix matrix = PairingMatrix.shared();
        matrix.weigh(host, new PairingMatrix.Stretch(flows, calls, -1, false, true));
        for (int i = 0; i < flows.size(); i++) {
            Flow f = flows.get(i);
            List<Flow.Share> found = new ArrayList<>(f.inOrder);
            for (int j = 0; j < calls.size(); j++) {
                double p = f.unexplained * matrix.likelihood(i, j);
                if (p > NEGLIGIBLE) {
                    found.add(new Flow.Share(calls.get(j).call, p));
                }
            }
            complete(f, found);
        }
    }

    private static <T> List<T> latest(List<T> all) {
        return all.subList(Math.max(0, all.size() - WINDOW), all.size());
    }

    private static void complete(Flow f, List<Flow.Share> shares) {
        List<Flow.Share> found = shares;
        if (found.size() > 1) {
            found = new ArrayList<>(found);
            found.sort(Comparator.comparingDouble(Flow.Share::likelihood).reversed());
        }
        f.shares = found;
    }

    private void settleWhatWasTold(Host host, PairingMatrix matrix, int n, int m) {
        if (n < WORTH_SETTLING && m < WORTH_SETTLING) {
            return;
        }
        double told = host.clock().ours(host.order().toldUntil()) - SETTLES_AFTER;
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
        } else if (isForced) {
            // Nothing goes together: whichever there are more of gives way.
            firstFlow += n >= WINDOW ? n / 2 : 0;
            firstCall += m >= WINDOW ? m / 2 : 0;
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

    /**
     * Forgets connections and calls.
     *
     * @param before a time of our clock: what is older is forgotten
     * @param doneBefore the same for what is settled for good, a connection and its call alike
     */
    void expire(double before, double doneBefore) {
        int settled = 0;
        int kept = 0;
        for (int i = 0; i < flows.size(); i++) {
            Flow f = flows.get(i);
            boolean isDone = f.isDone() && (i < firstFlow || !isOfAllPlaces);
            if (f.end >= (isDone ? doneBefore : before)) {
                settled += i < firstFlow ? 1 : 0;
                flows.set(kept++, f);
            }
        }
        flows.subList(kept, flows.size()).clear();
        firstFlow = settled;
        settled = 0;
        kept = 0;
        for (int i = 0; i < calls.size(); i++) {
            PlacedCall c = calls.get(i);
            boolean isDone = c.unclaimed < OPEN && (i < firstCall || !isOfAllPlaces);
            if (c.call.arrival >= (isDone ? doneBefore : before)) {
                settled += i < firstCall ? 1 : 0;
                calls.set(kept++, c);
            }
        }
        calls.subList(kept, calls.size()).clear();
        firstCall = settled;
    }

    int size() {
        return flows.size() + calls.size();
    }
}
