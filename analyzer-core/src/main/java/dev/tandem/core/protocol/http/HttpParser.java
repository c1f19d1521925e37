package dev.tandem.core.protocol.http;

import dev.tandem.core.analyzer.ProtocolDetector.Match;
import dev.tandem.core.value.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first lines of requests and replies, and URIs. Stateless. As lenient as servers and browsers are, and as Zeek is ({@code
 * src/analyzer/protocol/http/HTTP.cc}); what is odd is told.
 */
final class HttpParser {
    /** A version number: ten times major, plus minor. */
    static final int VERSION_0_9 = 9;

    static final int VERSION_1_1 = 11;

    /** No version, or none that can be read. */
    static final int NO_VERSION = 0;

    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.ISO_8859_1);

    /** Longest thing that still may become a method we do not know. */
    private static final int LONGEST_METHOD = 24;

    /** Gets what is odd. */
    interface Notes {
        void weird(String name);

        void event(String category, Bytes detail);

        /** The version that the line names, also when it turns out to be no request. */
        void version(int number);
    }

    /** @param uri as written @param unescaped the same with what %xx stand for */
    record RequestLine(Bytes method, Bytes uri, Bytes unescaped, int version) {}

    /** @param code 0 when it is no number @param reason null when there is none */
    record ReplyLine(int version, int code, @Nullable Bytes reason) {}

    private HttpParser() {}

    /** Null when it is no request line; said why already. */
    static @Nullable RequestLine request(byte[] d, int from, int to, Notes notes) {
        int methodEnd = from;
        while (methodEnd < to && isTokenChar(d[methodEnd] & 0xff)) {
            methodEnd++;
        }
        if (methodEnd == from) {
            boolean version = to - 9 >= from && d[to - 9] == ' ' && startsWith(d, to - 8, to, true);
            notes.weird(version ? "bad_HTTP_request_with_version" : "bad_HTTP_request");
            return null;
        }
        int start = skipSpace(d, methodEnd, to);
        if (start == methodEnd) {
            notes.weird("bad_HTTP_request");
            return null;
        }
        int uriEnd = start;
        while (uriEnd < to && isUriChar(d[uriEnd] & 0xff)) {
            uriEnd++;
        }
        if (isKeyword(d, start, to, notes) && uriEnd >= to) {
            notes.weird("missing_HTTP_uri");
            uriEnd = start;
        }
        int version = uriEnd;
        for (; version < to; version++) {
            uriEnd = version;
            version = skipSpace(d, version, to);
            if (isKeyword(d, version, to, notes)) {
                break;
            }
        }
        int number = NO_VERSION;
        Bytes line = Bytes.copyOf(d, start, to);
        if (version >= to) {
            number = VERSION_0_9;
            notes.version(number);
            // What has no version has at least a method of three letters and a URI.
            if (methodEnd - from < 3 || uriEnd == start) {
                notes.weird("bad_HTTP_request");
                return null;
            }
        } else if (version + 8 <= to) {
            number = version(d, version + HTTP.length, to, notes);
            notes.version(number);
            if (skipSpace(d, version + 8, to) != to) {
                notes.event("crud after HTTP version is ignored", line);
            }
        } else {
            notes.event("bad_HTTP_version", line);
        }
        Bytes uri = Bytes.copyOf(d, start, uriEnd);
        return new RequestLine(Bytes.copyOf(d, from, methodEnd), uri, unescape(uri, notes), number);
    }

    /** Null when it is no status line; said why already. */
    static @Nullable ReplyLine reply(byte[] d, int from, int to, Notes notes) {
        if (!isKeyword(d, from, to, notes)) {
            notes.event("bad_HTTP_reply", Bytes.copyOf(d, from, to));
            return null;
        }
        int version = version(d, from + HTTP.length, to, notes);
        notes.version(version);
        int code = skipSpace(d, skipWord(d, from + HTTP.length, to), to);
        if (code + 3 > to) {
            notes.event("HTTP_reply_code_missing", Bytes.copyOf(d, from, to));
            return null;
        }
        int number = isDigit(d[code]) && isDigit(d[code + 1]) && isDigit(d[code + 2])
                ? (d[code] - '0') * 100 + (d[code + 1] - '0') * 10 + d[code + 2] - '0'
                : 0;
        int reason = skipWord(d, code + 3, to);
        if (reason >= to) {
            notes.event("HTTP_reply_reason_phrase_missing", Bytes.copyOf(d, from, to));
            return new ReplyLine(version, number, null);
        }
        return new ReplyLine(version, number, Bytes.copyOf(d, skipSpace(d, reason, to), to));
    }

    /** Digit, dot, digit; anything else is told. */
    private static int version(byte[] d, int at, int to, Notes notes) {
        if (at + 3 <= to && isDigit(d[at]) && d[at + 1] == '.' && isDigit(d[at + 2])) {
            return (d[at] - '0') * 10 + d[at + 2] - '0';
        }
        notes.event("bad_HTTP_version", Bytes.copyOf(d, Math.min(at, to), to));
        return NO_VERSION;
    }

    /** Whether HTTP/ begins there, in whatever letters. */
    private static boolean isKeyword(byte[] d, int at, int to, Notes notes) {
        if (startsWith(d, at, to, false)) {
            return true;
        }
        boolean small = startsWith(d, at, to, true);
        if (small) {
            notes.weird("lowercase_HTTP_keyword");
        }
        return small;
    }

    private static boolean startsWith(byte[] d, int at, int to, boolean anyCase) {
        if (at < 0 || at + HTTP.length > to) {
            return false;
        }
        for (int i = 0; i < HTTP.length; i++) {
            int c = d[at + i];
            if (c != HTTP[i] && !(anyCase && c == Character.toLowerCase(HTTP[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t';
    }

    private static int skipSpace(byte[] d, int at, int to) {
        int i = at;
        while (i < to && isSpace(d[i])) {
            i++;
        }
        return i;
    }

    private static int skipWord(byte[] d, int at, int to) {
        int i = at;
        while (i < to && !isSpace(d[i])) {
            i++;
        }
        return Math.min(i, Math.max(at, to));
    }

    /** RFC 2616 section 2.2. */
    private static boolean isTokenChar(int c) {
        return c > 32 && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }

    /** RFC 3986 section 2, and the escape. */
    private static boolean isUriChar(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || isDigit(c)
                || c != 0 && ":/?#[]@!$&'()*+,;=-_.~%".indexOf(c) >= 0;
    }

    /** Replaces %xx and %uxxxx by what they stand for; tells of those that stand for nothing. */
    static Bytes unescape(Bytes uri, @Nullable Notes notes) {
        byte[] in = uri.array();
        int percent = 0;
        while (percent < in.length && in[percent] != '%') {
            percent++;
        }
        if (percent == in.length) {
            return uri;
        }
        byte[] out = new byte[in.length];
        System.arraycopy(in, 0, out, 0, percent);
        int n = percent;
        for (int i = percent; i < in.length; i++) {
            if (in[i] != '%') {
                out[n++] = in[i];
                continue;
            }
            int left = in.length - i - 1;
            if (left == 0) {
                out[n++] = '%';
                tell(notes, "illegal_%_at_end_of_URI");
            } else if (left == 1) {
                out[n++] = '%';
                out[n++] = in[++i];
                tell(notes, "partial_escape_at_end_of_URI");
            } else if (in[i + 1] == '%') {
                // A mistake, or somebody hides something: the first is passed over.
                tell(notes, "double_%_in_URI");
            } else if (hex(in[i + 1]) >= 0 && hex(in[i + 2]) >= 0) {
                out[n++] = (byte) (hex(in[i + 1]) << 4 | hex(in[i + 2]));
                i += 2;
            } else if (left >= 5 && in[i + 1] == 'u' && isHex(in, i + 2, 4)) {
                // Never a standard, but in use.
                int high = hex(in[i + 2]) << 4 | hex(in[i + 3]);
                if (high != 0) {
                    out[n++] = (byte) high;
                }
                out[n++] = (byte) (hex(in[i + 4]) << 4 | hex(in[i + 5]));
                i += 5;
            } else {
                tell(notes, "unescaped_%_in_URI");
                out[n++] = '%';
                out[n++] = in[++i];
            }
        }
        return Bytes.copyOf(out, 0, n);
    }

    private static void tell(@Nullable Notes notes, String weird) {
        if (notes != null) {
            notes.weird(weird);
        }
    }

    private static int hex(int c) {
        return c < 0 ? -1 : Character.digit(c, 16);
    }

    private static boolean isHex(byte[] d, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (hex(d[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a connection begins with a request and a status line. */
    static Match detect(boolean fromOriginator, byte[] d, int from, int to) {
        return fromOriginator ? detectRequest(d, from, to) : detectReply(d, from, to);
    }

    private static Match detectReply(byte[] d, int from, int to) {
        int length = Math.min(HTTP.length, to - from);
        for (int i = 0; i < length; i++) {
            if (d[from + i] != HTTP[i]) {
                return Match.NO;
            }
        }
        if (to - from <= HTTP.length) {
            return Match.MORE;
        }
        return isDigit(d[from + HTTP.length]) ? Match.YES : Match.NO;
    }

    /** A word of letters, a space, and something that may be a URI. */
    private static Match detectRequest(byte[] d, int from, int to) {
        int at = from;
        while (at < to && (d[at] == '\r' || d[at] == '\n' || isSpace(d[at]))) {
            at++;
        }
        int method = at;
        while (at < to && (d[at] >= 'A' && d[at] <= 'Z' || d[at] >= 'a' && d[at] <= 'z')) {
            at++;
        }
        if (at == to) {
            return at - method < LONGEST_METHOD ? Match.MORE : Match.NO;
        }
        if (at - method < 3 || !isSpace(d[at])) {
            return Match.NO;
        }
        for (int i = at; i < to && d[i] != '\r' && d[i] != '\n'; i++) {
            if (startsWith(d, i, to, true)) {
                return Match.YES;
            }
        }
        return to - from < 2048 && lineOpen(d, at, to) ? Match.MORE : Match.NO;
    }

    private static boolean lineOpen(byte[] d, int from, int to) {
        for (int i = from; i < to; i++) {
            if (d[i] == '\r' || d[i] == '\n') {
                return false;
            }
        }
        return true;
    }
}
