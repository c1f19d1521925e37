package dev.tandem.script.opaque;

/** The Gauss error function, which the JDK lacks. */
final class ErrorFunction {
    /** From here on the nearest double is 1. */
    private static final double SATURATED = 5.95;

    private ErrorFunction() {}

    /** erf(x) for x of 0 or more, to about 15 digits. */
    static double erf(double x) {
        if (x >= SATURATED) {
            return 1;
        }
        // Abramowitz and Stegun 7.1.6: a series without cancellation.
        double term = x;
        double sum = x;
        for (int odd = 3; term > sum * 1e-17; odd += 2) {
            term *= 2 * x * x / odd;
            sum += term;
        }
        return Math.min(1, 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum);
    }
}
