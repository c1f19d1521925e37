package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;

/**
 * Tests of randomness over a stream of bytes: entropy per byte, chi-square, mean, pi by Monte Carlo, serial correlation
 * (J. Walker's ENT, as Zeek's {@code src/RandTest.cc} has it).
 */
public final class Entropy {
    private static final int POINT_BYTES = 6;
    private static final double RADIUS_SQUARED = Math.pow(Math.pow(256.0, POINT_BYTES / 2) - 1, 2);
    /** Stands for a correlation that is not defined: all bytes equal. */
    private static final double NO_CORRELATION = -100000;

    private final long[] bins = new long[256];
    private final int[] point = new int[POINT_BYTES];
    private long total;
    private int held;
    private long points;
    private long inside;
    private int first;
    private int last;
    private double products;
    private double sum;
    private double squares;

    static Entropy of(Bytes data) {
        Entropy e = new Entropy();
        e.add(data);
        return e;
    }

    public void add(Bytes data) {
        for (int i = 0; i < data.length(); i++) {
            int b = data.at(i);
            if (total == 0) {
                first = b;
            } else {
                products += (double) last * b;
            }
            bins[b]++;
            total++;
            sum += b;
            squares += (double) b * b;
            last = b;
            point[held++] = b;
            if (held == POINT_BYTES) {
                held = 0;
                countPoint();
            }
        }
    }

    private void countPoint() {
        double x = 0;
        double y = 0;
        for (int i = 0; i < POINT_BYTES / 2; i++) {
            x = x * 256 + point[i];
            y = y * 256 + point[POINT_BYTES / 2 + i];
        }
        points++;
        if (x * x + y * y <= RADIUS_SQUARED) {
            inside++;
        }
    }

    /** Another test that has seen the same bytes so far. */
    public Entropy copy() {
        Entropy e = new Entropy();
        System.arraycopy(bins, 0, e.bins, 0, bins.length);
        System.arraycopy(point, 0, e.point, 0, point.length);
        e.total = total;
        e.held = held;
        e.points = points;
        e.inside = inside;
        e.first = first;
        e.last = last;
        e.products = products;
        e.sum = sum;
        e.squares = squares;
        return e;
    }

    /** Writes the results into the fields of an entropy_test_result, and returns it. */
    public RecordValue fill(RecordValue result) {
        double expected = total / 256.0;
        double chiSquare = 0;
        double entropy = 0;
        for (long count : bins) {
            double off = count - expected;
            chiSquare += off * off / expected;
            double p = (double) count / total;
            if (p > 0) {
                entropy += p * (Math.log10(1 / p) * LOG2_OF_10);
            }
        }
        double variance = total * squares - sum * sum;
        double covariance = total * (products + (double) last * first) - sum * sum;
        result.set(0, entropy);
        result.set(1, chiSquare);
        result.set(2, sum / total);
        result.set(3, points == 0 ? 0 : 4.0 * inside / points);
        result.set(4, variance == 0 ? NO_CORRELATION : covariance / variance);
        return result;
    }

    private static final double LOG2_OF_10 = 3.321928094887362;
}
