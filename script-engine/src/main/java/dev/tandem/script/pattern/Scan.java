package dev.tandem.script.pattern;

import org.jspecify.annotations.Nullable;

/** Position in the text of a pattern, and the lexical pieces that every part of the syntax shares. */
final class Scan {
    private static final int NO_CHAR = -1;
    private static final int LARGEST_NUMBER = 100_000_000;

    private final String text;
    private int position;

    Scan(String text) {
        this.text = text;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /** The next char without taking it, or -1 at the end. */
    int peek() {
        return at(position);
    }

    /** The char after the next one, or -1. */
    int peekAfter() {
        return at(position + 1);
    }

    private int at(int index) {
        return index < text.length() ? text.charAt(index) & 0xff : NO_CHAR;
    }

    int take() {
        return text.charAt(position++) & 0xff;
    }

    /** An error at the char taken last. */
    PatternSyntaxError error(String message) {
        return new PatternSyntaxError(message, Math.max(0, position - 1));
    }

    /** Takes {@code ?i:} or {@code ?s:}, in either case, if that comes next. */
    boolean takeMode(char mode) {
        if (at(position) != '?' || Symbols.lower(at(position + 1)) != mode || at(position + 2) != ':') {
            return false;
        }
        position += 3;
        return true;
    }

    /** A decimal number; large ones are all the same, as none of them is usable. */
    int number() {
        int value = 0;
        while (Symbols.isDigit(peek())) {
            value = Math.min(LARGEST_NUMBER, value * 10 + take() - '0');
        }
        return value;
    }

    /**
     * Takes {@code [:name:]} in any case and answers the name in lower case, or null where that is not what comes next.
     * The opening bracket is the next char.
     */
    @Nullable
    String takeClassName() {
        if (at(position) != '[' || at(position + 1) != ':') {
            return null;
        }
        StringBuilder name = new StringBuilder();
        int end = position + 2;
        while (Symbols.isAlpha(at(end))) {
            name.append((char) Symbols.lower(at(end++)));
        }
        if (name.isEmpty() || at(end) != ':' || at(end + 1) != ']') {
            return null;
        }
        position = end + 2;
        return name.toString();
    }

    /** The byte that an escape stands for; the backslash is taken already. */
    int escape() {
        int c = peek();
        if (c == NO_CHAR || c == '\n') {
            return '\\';
        }
        take();
        return switch (c) {
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
            case 'x' -> hexadecimal();
            case 'X' -> {
                // The scanner is caseless where it finds the end of an escape, but not where it evaluates it.
                if (hexPairNext()) {
                    position += 2;
                }
                yield 'X';
            }
            default -> c;
        };
    }

    /** At most three digits count; more of them belong to the escape and mean nothing. */
    private int octal(int first) {
        int value = first;
        for (int digits = 1; isOctal(peek()); digits++) {
            int digit = take() - '0';
            if (digits < 3) {
                value = value * 8 + digit;
            }
        }
        if (value > 0xff) {
            throw error("octal escape above \\377");
        }
        return value;
    }

    private static boolean isOctal(int c) {
        return c >= '0' && c <= '7';
    }

    private boolean hexPairNext() {
        return Symbols.hexDigit(at(position)) >= 0 && Symbols.hexDigit(at(position + 1)) >= 0;
    }

    private int hexadecimal() {
        if (!hexPairNext()) {
            throw error("bad hexadecimal escape");
        }
        return Symbols.hexDigit(take()) * 16 + Symbols.hexDigit(take());
    }
}
