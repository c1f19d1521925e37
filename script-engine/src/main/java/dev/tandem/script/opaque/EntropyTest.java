package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;

/**
 * How random a stream of bytes looks, by the five measures of John Walker's "ent" as Zeek computes them (RandTest.cc). An
 * empty stream gives NaN where a mean is taken.
 */
public final class EntropyTest {
    /** Bytes that make one point of the Monte Carlo square: three for each coordinate. */
    private static final int POINT_BYTES = 6;

    private static final double RADIUS_SQUARED = 281474943156225.0;
    private static final double LOG2_OF_10 = 3.321928094887362;
    /** Reported where the correlation is undefined, all bytes being equal. */
    private static final double NO_CORRELATION = -100000;

    /**
     * @param entropy bits per byte, 0 to 8
     * @param chiSquare against equally frequent bytes; about 255 for random ones
     * @param mean of the byte values; 127.5 for random ones
     * @param monteCarloPi pi by points in a square; 0 for fewer than six bytes
     * @param serialCorrelation of each byte with the next, the last with the first; -100000 if undefined
     */
    public record Result(
            double entropy, double chiSquare, double mean, double monteCarloPi, double serialCorrelation) {}

    private final long[] counts = new long[256];
    private final int[] point = new int[POINT_BYTES];
    private long total;
    private int pointBytes;
    private long points;
    private long pointsInside;
    private boolean started;
    private double first;
    private double last;
    private double productSum;
    private double sum;
    private double squareSum;

    public void feed(Bytes data) {
        feed(data.array(), 0, data.length());
    }

    /** Goes on with the bytes from {@code from} up to {@code to}. */
    public void feed(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            int value = data[i] & 0xff;
            counts[value]++;
            total++;
            point[pointBytes++] = value;
            if (pointBytes == POINT_BYTES) {
                pointBytes = 0;
                throwPoint();
            }
            if (started) {
                productSum += last * value;
            } else {
                started = true;
                first = value;
            }
            sum += value;
            squareSum += value * value;
            last = value;
        }
    }

    private void throwPoint() {
        double x = (point[0] * 256.0 + point[1]) * 256.0 + point[2];
        double y = (point[3] * 256.0 + point[4]) * 256.0 + point[5];
        points++;
        if (x * x + y * y <= RADIUS_SQUARED) {
            pointsInside++;
        }
    }

    /** The measures of all bytes so far; feeding may go on afterwards. */
    public Result result() {
        double expected = total / 256.0;
        double chiSquare = 0;
        double valueSum = 0;
        double entropy = 0;
        for (int value = 0; value < counts.length; value++) {
            double excess = counts[value] - expected;
            chiSquare += excess * excess / expected;
            valueSum += (double) value * counts[value];
        }
        for (long count : counts) {
            double probability = (double) count / total;
            if (probability > 0) {
                entropy += probability * (LOG2_OF_10 * Math.log10(1 / probability));
            }
        }
        double pi = points == 0 ? 0 : 4.0 * ((double) pointsInside / points);
        return new Result(entropy, chiSquare, valueSum / total, pi, correlation());
    }

    private double correlation() {
        double products = productSum + last * first;
        double squaredSum = sum * sum;
        double variance = total * squareSum - squaredSum;
        return variance == 0 ? NO_CORRELATION : (total * products - squaredSum) / variance;
    }

    /** A test of the same bytes that goes its own way from here. */
    public EntropyTest copy() {
        EntropyTest copy = new EntropyTest();
        System.arraycopy(counts, 0, copy.counts, 0, counts.length);
        System.arraycopy(point, 0, copy.point, 0, point.length);
        copy.total = total;
        copy.pointBytes = pointBytes;
        copy.points = points;
        copy.pointsInside = pointsInside;
        copy.started = started;
        copy.first = first;
        copy.last = last;
        copy.productSum = productSum;
        copy.sum = sum;
        copy.squareSum = squareSum;
        return copy;
    }
}
