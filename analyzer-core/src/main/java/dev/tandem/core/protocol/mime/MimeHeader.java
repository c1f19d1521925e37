package dev.tandem.core.protocol.mime;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A header field.
 *
 * @param name as it was written
 * @param value without the white space before it
 * @param lines how many lines it took: more than one is folded
 */
public record MimeHeader(Bytes name, Bytes value, int lines) {
    /** Null when the line is no header field. */
    static @Nullable MimeHeader parse(Bytes line, int lines) {
        int end = 0;
        while (end < line.length() && isNameChar(line.at(end))) {
            end++;
        }
        if (end == 0) {
            return null;
        }
        MimeTokens tokens = new MimeTokens(line, end);
        if (!tokens.take(':')) {
            return null;
        }
        int from = tokens.position();
        while (from < line.length() && isWhite(line.at(from))) {
            from++;
        }
        return new MimeHeader(line.slice(0, end), line.slice(from, line.length()), lines);
    }

    private static boolean isNameChar(int c) {
        return c > 32 && c < 127 && c != ':';
    }

    private static boolean isWhite(int c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** Whether it has that name, which is given in small letters. */
    public boolean is(String smallName) {
        return equalsIgnoringCase(name, smallName);
    }

    /** The value's first token; empty when it has none. */
    public Bytes firstToken() {
        Bytes token = new MimeTokens(value, 0).token();
        return token == null ? Bytes.EMPTY : token;
    }

    /** Whether that is the value's first token; given in small letters. */
    public boolean firstTokenIs(String small) {
        return equalsIgnoringCase(firstToken(), small);
    }

    /** What comes after the first token; empty when there is none. */
    public Bytes afterFirstToken() {
        MimeTokens tokens = new MimeTokens(value, 0);
        return tokens.token() == null ? Bytes.EMPTY : value.slice(tokens.position(), value.length());
    }

    /** The name in capitals. */
    public Bytes upperName() {
        return upper(name);
    }

    static Bytes upper(Bytes text) {
        byte[] out = text.array().clone();
        for (int i = 0; i < out.length; i++) {
            if (out[i] >= 'a' && out[i] <= 'z') {
                out[i] = (byte) (out[i] - 'a' + 'A');
            }
        }
        return Bytes.wrap(out);
    }

    static boolean equalsIgnoringCase(Bytes text, String small) {
        if (text.length() != small.length()) {
            return false;
        }
        for (int i = 0; i < small.length(); i++) {
            int c = text.at(i);
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != small.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
