package dev.tandem.logwriters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as decimal text, straight into a byte array and exactly as C++17's {@code std::to_chars} rounds them (zeek
 * {@code src/threading/Formatter.cc}, {@code src/Desc.cc}). Every method returns the index behind what it wrote; the
 * caller sees to the room.
 */
final class Digits {
    /** The most bytes of a 64-bit integer. */
    static final int MAX_INTEGER = 20;

    /** The most bytes of a double without exponent and with six decimals. */
    static final int MAX_FIXED = 320;

    private static final int MILLION = 1_000_000;
    private static final byte[] PAIRS = pairs();

    private Digits() {}

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    static int signed(long value, byte[] out, int at) {
        if (value >= 0) {
            return unsigned(value, out, at);
        }
        out[at] = '-';
        return unsigned(-value, out, at + 1);
    }

    static int unsigned(long value, byte[] out, int at) {
        if (value < 0) {
            long hundreds = Long.divideUnsigned(value, 100);
            return pair((int) (value - hundreds * 100), out, unsigned(hundreds, out, at));
        }
        int end = at + count(value);
        int i = end;
        while (value >= 100) {
            long hundreds = value / 100;
            i -= 2;
            pair((int) (value - hundreds * 100), out, i);
            value = hundreds;
        }
        if (value >= 10) {
            pair((int) value, out, i - 2);
        } else {
            out[i - 1] = (byte) ('0' + value);
        }
        return end;
    }

    private static int count(long value) {
        int count = 1;
        for (long power = 10; count < 19 && value >= power; power *= 10) {
            count++;
        }
        return count;
    }

    /** Two digits of a number below 100. */
    static int pair(int value, byte[] out, int at) {
        out[at] = PAIRS[2 * value];
        out[at + 1] = PAIRS[2 * value + 1];
        return at + 2;
    }

    /** Six digits of a number below a million. */
    static int six(int value, byte[] out, int at) {
        at = pair(value / 10_000, out, at);
        at = pair(value / 100 % 100, out, at);
        return pair(value % 100, out, at);
    }

    /** Six decimals, never an exponent; {@code inf}, {@code -inf} and {@code nan} for what is no number. */
    static int fixed(double value, byte[] out, int at) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        if (Double.isNaN(value)) {
            return word("nan", out, at);
        }
        if (bits < 0) {
            out[at++] = '-';
        }
        if (exponent == 0x7ff) {
            return word("inf", out, at);
        }
        // The value is mantissa * 2^-shift.
        long mantissa = bits & (1L << 52) - 1;
        mantissa = exponent == 0 ? mantissa : mantissa | 1L << 52;
        int shift = 1075 - Math.max(1, exponent);
        if (shift <= 0) {
            return shift >= -10
                    ? fraction(0, out, unsigned(mantissa << -shift, out, at))
                    : word(exactly(Math.abs(value)), out, at);
        }
        long whole = shift < 53 ? mantissa >>> shift : 0;
        int millionths = millionths(shift < 53 ? mantissa - (whole << shift) : mantissa, shift);
        if (millionths == MILLION) {
            whole++;
            millionths = 0;
        }
        return fraction(millionths, out, unsigned(whole, out, at));
    }

    private static int fraction(int millionths, byte[] out, int at) {
        out[at] = '.';
        return six(millionths, out, at + 1);
    }

    /** {@code part / 2^shift} in millionths, rounded half to even; {@code part} is below 2^shift and 2^53, shift above 0. */
    private static int millionths(long part, int shift) {
        if (shift > 74) {
            return 0; // below 2^-21, so under half a millionth
        }
        long high = Math.multiplyHigh(part, (long) MILLION);
        long low = part * MILLION;
        int result;
        int toHalf;
        if (shift < 64) {
            result = (int) (low >>> shift | high << 1 << 63 - shift);
            toHalf = Long.compare(low & (1L << shift) - 1, 1L << shift - 1);
        } else if (shift == 64) {
            result = (int) high;
            toHalf = Long.compareUnsigned(low, Long.MIN_VALUE);
        } else {
            result = (int) (high >>> shift - 64);
            int byHigh = Long.compare(high & (1L << shift - 64) - 1, 1L << shift - 65);
            toHalf = byHigh != 0 ? byHigh : low != 0 ? 1 : 0;
        }
        return toHalf > 0 || toHalf == 0 && (result & 1) == 1 ? result + 1 : result;
    }

    /** For numbers past 2^63, which logs hardly ever hold. */
    private static String exactly(double value) {
        return new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static int word(String word, byte[] out, int at) {
        byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }

    /**
     * A script's double: {@link #fixed} without trailing zeros, but {@code .0} when it is within a billionth of a whole
     * number (zeek {@code src/Desc.cc}, {@code ODesc::Add(double, bool)}).
     */
    static int trimmed(double value, byte[] out, int at) {
        int end = fixed(value == 0 ? 0.0 : value, out, at);
        if (!Double.isFinite(value)) {
            return end;
        }
        while (out[end - 1] == '0') {
            end--;
        }
        if (out[end - 1] != '.') {
            return end;
        }
        if (Math.abs(value - Math.rint(value)) >= 1e-9) {
            return end - 1;
        }
        out[end] = '0';
        return end + 1;
    }
}
