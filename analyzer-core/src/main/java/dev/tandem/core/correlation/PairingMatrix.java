package dev.tandem.core.correlation;

import dev.tandem.core.correlation.PairingWeights.Holders;
import dev.tandem.core.correlation.PlacedCall.Returned;
import dev.tandem.core.host.Host;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sums over all pairings of connections and calls that keep both orders, forwards and backwards. Two neighbours may be
 * exchanged at a price: calls at the same moment on two processors are told in either order. Rows are scaled each on its own,
 * since only ratios within a row are asked for.
 *
 * <p>{@code before[i][j]} is the sum for the first i connections and j calls, {@code behind[i][j]} that for all from i and j on.
 * Only a band of them counts: left of it nothing is before a cell, and right of it nothing is behind.
 */
final class PairingMatrix {
    private static final int ROWS = CallPairing.WINDOW + 2;

    /** Room for as many missing calls as there are calls. */
    private static final int COLUMNS = 2 * CallPairing.WINDOW + 2;

    /** Big, and used by one thread for a moment: one for each thread. */
    private static final ThreadLocal<PairingMatrix> SHARED = ThreadLocal.withInitial(PairingMatrix::new);

    private final double[] match = new double[ROWS * COLUMNS];
    private final double[] before = new double[ROWS * COLUMNS];
    private final double[] behind = new double[ROWS * COLUMNS];

    /** What a row was multiplied with after it was made of the one before (or behind) it. */
    private final double[] beforeScale = new double[ROWS];

    private final double[] behindScale = new double[ROWS];
    /** The columns of a row that count: from this one of {@code before} on, and to this one of {@code behind}. */
    private final int[] from = new int[ROWS];

    private final int[] until = new int[ROWS];
    private final double[] total = new double[ROWS];
    private final double[] unexplained = new double[ROWS];
    private final double[] swap = new double[ROWS];

    /** Where each call is among the columns, which also hold the calls that are missing. */
    private final int[] column = new int[CallPairing.WINDOW];

    /** Weight of a connection without call. */
    private final double[] strayFlow = new double[ROWS];

    /** The same behind the last call. */
    private final double[] lastStrayFlow = new double[ROWS];

    private static final double UNLIKELY = 0.05;

    /** Of a row's largest: near what a double can tell from nothing, so that no pairing is ruled out that could count. */
    private static final double NEGLIGIBLE = 1e-200;

    private int n;
    private int m;

    /** How far rows are apart: no further than they are long, so that a small matrix stays in the processor's cache. */
    private int stride;

    private PairingMatrix() {}

    static PairingMatrix shared() {
        return SHARED.get();
    }

    private int at(int i, int j) {
        return i * stride + j;
    }

    /**
     * What is weighed: at most {@link CallPairing#WINDOW} connections and calls, in their orders.
     *
     * @param placeBefore the place of the call before these; -1 when there is none
     * @param isMore whether there are calls behind these
     * @param isLeftOver whether these are what the order of all left open: then no gap is theirs, and how much was left
     *     open of each counts
     */
    record Stretch(List<Flow> flows, List<PlacedCall> calls, long placeBefore, boolean isMore, boolean isLeftOver) {}

    void weigh(Host host, Stretch s) {
        n = s.flows.size();
        fillFlows(host, s);
        fillColumns(host, s);
        backwards();
        forwards();
        for (int i = 0; i < n; i++) {
            double stray = 0;
            for (int j = from[i]; j <= until[i + 1]; j++) {
                stray += before[at(i, j)] * strayFlow(i, j) * behind[at(i + 1, j)];
            }
            double sum = 0;
            for (int j = firstColumn(i); j < behindColumns(i); j++) {
                sum += paired(i, j);
            }
            total[i] = stray + sum;
            unexplained[i] = total[i] > 0 ? stray / total[i] : 1;
        }
        total[n] = before[at(n, m)];
    }

    private static double toldUntil(Host host, Stretch s) {
        return s.isMore
                ? PairingWeights.earliest(host, s.calls.get(s.calls.size() - 1).call)
                : host.clock().ours(host.order().toldUntil());
    }

