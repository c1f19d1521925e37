package dev.tandem.core.protocol.mime;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/** Steps through the value of a header field: tokens, quoted strings, comments (RFC 822 section 3.3, RFC 2045 section 5.1). */
final class MimeTokens {
    private final Bytes text;
    private int at;

    MimeTokens(Bytes text, int from) {
        this.text = text;
        at = from;
    }

    int position() {
        return at;
    }

    /** White space, and comments, which may nest. An unclosed comment is one to the end. */
    void skipSpace() {
        while (at < text.length()) {
            int c = text.at(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '(') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int depth = 0;
        while (at < text.length()) {
            int c = text.at(at++);
            if (c == '\\') {
                at = Math.min(at + 1, text.length());
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return;
            }
        }
    }

    /** Steps over that character when it is next, after white space. */
    boolean take(char wanted) {
        skipSpace();
        if (at < text.length() && text.at(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** The next token, or null; what is neither token nor space before it is stepped over. */
    @Nullable
    Bytes token() {
        skipSpace();
        while (at < text.length() && !isTokenChar(text.at(at))) {
            at++;
            skipSpace();
        }
        return run(false);
    }

    private @Nullable Bytes run(boolean lenient) {
        int from = at;
        while (at < text.length() && (lenient ? isBoundaryChar(text.at(at)) : isTokenChar(text.at(at)))) {
            at++;
        }
        return at == from ? null : text.slice(from, at);
    }

    /**
     * A token or a quoted string, or null.
     *
     * @param lenient for a boundary without quotes, which in the wild has characters that no token may have
     */
    @Nullable
    Bytes value(boolean lenient) {
        if (!lenient) {
            skipSpace();
        }
        if (at < text.length() && text.at(at) == '"') {
            return quoted();
        }
        return run(lenient);
    }

    private @Nullable Bytes quoted() {
        byte[] out = new byte[text.length() - at];
        int n = 0;
        for (int i = at + 1; i < text.length(); i++) {
            int c = text.at(i);
            if (c == '"') {
                at = i + 1;
                return Bytes.copyOf(out, 0, n);
            }
            if (c == '\\' && i + 1 < text.length()) {
                c = text.at(++i);
            }
            out[n++] = (byte) c;
        }
        return null;
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isTokenChar(int c) {
        return c > 32 && c < 127 && "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
    }

    private static boolean isBoundaryChar(int c) {
        return c > 32 && c < 127 && c != '"';
    }
}
