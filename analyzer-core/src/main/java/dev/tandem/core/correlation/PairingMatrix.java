package dev.tandem.core.correlation;

import dev.tandem.core.correlation.PlacedCall.Returned;
import dev.tandem.core.host.Host;
import java.util.Arrays;
import java.util.List;

/**
 * The sums over all pairings of connections and calls that keep both orders, forwards and backwards. Two neighbours may be
 * exchanged at a price: calls at the same moment on two processors are told in either order. Rows are scaled each on its own,
 * since only ratios within a row are asked for.
 *
 * <p>{@code before[i][j]} is the sum for the first i connections and j calls, {@code behind[i][j]} that for all from i and j on.
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

    private int n;
    private int m;

    private PairingMatrix() {}

    static PairingMatrix shared() {
        return SHARED.get();
    }

    private static int at(int i, int j) {
        return i * COLUMNS + j;
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
        forwards();
        backwards();
        for (int i = 0; i < n; i++) {
            double stray = 0;
            double sum = 0;
            for (int j = 0; j <= m; j++) {
                stray += before[at(i, j)] * strayFlow(i, j) * behind[at(i + 1, j)];
                if (j < m) {
                    sum += paired(i, j);
                }
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
        List<List<Integer>> holders = s.flows.stream().map(f -> f.holders(host)).toList();
        int calls = s.calls.size();
        m = 0;
        if (s.isLeftOver) {
            for (int j = 0; j < calls; j++) {
                column[j] = m;
                fillCall(host, s, s.calls.get(j), holders);
            }
            return;
        }
        MissingCalls missing = new MissingCalls(host, s.calls, s.placeBefore);
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

    private void fillCall(Host host, Stretch s, PlacedCall c, List<List<Integer>> holders) {
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

    private void forwards() {
        Arrays.fill(before, 0, m + 1, 0);
        before[0] = 1;
        for (int j = 1; j <= m; j++) {
            before[j] = before[j - 1];
        }
        beforeScale[0] = scale(before, 0);
        for (int i = 1; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                double sum = before[at(i - 1, j)] * strayFlow(i - 1, j);
                if (j > 0) {
                    sum += before[at(i - 1, j - 1)] * match[at(i - 1, j - 1)] + before[at(i, j - 1)];
                }
                if (i > 1 && j > 1 && swap[i - 2] > 0) {
                    sum += before[at(i - 2, j - 2)] * beforeScale[i - 1] * crossed(i - 2, j - 2);
                }
                before[at(i, j)] = sum;
            }
            beforeScale[i] = scale(before, i);
        }
    }

    private void backwards() {
        behind[at(n, m)] = 1;
        for (int j = m - 1; j >= 0; j--) {
            behind[at(n, j)] = behind[at(n, j + 1)];
        }
        behindScale[n] = scale(behind, n);
        for (int i = n - 1; i >= 0; i--) {
            for (int j = m; j >= 0; j--) {
                double sum = behind[at(i + 1, j)] * strayFlow(i, j);
                if (j < m) {
                    sum += behind[at(i + 1, j + 1)] * match[at(i, j)] + behind[at(i, j + 1)];
                }
                if (swap[i] > 0 && j + 1 < m) {
                    sum += behind[at(i + 2, j + 2)] * behindScale[i + 1] * crossed(i, j);
                }
                behind[at(i, j)] = sum;
            }
            behindScale[i] = scale(behind, i);
        }
    }

    private double scale(double[] matrix, int i) {
        double most = 0;
        for (int j = 0; j <= m; j++) {
            most = Math.max(most, matrix[at(i, j)]);
        }
        if (most == 0) {
            return 1;
        }
        double factor = 1 / most;
        for (int j = 0; j <= m; j++) {
            matrix[at(i, j)] *= factor;
        }
        return factor;
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
        return total[i] > 0 ? before[at(i, col)] * behind[at(i, col + 1)] / (behindScale[i] * total[i]) : 0;
    }

    /** How likely call j made connection i. */
    double likelihood(int i, int j) {
        return total[i] > 0 ? paired(i, column[j]) / total[i] : 0;
    }

    /** The call of that many that most likely made connection i; -1 when there is none. */
    int likeliest(int i, int calls) {
        int best = -1;
        double most = 0;
        for (int j = 0; j < calls; j++) {
            double p = likelihood(i, j);
            if (p > most) {
                most = p;
                best = j;
            }
        }
        return best;
    }
}
