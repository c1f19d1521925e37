package dev.tandem.script.runtime;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Numbers read as C's strtol family reads them, for texts that must be a number and nothing else but white space behind it
 * (Zeek {@code src/val-convert.cc}).
 */
public final class CNumber {
    private static final long UNSIGNED_MAX = -1;

    private CNumber() {}

    /** strtoull: a minus sign negates modulo 2^64, too large a number gives the largest. Null when it is no number. */
    public static @Nullable Long unsigned(Bytes text, long base) {
        return integer(text, base, false);
    }

    /** strtoll: what does not fit gives the nearest that does. Null when it is no number. */
    public static @Nullable Long signed(Bytes text, long base) {
        return integer(text, base, true);
    }

    private static @Nullable Long integer(Bytes text, long baseArg, boolean signed) {
        if (baseArg < 0 || baseArg == 1 || baseArg > 36 || text.isEmpty()) {
            return null;
        }
        int length = text.length();
        int at = 0;
        while (at < length && Ascii.isSpace(text.at(at))) {
            at++;
        }
        boolean negative = at < length && text.at(at) == '-';
        if (at < length && (text.at(at) == '-' || text.at(at) == '+')) {
            at++;
        }
        int base = (int) baseArg;
        boolean hexPrefix = at + 2 < length
                && text.at(at) == '0'
                && Ascii.lower(text.at(at + 1)) == 'x'
                && Ascii.hexDigit(text.at(at + 2)) >= 0;
        if (base == 0) {
            base = hexPrefix ? 16 : at < length && text.at(at) == '0' ? 8 : 10;
        }
        if (base == 16 && hexPrefix) {
            at += 2;
        }
        int start = at;
        long n = 0;
        boolean overflow = false;
        for (; at < length; at++) {
            int digit = Character.digit(text.at(at) < 128 ? text.at(at) : 0, base);
            if (digit < 0) {
                break;
            }
            overflow |= Long.compareUnsigned(n, Long.divideUnsigned(UNSIGNED_MAX - digit, base)) > 0;
            n = n * base + digit;
        }
        boolean digits = at > start;
        for (int i = digits ? at : 0; i < length; i++) {
            if (!Ascii.isSpace(text.at(i))) {
                return null;
            }
        }
        if (!signed) {
            return overflow ? UNSIGNED_MAX : negative ? -n : n;
        }
        long limit = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        return overflow || Long.compareUnsigned(n, limit) > 0 ? limit : negative ? -n : n;
    }

    /** strtod over the whole text; null when it is no number. */
    public static @Nullable Double floating(Bytes text) {
        int length = text.length();
        int at = 0;
        while (at < length && Ascii.isSpace(text.at(at))) {
            at++;
        }
        String s = text.slice(at, length).latin1();
        boolean negative = s.startsWith("-");
        String bare = negative || s.startsWith("+") ? s.substring(1) : s;
        if (bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (bare.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        boolean hex = bare.length() > 2 && bare.charAt(0) == '0' && (bare.charAt(1) | 32) == 'x';
        String java = hex ? hexFloat(bare) : isDecimal(bare) ? bare : null;
        if (java == null) {
            return null;
        }
        try {
            double d = Double.parseDouble(java);
            return negative ? -d : d;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String hexFloat(String s) {
        // Java wants the exponent that C leaves out.
        return s.indexOf('p') < 0 && s.indexOf('P') < 0 ? s + "p0" : s;
    }

    private static boolean isDecimal(String s) {
        int at = 0;
        int digits = 0;
        while (at < s.length() && Ascii.isDigit(s.charAt(at))) {
            at++;
            digits++;
        }
        if (at < s.length() && s.charAt(at) == '.') {
            at++;
            while (at < s.length() && Ascii.isDigit(s.charAt(at))) {
                at++;
                digits++;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (at == s.length()) {
            return true;
        }
        if ((s.charAt(at) | 32) != 'e') {
            return false;
        }
        at++;
        if (at < s.length() && (s.charAt(at) == '+' || s.charAt(at) == '-')) {
            at++;
        }
        int exponent = at;
        while (at < s.length() && Ascii.isDigit(s.charAt(at))) {
            at++;
        }
        return at > exponent && at == s.length();
    }
}
