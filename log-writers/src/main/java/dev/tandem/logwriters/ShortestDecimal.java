package dev.tandem.logwriters;

import java.math.BigInteger;

/**
 * Doubles as JSON numbers, byte for byte as Zeek's JSON library RapidJSON writes them: digits by Grisu2 (Florian Loitsch,
 * "Printing Floating-Point Numbers Quickly and Accurately with Integers", 2010), laid out without exponent between 1e-6
 * and 1e21. Grisu2 always reads back as the same double but is not the shortest text in about one of a thousand cases, so
 * {@link Double#toString(double)} would differ.
 *
 * <p>Holds the digits of one number while it is written: one per writer, not shared between threads.
 */
final class ShortestDecimal {
    /** The most bytes of a number. */
    static final int MAX_LENGTH = 32;

    private static final int FIRST_POWER = -348;
    private static final int POWER_STEP = 8;
    private static final int POWERS = 87;

    /** 10^(-348 + 8i) is about SIGNIFICAND[i] * 2^EXPONENT[i], the significand's top bit set. */
    private static final long[] SIGNIFICAND = new long[POWERS];

    private static final int[] EXPONENT = new int[POWERS];

    private static final long[] TENS = new long[20];

    static {
        for (int i = 0; i < POWERS; i++) {
            computePower(i, FIRST_POWER + POWER_STEP * i);
        }
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
    }

    private final byte[] digits = new byte[20];
    private int length;
    private int exponent;

    private static void computePower(int i, int power) {
        BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
        BigInteger twice; // the significand with one bit more, for rounding
        if (power >= 0) {
            EXPONENT[i] = ten.bitLength() - 64;
            twice = ten.shiftLeft(1).shiftRight(EXPONENT[i]);
        } else {
            int scale = ten.bitLength() + 63; // 2^scale / ten has 64 bits
            EXPONENT[i] = -scale;
            twice = BigInteger.ONE.shiftLeft(scale + 1).divide(ten);
        }
        SIGNIFICAND[i] = twice.add(BigInteger.ONE).shiftRight(1).longValue();
    }

    /** @param value finite */
    int write(double value, byte[] out, int at) {
        if (Double.doubleToRawLongBits(value) < 0) {
            out[at++] = '-';
            value = -value;
        }
        if (value == 0) {
            out[at++] = '0';
            out[at++] = '.';
            out[at++] = '0';
            return at;
        }
        generate(value);
        return layOut(out, at);
    }

    /** Fills {@link #digits}, so that the value is about digits * 10^exponent. */
    private void generate(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & (1L << 52) - 1;
        int biased = (int) (bits >>> 52);
        long significand = biased == 0 ? fraction : fraction | 1L << 52;
        int binary = Math.max(1, biased) - 1075;

        // The doubles that read back as value lie between low and high; all three scaled to the same binary exponent.
        long high = (significand << 1) + 1;
        int shift = Long.numberOfLeadingZeros(high);
        high <<= shift;
        int scaled = binary - 1 - shift;
        boolean narrowBelow = significand == 1L << 52;
        long low = narrowBelow
                ? (significand << 2) - 1 << binary - 2 - scaled
                : (significand << 1) - 1 << binary - 1 - scaled;
        long exact = significand << Long.numberOfLeadingZeros(significand);

        double steps = (-61 - scaled) * 0.30102999566398114 + 347;
        int power = ((int) Math.ceil(steps) >> 3) + 1;
        exponent = -(FIRST_POWER + POWER_STEP * power);
        long ten = SIGNIFICAND[power];
        high = product(high, ten) - 1;
        low = product(low, ten) + 1;
        digitsOf(product(exact, ten), high, high - low, -(scaled + EXPONENT[power] + 64));
    }

    /** The upper half of the product, rounded. */
    private static long product(long a, long b) {
        long upper = Math.unsignedMultiplyHigh(a, b);
        return a * b < 0 ? upper + 1 : upper;
    }

    /** Digits of {@code high / 2^shift} until the rest is within {@code delta}, then back towards {@code exact}. */
    private void digitsOf(long exact, long high, long delta, int shift) {
        long one = 1L << shift;
        long distance = high - exact;
        long whole = high >>> shift;
        long part = high & one - 1;
        length = 0;
        int kappa = 1;
        while (kappa < 10 && whole >= TENS[kappa]) {
            kappa++;
        }
        while (kappa > 0) {
            kappa--;
            int digit = (int) (whole / TENS[kappa]);
            whole -= digit * TENS[kappa];
            append(digit);
            long rest = (whole << shift) + part;
            if (Long.compareUnsigned(rest, delta) <= 0) {
                exponent += kappa;
                approach(delta, rest, TENS[kappa] << shift, distance);
                return;
            }
        }
        while (true) {
            part *= 10;
            delta *= 10;
            kappa--;
            append((int) (part >>> shift));
            part &= one - 1;
            if (Long.compareUnsigned(part, delta) < 0) {
                exponent += kappa;
                approach(delta, part, one, -kappa < TENS.length ? distance * TENS[-kappa] : 0);
                return;
            }
        }
    }

    private void append(int digit) {
        if (digit != 0 || length > 0) {
            digits[length++] = (byte) digit;
        }
    }

    /** Lowers the last digit while that brings the number nearer to the exact value. */
    private void approach(long delta, long rest, long unit, long distance) {
        while (Long.compareUnsigned(rest, distance) < 0
                && Long.compareUnsigned(delta - rest, unit) >= 0
                && (Long.compareUnsigned(rest + unit, distance) < 0
                        || Long.compareUnsigned(distance - rest, rest + unit - distance) > 0)) {
            digits[length - 1]--;
            rest += unit;
        }
    }

    private int layOut(byte[] out, int at) {
        int point = length + exponent; // 10^(point - 1) <= value < 10^point
        if (point > -6 && point <= 0) {
            out[at++] = '0';
            out[at++] = '.';
            at = zeros(-point, out, at);
            return copy(0, length, out, at);
        }
        if (point > 0 && point <= 21) {
            int before = Math.min(point, length);
            at = zeros(point - before, out, copy(0, before, out, at));
            out[at++] = '.';
            return before == length ? zeros(1, out, at) : copy(before, length, out, at);
        }
        at = copy(0, 1, out, at);
        if (length > 1) {
            out[at++] = '.';
            at = copy(1, length, out, at);
        }
        out[at++] = 'e';
        return Digits.signed(point - 1, out, at);
    }

    private int copy(int from, int to, byte[] out, int at) {
        for (int i = from; i < to; i++) {
            out[at++] = (byte) ('0' + digits[i]);
        }
        return at;
    }

    private static int zeros(int count, byte[] out, int at) {
        for (int i = 0; i < count; i++) {
            out[at++] = '0';
        }
        return at;
    }
}