    private void fillFlows(Host host, Stretch s) {
        double told = toldUntil(host, s);
        for (int i = 0; i < n; i++) {
            Flow f = s.flows.get(i);
            strayFlow[i] = PairingWeights.withoutCall(host, f);
            lastStrayFlow[i] = f.start > told ? PairingWeights.notYetTold(host) : strayFlow[i];
            swap[i] = i + 1 < n ? PairingWeights.swap(s.flows.get(i + 1).start - f.start) : 0;
        }
    }

    /** A column for each call, and before it one for each that the host did not tell. */
    private void fillColumns(Host host, Stretch s) {
        List<Holders> holders = new ArrayList<>(n);
        for (Flow f : s.flows) {
            holders.add(Holders.of(f, host));
        }
        int calls = s.calls.size();
        m = 0;
        if (s.isLeftOver) {
            stride = calls + 2;
            for (int j = 0; j < calls; j++) {
                column[j] = m;
                fillCall(host, s, s.calls.get(j), holders);
            }
            return;
        }
        MissingCalls missing = new MissingCalls(host, s.calls, s.placeBefore);
        stride = Math.min(COLUMNS, calls + missing.all() + 2);
        for (int j = 0; j <= calls; j++) {
            int gap = Math.min(missing.before(j), COLUMNS - 2 - m - (calls - j));
            for (int k = 0; k < gap; k++) {
                fillMissing(missing, s, j);
            }
            if (j < calls) {
                column[j] = m;
                fillCall(host, s, s.calls.get(j), holders);
            }
        }
    }

    private void fillMissing(MissingCalls missing, Stretch s, int j) {
        for (int i = 0; i < n; i++) {
            match[at(i, m)] = missing.match(s.flows.get(i), j);
        }
        m++;
    }

    private void fillCall(Host host, Stretch s, PlacedCall c, List<Holders> holders) {
        double earliest = PairingWeights.earliest(host, c.call);
        double latest = PairingWeights.latest(host, c.call);
        for (int i = 0; i < n; i++) {
            Flow f = s.flows.get(i);
            boolean isPossible = PairingWeights.isTo(f, c.call) && !(s.isLeftOver && f.isInOrder(c.call));
            double weight = isPossible ? PairingWeights.match(host, f, c.call, holders.get(i), earliest, latest) : 0;
            match[at(i, m)] = weight == 0 || !s.isLeftOver ? weight : weight * c.fitOutOfOrder(f);
        }
        m++;
    }

    private double strayFlow(int i, int j) {
        return j == m ? lastStrayFlow[i] : strayFlow[i];
    }

    /** The weight of connections i and i+1 with calls j and j+1 crosswise. */
    private double crossed(int i, int j) {
        return swap[i] * match[at(i, j + 1)] * match[at(i + 1, j)];
    }

    private void backwards() {
        Arrays.fill(behind, at(n, 0), at(n, m) + 1, 1);
        behindScale[n] = 1;
        until[n] = m;
        for (int i = n - 1; i >= 0; i--) {
            int last = until[i + 1];
            clear(behind, i, last + 1, Math.min(m, last + 2));
            for (int j = last; j >= 0; j--) {
                double sum = behind[at(i + 1, j)] * strayFlow(i, j);
                if (j < m) {
                    sum += behind[at(i + 1, j + 1)] * match[at(i, j)] + behind[at(i, j + 1)];
                }
                if (swap[i] > 0 && j + 1 < m) {
                    sum += behind[at(i + 2, j + 2)] * behindScale[i + 1] * crossed(i, j);
                }
                behind[at(i, j)] = sum;
            }
            behindScale[i] = scale(behind, i, 0, last);
            while (last > 0 && behind[at(i, last)] < NEGLIGIBLE) {
                behind[at(i, last--)] = 0;
            }
            until[i] = last;
        }
    }

    private void forwards() {
        Arrays.fill(before, 0, until[0] + 1, 1);
        clear(before, 0, until[0] + 1, until[Math.min(n, 2)]);
        beforeScale[0] = 1;
        from[0] = 0;
        for (int i = 1; i <= n; i++) {
            int first = from[i - 1];
            int last = until[i];
            clear(before, i, Math.max(0, first - 2), first - 1);
            for (int j = first; j <= last; j++) {
                double sum = before[at(i - 1, j)] * strayFlow(i - 1, j);
                if (j > 0) {
                    sum += before[at(i - 1, j - 1)] * match[at(i - 1, j - 1)] + before[at(i, j - 1)];
                }
                if (i > 1 && j > 1 && swap[i - 2] > 0) {
                    sum += before[at(i - 2, j - 2)] * beforeScale[i - 1] * crossed(i - 2, j - 2);
                }
                before[at(i, j)] = sum;
            }
            clear(before, i, last + 1, until[Math.min(n, i + 2)]);
            beforeScale[i] = scale(before, i, first, last);
            while (first < last && before[at(i, first)] < NEGLIGIBLE) {
                first++;
            }
            from[i] = first;
        }
    }

