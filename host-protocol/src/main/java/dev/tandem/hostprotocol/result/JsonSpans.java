package dev.tandem.hostprotocol.result;

import java.nio.charset.StandardCharsets;

/**
 * Finds where the members of a JSON object and the elements of an array are, without understanding them: so that one broken
 * line does not spoil those around it. A span goes from its first byte to after its last. Never throws for what the text
 * holds, and depth costs nothing.
 */
public final class JsonSpans {
    /** Told each member of an object. */
    public interface Members {
        void member(String key, int from, int to);
    }

    /** Told each element of an array. */
    public interface Elements {
        void element(int from, int to);
    }

    private static final int BROKEN = -1;

    private final byte[] text;

    public JsonSpans(byte[] text) {
        this.text = text;
    }

    /**
     * Tells the members of the object that is the whole text.
     *
     * @return false when it is none; members may have been told
     */
    public boolean members(Members taker) {
        int at = skipBlanks(0, text.length);
        if (at >= text.length || text[at] != '{') {
            return false;
        }
        at = skipBlanks(at + 1, text.length);
        if (at < text.length && text[at] == '}') {
            return skipBlanks(at + 1, text.length) == text.length;
        }
        while (at < text.length && text[at] == '"') {
            int end = skipString(at, text.length);
            int value = end == BROKEN ? text.length : skipBlanks(end, text.length);
            if (value >= text.length || text[value] != ':') {
                return false;
            }
            value = skipBlanks(value + 1, text.length);
            int after = skipValue(value, text.length);
            if (after == BROKEN) {
                return false;
            }
            taker.member(new String(text, at + 1, end - at - 2, StandardCharsets.UTF_8), value, after);
            at = skipBlanks(after, text.length);
            if (at < text.length && text[at] == '}') {
                return skipBlanks(at + 1, text.length) == text.length;
            }
            if (at >= text.length || text[at] != ',') {
                return false;
            }
            at = skipBlanks(at + 1, text.length);
        }
        return false;
    }

    /**
     * Tells the elements of the array that is the span.
     *
     * @return false when it is none; elements may have been told
     */
    public boolean elements(int from, int to, Elements taker) {
        if (from >= to || text[from] != '[') {
            return false;
        }
        int at = skipBlanks(from + 1, to);
        if (at < to && text[at] == ']') {
            return at + 1 == to;
        }
        while (at < to) {
            int after = skipValue(at, to);
            if (after == BROKEN) {
                return false;
            }
            taker.element(at, after);
            at = skipBlanks(after, to);
            if (at >= to || text[at] != ',') {
                return at + 1 == to && text[at] == ']';
            }
            at = skipBlanks(at + 1, to);
        }
        return false;
    }

    private int skipBlanks(int from, int to) {
        int at = from;
        while (at < to && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** After the value that begins at {@code from}. */
    private int skipValue(int from, int to) {
        if (from >= to) {
            return BROKEN;
        }
        return switch (text[from]) {
            case '"' -> skipString(from, to);
            case '{', '[' -> skipNested(from, to);
            case ',', ':', '}', ']' -> BROKEN;
            default -> skipScalar(from, to);
        };
    }

    private int skipString(int from, int to) {
        for (int at = from + 1; at < to; at++) {
            byte b = text[at];
            if (b == '\\') {
                at++;
            } else if (b == '"') {
                return at + 1;
            }
        }
        return BROKEN;
    }

    private int skipNested(int from, int to) {
        int depth = 0;
        int at = from;
        while (at < to) {
            switch (text[at]) {
                case '"' -> {
                    at = skipString(at, to);
                    if (at == BROKEN) {
                        return BROKEN;
                    }
                    continue;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 0) {
                        return at + 1;
                    }
                }
                default -> {}
            }
            at++;
        }
        return BROKEN;
    }

    private int skipScalar(int from, int to) {
        int at = from;
        while (at < to
                && switch (text[at]) {
                    case ',', '}', ']', ' ', '\n', '\r', '\t', '"', '{', '[' -> false;
                    default -> true;
                }) {
            at++;
        }
        return at;
    }
}
