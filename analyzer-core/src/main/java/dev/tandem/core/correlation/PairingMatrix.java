package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketTable.FiveTuple;
import java.util.List;

/**
 * The sums over all pairings of connections and calls that keep both orders, forwards and backwards. Rows are scaled each on
 * its own, since only ratios within a row are asked for.
 *
 * <p>{@code before[i][j]} is the sum for the first i connections and j calls, {@code behind[i][j]} that for all from i and j on.
 */
final class PairingMatrix {
    private static final int SIDE = CallPairing.WINDOW + 1;

    /** Big, and used by one thread for a moment: one for each thread. */
    private static final ThreadLocal<PairingMatrix> SHARED = ThreadLocal.withInitial(PairingMatrix::new);

    private final double[] match = new double[SIDE * SIDE];
    private final double[] before = new double[SIDE * SIDE];
    private final double[] behind = new double[SIDE * SIDE];
    private final double[] total = new double[SIDE];
    private final double[] strayCall = new double[SIDE];
    private final int[] missing = new int[SIDE];
    private final boolean[] isTcp = new boolean[SIDE];

    /** Weight of a connection without call behind the last call. */
    private final double[] lastStrayFlow = new double[SIDE];

    private int calls;

    private PairingMatrix() {}

    static PairingMatrix shared() {
        return SHARED.get();
    }

    /** At most {@link CallPairing#WINDOW} of each, in their orders. */
    void weigh(Host host, List<Flow> flows, List<SocketCall> calls) {
        int n = flows.size();
        int m = calls.size();
        fillWeights(host, flows, calls);
        forwards(n, m);
        backwards(n, m);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j <= m; j++) {
                double here = before[at(i, j)];
                sum += here * strayFlow(i, j) * behind[at(i + 1, j)];
                if (j < m) {
                    sum += here * match[at(i, j)] * behind[at(i + 1, j + 1)];
                }
            }
            total[i] = sum;
        }
    }

    private static int at(int i, int j) {
        return i * SIDE + j;
    }

    private void fillWeights(Host host, List<Flow> flows, List<SocketCall> calls) {
        int m = calls.size();
        missing[0] = -1;
        for (int j = 0; j < m; j++) {
            strayCall[j] = PairingWeights.withoutConnection(calls.get(j));
            if (j > 0) {
                missing[j] = host.order().missing(calls.get(j - 1).place, calls.get(j).place);
            }
        }
        this.calls = m;
        double told = host.clock().ours(host.order().toldUntil());
        for (int i = 0; i < flows.size(); i++) {
            Flow f = flows.get(i);
            isTcp[i] = f.isTcp();
            lastStrayFlow[i] = f.start > told ? PairingWeights.NOT_YET_TOLD : PairingWeights.withoutCall(f.isTcp(), -1);
            List<Integer> holders = holders(host, f);
            for (int j = 0; j < m; j++) {
                match[at(i, j)] = PairingWeights.match(host, f, calls.get(j), holders);
            }
        }
    }

    private static List<Integer> holders(Host host, Flow f) {
        double behind = host.clock().behind();
        FiveTuple socket = f.socket;
        return host.sockets()
                .holders(socket, f.start - behind - 1, Math.min(f.end, f.start + CorrelationLimits.KEPT) - behind + CorrelationLimits.TABLE_WAITS);
    }

    private double strayFlow(int i, int j) {
        return j == calls ? lastStrayFlow[i] : isTcp[i] && missing[j] <= 0 ? 1 : PairingWeights.withoutCall(isTcp[i], missing[j]);
    }

    private void forwards(int n, int m) {
        before[0] = 1;
        for (int j = 1; j <= m; j++) {
            before[j] = before[j - 1] * strayCall[j - 1];
        }
        scale(before, 0, m);
        for (int i = 1; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                double sum = before[at(i - 1, j)] * strayFlow(i - 1, j);
                if (j > 0) {
                    sum += before[at(i - 1, j - 1)] * match[at(i - 1, j - 1)] + before[at(i, j - 1)] * strayCall[j - 1];
                }
                before[at(i, j)] = sum;
            }
            scale(before, i, m);
        }
    }

    private void backwards(int n, int m) {
        behind[at(n, m)] = 1;
        for (int j = m - 1; j >= 0; j--) {
            behind[at(n, j)] = behind[at(n, j + 1)] * strayCall[j];
        }
        scale(behind, n, m);
        for (int i = n - 1; i >= 0; i--) {
            for (int j = m; j >= 0; j--) {
                double sum = behind[at(i + 1, j)] * strayFlow(i, j);
                if (j < m) {
                    sum += behind[at(i + 1, j + 1)] * match[at(i, j)] + behind[at(i, j + 1)] * strayCall[j];
                }
                behind[at(i, j)] = sum;
            }
            scale(behind, i, m);
        }
    }

    private static void scale(double[] matrix, int i, int m) {
        double most = 0;
        for (int j = 0; j <= m; j++) {
            most = Math.max(most, matrix[at(i, j)]);
        }
        if (most > 0) {
            double factor = 1 / most;
            for (int j = 0; j <= m; j++) {
                matrix[at(i, j)] *= factor;
            }
        }
    }

    /** How likely call j made connection i. */
    double likelihood(int i, int j) {
        return total[i] > 0 ? before[at(i, j)] * match[at(i, j)] * behind[at(i + 1, j + 1)] / total[i] : 0;
    }

    /** The call that most likely made connection i; -1 when there is none. */
    int likeliest(int i, int m) {
        int best = -1;
        double most = 0;
        for (int j = 0; j < m; j++) {
            double p = likelihood(i, j);
            if (p > most) {
                most = p;
                best = j;
            }
        }
        return best;
    }
}
