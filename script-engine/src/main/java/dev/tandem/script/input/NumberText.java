package dev.tandem.script.input;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers at the begin of a text, read as C's strtoll family reads them, with complaints about what is odd (zeek {@code
 * src/threading/formatters/Ascii.cc}, CheckNumberError). What follows the number is complained about and ignored.
 */
final class NumberText {
    private static final Pattern WHOLE = Pattern.compile("[ \\t\\n\\x0b\\f\\r]*([+-]?)([0-9]+)");
    private static final Pattern FLOATING = Pattern.compile(
            "[ \\t\\n\\x0b\\f\\r]*([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
                    + "|[ \\t\\n\\x0b\\f\\r]*([+-]?(?:inf(?:inity)?|nan))",
            Pattern.CASE_INSENSITIVE);
    private static final int LONG_DIGITS = 18;

    private NumberText() {}

    /** A 64-bit number with sign; null when there is none. */
    static @Nullable Long signed(String text, Consumer<String> complain) {
        Matcher m = WHOLE.matcher(text);
        int end = m.lookingAt() ? m.end() : 0;
        if (isNone(text, end, complain)) {
            return null;
        }
        try {
            return Long.valueOf(m.group(1) + m.group(2));
        } catch (NumberFormatException e) {
            return outOfRange(text, complain);
        }
    }

    /** A 64-bit number without sign; null when there is none. */
    static @Nullable Long unsigned(String text, Consumer<String> complain) {
        Matcher m = WHOLE.matcher(text);
        int end = m.lookingAt() ? m.end() : 0;
        if (isNone(text, end, complain)) {
            return null;
        }
        if (m.group(1).equals("-")) {
            complain.accept("Number '" + text + "' cannot be negative");
            return null;
        }
        String digits = m.group(2);
        try {
            return digits.length() <= LONG_DIGITS ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            return outOfRange(text, complain);
        }
    }

    /** A double; null when there is none. */
    static @Nullable Double floating(String text, Consumer<String> complain) {
        Matcher m = FLOATING.matcher(text);
        int end = m.lookingAt() ? m.end() : 0;
        if (isNone(text, end, complain)) {
            return null;
        }
        if (m.group(2) != null) {
            return word(m.group(2).toLowerCase(Locale.ROOT));
        }
        double d = Double.parseDouble(m.group(1));
        if (Double.isInfinite(d)) {
            complain.accept("Number '" + text + "' out of supported range.");
            return null;
        }
        return d;
    }

    private static double word(String text) {
        if (text.endsWith("nan")) {
            return Double.NaN;
        }
        return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static boolean isNone(String text, int end, Consumer<String> complain) {
        if (text.isEmpty()) {
            complain.accept("Got empty string for number field");
            return true;
        }
        if (end == 0) {
            complain.accept("String '" + text + "' contained no parseable number");
            return true;
        }
        if (end < text.length()) {
            complain.accept("Number '" + text
                    + "' contained non-numeric trailing characters. Ignored trailing characters '"
                    + text.substring(end) + "'");
        }
        return false;
    }

    private static @Nullable Long outOfRange(String text, Consumer<String> complain) {
        complain.accept("Number '" + text + "' out of supported range.");
        return null;
    }
}
