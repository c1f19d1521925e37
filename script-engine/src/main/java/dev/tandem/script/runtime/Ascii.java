package dev.tandem.script.runtime;

import dev.tandem.core.value.Bytes;

/** C's character classes in the C locale, on bytes. */
public final class Ascii {
    private Ascii() {}

    public static boolean isSpace(int b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    public static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    public static boolean isLower(int b) {
        return b >= 'a' && b <= 'z';
    }

    public static boolean isUpper(int b) {
        return b >= 'A' && b <= 'Z';
    }

    public static boolean isAlpha(int b) {
        return isLower(b) || isUpper(b);
    }

    public static int lower(int b) {
        return isUpper(b) ? b + 32 : b;
    }

    public static int upper(int b) {
        return isLower(b) ? b - 32 : b;
    }

    /** Value of a hex digit, -1 when it is none. */
    public static int hexDigit(int b) {
        return isDigit(b) ? b - '0' : b >= 'a' && b <= 'f' ? b - 'a' + 10 : b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }

    public static Bytes lower(Bytes s) {
        byte[] out = s.array().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) lower(out[i]);
        }
        return Bytes.wrap(out);
    }

    public static Bytes upper(Bytes s) {
        byte[] out = s.array().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) upper(out[i]);
        }
        return Bytes.wrap(out);
    }
}
