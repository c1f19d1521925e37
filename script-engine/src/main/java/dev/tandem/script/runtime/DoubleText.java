package dev.tandem.script.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as text: the short form that values print in (Zeek {@code src/util.cc}, double_to_str), and C's {@code %e %f %g}
 * with the exact rounding of glibc, which java.util.Formatter does not have.
 */
public final class DoubleText {
    private static final double MILLION = 1e6;

    private DoubleText() {}

    /**
     * As print shows a double: up to six decimals without trailing zeros, {@code .0} when that leaves an integer, the
     * shortest scientific form above 2147483647, six significant digits below 1e-6.
     */
    public static void append(ByteSink out, double value) {
        if (Double.isNaN(value)) {
            out.add("nan");
            return;
        }
        double d = value;
        if (d < 0) {
            out.add('-');
            d = -d;
        }
        if (d > Integer.MAX_VALUE) {
            shortestScientific(out, d);
        } else if (d < 1e-6) {
            String text = d == 0 ? "0" : general(d, 6, false);
            out.add(text);
            if (text.indexOf('e') < 0) {
                out.add(".0");
            }
        } else {
            sixDecimals(out, d);
            while (out.last() == '0') {
                out.truncate(out.size() - 1);
            }
            if (out.last() == '.') {
                out.truncate(out.size() - 1);
            }
            if (Math.abs(d - Math.rint(d)) < 1e-9) {
                out.add(".0");
            }
        }
    }

    /** {@code %.6f} of a number in [0, 2^31], without BigDecimal: the product's rounding error is recovered by fma. */
    private static void sixDecimals(ByteSink out, double d) {
        double scaled = d * MILLION;
        double error = Math.fma(d, MILLION, -scaled);
        long n = (long) scaled;
        double fraction = scaled - n;
        if (fraction > 0.5 || fraction == 0.5 && (error > 0 || error == 0 && (n & 1) == 1)) {
            n++;
        }
        out.unsigned(n / 1_000_000).add('.');
        long rest = n % 1_000_000;
        for (long unit = 100_000; unit > 0; unit /= 10) {
            out.add((int) ('0' + rest / unit % 10));
        }
    }

    private static void shortestScientific(ByteSink out, double d) {
        if (Double.isInfinite(d)) {
            out.add("inf");
            return;
        }
        // Since JDK 19 Double.toString gives the shortest digits that read back as the same double.
        BigDecimal shortest = new BigDecimal(Double.toString(d)).stripTrailingZeros();
        appendScientific(out, shortest.unscaledValue().toString(), shortest.precision() - shortest.scale() - 1, false);
    }

    private static void appendScientific(ByteSink out, String digits, int exponent, boolean forcePoint) {
        out.add(digits.charAt(0));
        if (digits.length() > 1 || forcePoint) {
            out.add('.').add(digits.substring(1));
        }
        out.add('e').add(exponent < 0 ? '-' : '+');
        int e = Math.abs(exponent);
        if (e < 10) {
            out.add('0');
        }
        out.add((long) e);
    }

    /** C's {@code %.<precision>f}. */
    public static String fixed(double d, int precision) {
        String special = special(d);
        if (special != null) {
            return special;
        }
        return sign(d)
                + new BigDecimal(Math.abs(d))
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    /** C's {@code %.<precision>e}. */
    public static String scientific(double d, int precision) {
        String special = special(d);
        if (special != null) {
            return special;
        }
        ByteSink out = new ByteSink();
        out.add(sign(d));
        if (d == 0) {
            appendScientific(out, "0".repeat(precision + 1), 0, false);
            return out.toString();
        }
        BigDecimal r = new BigDecimal(Math.abs(d)).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = r.unscaledValue().toString();
        int exponent = digits.length() - r.scale() - 1;
        appendScientific(out, padded(digits, precision + 1), exponent, false);
        return out.toString();
    }

    /** C's {@code %.<precision>g}. */
    public static String general(double d, int precision) {
        return general(d, precision, true);
    }

    private static String general(double d, int precision, boolean signed) {
        String special = special(d);
        if (special != null) {
            return special;
        }
        String sign = signed ? sign(d) : "";
        if (d == 0) {
            return sign + "0";
        }
        int p = Math.max(1, precision);
        BigDecimal r = new BigDecimal(Math.abs(d)).round(new MathContext(p, RoundingMode.HALF_EVEN));
        String digits = r.unscaledValue().toString();
        int exponent = digits.length() - r.scale() - 1;
        BigDecimal short_ = r.stripTrailingZeros();
        if (exponent < -4 || exponent >= p) {
            ByteSink out = new ByteSink();
            out.add(sign);
            appendScientific(out, short_.unscaledValue().toString(), exponent, false);
            return out.toString();
        }
        return sign + short_.toPlainString();
    }

    private static String padded(String digits, int length) {
        return digits.length() >= length ? digits.substring(0, length) : digits + "0".repeat(length - digits.length());
    }

    private static String sign(double d) {
        return Double.doubleToRawLongBits(d) < 0 ? "-" : "";
    }

    private static @org.jspecify.annotations.Nullable String special(double d) {
        if (Double.isNaN(d)) {
            return Double.doubleToRawLongBits(d) < 0 ? "-nan" : "nan";
        }
        if (Double.isInfinite(d)) {
            return d < 0 ? "-inf" : "inf";
        }
        return null;
    }
}
