package dev.tandem.script.pattern;

import java.util.BitSet;

/**
 * The alphabet: the 256 bytes, and two symbols that stand before the first and after the last byte of an input, which
 * {@code ^} and {@code $} match. A negated class and {@code .} never match those two (Zeek CCL.cc).
 */
final class Symbols {
    static final int BYTES = 256;
    static final int BEGIN = 256;
    static final int END = 257;
    static final int COUNT = 258;

    private Symbols() {}

    static BitSet one(int symbol) {
        BitSet set = new BitSet(COUNT);
        set.set(symbol);
        return set;
    }

    static BitSet anyByte(boolean withNewline) {
        BitSet set = new BitSet(COUNT);
        set.set(0, BYTES);
        set.set('\n', withNewline);
        return set;
    }

    static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isAlpha(int c) {
        return isUpper(c) || isLower(c);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static int lower(int c) {
        return isUpper(c) ? c + ('a' - 'A') : c;
    }

    static int upper(int c) {
        return isLower(c) ? c - ('a' - 'A') : c;
    }

    /** Value of a hexadecimal digit, or -1. */
    static int hexDigit(int c) {
        return c < BYTES ? Character.digit((char) c, 16) : -1;
    }

    /**
     * Whether {@code c} is in the named class ({@code alpha}, {@code digit}, ...) of the C locale, of which no byte
     * above 0x7f is a member.
     *
     * @throws IllegalArgumentException if there is no such class
     */
    static boolean inNamedClass(String name, int c) {
        return switch (name) {
            case "alnum" -> isAlpha(c) || isDigit(c);
            case "alpha" -> isAlpha(c);
            case "blank" -> c == ' ' || c == '\t';
            case "cntrl" -> c < 0x20 || c == 0x7f;
            case "digit" -> isDigit(c);
            case "graph" -> c > 0x20 && c < 0x7f;
            case "lower" -> isLower(c);
            case "print" -> c >= 0x20 && c < 0x7f;
            case "punct" -> c > 0x20 && c < 0x7f && !isAlpha(c) && !isDigit(c);
            case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
            case "upper" -> isUpper(c);
            case "xdigit" -> c < 0x80 && hexDigit(c) >= 0;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