    private void clear(double[] matrix, int i, int first, int last) {
        for (int j = first; j <= last; j++) {
            matrix[at(i, j)] = 0;
        }
    }

    private double scale(double[] matrix, int i, int first, int last) {
        double most = 0;
        for (int j = first; j <= last; j++) {
            most = Math.max(most, matrix[at(i, j)]);
        }
        if (most == 0) {
            return 1;
        }
        double factor = 1 / most;
        for (int j = first; j <= last; j++) {
            matrix[at(i, j)] *= factor;
        }
        return factor;
    }

    /** The first column that connection i may have. */
    private int firstColumn(int i) {
        return from[Math.max(0, i - 1)];
    }

    /** The one behind the last. */
    private int behindColumns(int i) {
        return until[Math.min(n, i + 2)];
    }

    /** The sum over all pairings in which connection i has call j. */
    private double paired(int i, int j) {
        if (match[at(i, j)] == 0) {
            return 0;
        }
        double sum = before[at(i, j)] * match[at(i, j)] * behind[at(i + 1, j + 1)];
        if (j > 0 && swap[i] > 0) {
            sum += before[at(i, j - 1)] * crossed(i, j - 1) * behind[at(i + 2, j + 1)] * behindScale[i + 1];
        }
        if (i > 0 && j + 1 < m && swap[i - 1] > 0) {
            sum += before[at(i - 1, j)] * beforeScale[i] * crossed(i - 1, j) * behind[at(i + 1, j + 2)];
        }
        return sum;
    }

    /** How likely no call, known or missing, made connection i. */
    double unexplained(int i) {
        return unexplained[i];
    }

    /** When a call returned if it made no connection: between which of them it has its place, but for a chance of one in ten. */
    Returned returned(int j, List<Flow> flows) {
        int col = column[j];
        double all = 0;
        for (int i = 0; i <= n; i++) {
            all += passed(i, col);
        }
        double sum = 0;
        double earliest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= n; i++) {
            double until = sum + passed(i, col);
            if (i > 0 && sum <= UNLIKELY * all) {
                earliest = flows.get(i - 1).start;
            }
            if (i < n && until >= (1 - UNLIKELY) * all) {
                return new Returned(earliest, flows.get(i).start);
            }
            sum = until;
        }
        return new Returned(earliest, Double.POSITIVE_INFINITY);
    }

    /** The part of pairings that leave a column over when they have come to connection i. */
    private double passed(int i, int col) {
        boolean isInBand = col >= from[i] && col < until[i];
        return isInBand && total[i] > 0 ? before[at(i, col)] * behind[at(i, col + 1)] / (behindScale[i] * total[i]) : 0;
    }

    /** How likely call j made connection i. */
    double likelihood(int i, int j) {
        int col = column[j];
        boolean isInBand = col >= firstColumn(i) && col < behindColumns(i);
        return isInBand && total[i] > 0 ? paired(i, col) / total[i] : 0;
    }

    /** The first call of that many that may have made connection i; those before it did not. */
    int firstCall(int i, int calls) {
        int at = Arrays.binarySearch(column, 0, calls, firstColumn(i));
        return at >= 0 ? at : -at - 1;
    }

    /** The one behind the last that may. */
    int behindCalls(int i, int calls) {
        int at = Arrays.binarySearch(column, 0, calls, behindColumns(i));
        return at >= 0 ? at : -at - 1;
    }

    /** The call of that many that most likely made connection i; -1 when there is none. */
    int likeliest(int i, int calls) {
        int best = -1;
        double most = 0;
        int behindLast = behindCalls(i, calls);
        for (int j = firstCall(i, calls); j < behindLast; j++) {
            double p = likelihood(i, j);
            if (p > most) {
                most = p;
                best = j;
            }
        }
        return best;
    }
}
