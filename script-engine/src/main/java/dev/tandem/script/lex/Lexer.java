package dev.tandem.script.lex;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one script into tokens. Literals are matched as long as possible ({@code 80/tcp}, {@code 5 min},
 * {@code 10.0.0.0/8}, {@code [::1]}), as in Zeek's scanner (zeek {@code src/scan.l}).
 *
 * <p>A pattern cannot be told from a division here: the parser, which knows whether an operand may begin, calls
 * {@link #pattern} when it stands before a slash.
 */
public final class Lexer {
    private static final Map<String, TokenKind> KEYWORDS = new HashMap<>();
    private static final Map<String, Attr> ATTRIBUTES = new HashMap<>();
    private static final Map<String, Double> UNITS =
            Map.of("day", 86400.0, "hr", 3600.0, "min", 60.0, "sec", 1.0, "msec", 1e-3, "usec", 1e-6);

    static {
        for (TokenKind kind : TokenKind.values()) {
            if (kind.isKeyword()) {
                KEYWORDS.put(kind.text(), kind);
            }
        }
        KEYWORDS.remove("list");
        for (Attr attr : Attr.values()) {
            ATTRIBUTES.put(attr.keyword(), attr);
        }
    }

    private final Source source;
    private final byte[] text;
    private final int end;
    private int at;
    private int line = 1;
    private int lineStart;

    public Lexer(Source source) {
        this.source = source;
        this.text = source.text();
        this.end = text.length;
    }

    public Source source() {
        return source;
    }

    /** Where the next token begins at the earliest. */
    public Position here() {
        return position(at);
    }

    private Position position(int offset) {
        return new Position(source, line, offset - lineStart + 1);
    }

    private int peek(int ahead) {
        int i = at + ahead;
        return i < end ? text[i] & 0xff : -1;
    }

    /** The next token; END again and again at the end. */
    public Token next() {
        skipBlank();
        int start = at;
        Position place = position(start);
        int c = peek(0);
        if (c < 0) {
            return new Token(TokenKind.END, place, "", null, null, null);
        }
        if (isIdentStart(c) || c == ':' && peek(1) == ':' && isIdentStart(peek(2))) {
            return identifier(place);
        }
        if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            return number(place);
        }
        return switch (c) {
            case '"' -> string(place);
            case '@' -> directive(place);
            case '&' -> ampersand(place);
            case '[' -> bracket(place);
            default -> operator(place, c);
        };
    }

    private void skipBlank() {
        while (at < end) {
            int c = text[at];
            if (c == '\n') {
                at++;
                line++;
                lineStart = at;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '#') {
                while (at < end && text[at] != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    private static boolean isIdentStart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isIdentPart(int c) {
        return isIdentStart(c) || isDigit(c);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private String slice(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private Token constant(Position place, int start, Type type, Object value) {
        return new Token(TokenKind.CONST, place, slice(start, at), type, value, null);
    }

    private Token identifier(Position place) {
        int start = at;
        boolean global = peek(0) == ':';
        if (global) {
            at += 2;
        }
        while (true) {
            while (isIdentPart(peek(0))) {
                at++;
            }
            if (!global && peek(0) == ':' && peek(1) == ':' && isIdentStart(peek(2))) {
                at += 2;
            } else {
                break;
            }
        }
        if (peek(0) == '.' && endsInName()) {
            return hostName(place, start);
        }
        String word = slice(start, at);
        if (word.length() == 1) {
            if (word.equals("T") || word.equals("F")) {
                return constant(place, start, Types.BOOL, word.equals("T"));
            }
        }
        TokenKind keyword = KEYWORDS.get(word);
        return new Token(keyword == null ? TokenKind.IDENT : keyword, place, word, null, null, null);
    }

    /** Whether the labels from here on end in one that begins with a letter, as the name of a host does. */
    private boolean endsInName() {
        int i = 0;
        boolean letter = false;
        while (peek(i) == '.' && isIdentPart(peek(i + 1))) {
            letter = isIdentStart(peek(i + 1));
            i++;
            while (isIdentPart(peek(i)) || peek(i) == '-' && isIdentPart(peek(i + 1))) {
                i++;
            }
        }
        return letter;
    }

    /** {@code www.example.com}: resolved when scripts were read in 2018, an error today. */
    private Token hostName(Position place, int start) {
        while (isIdentPart(peek(0)) || (peek(0) == '.' || peek(0) == '-') && isIdentPart(peek(1))) {
            at++;
        }
        throw new ScriptSyntaxError(
                place,
                "DNS lookup of host literal '" + slice(start, at)
                        + "' is not supported. Replace with blocking_lookup_hostname().");
    }

    // ---- numbers, ports, addresses, intervals

    private Token number(Position place) {
        int start = at;
        if (peek(0) == '0' && (peek(1) == 'x') && isHex(peek(2))) {
            at += 2;
            while (isHex(peek(0))) {
                at++;
            }
            String digits = slice(start + 2, at);
            long value;
            try {
                value = Long.parseUnsignedLong(digits, 16);
            } catch (NumberFormatException e) {
                value = -1;
            }
            return constant(place, start, Types.COUNT, value);
        }
        int dotted = dottedQuad();
        if (dotted > 0) {
            return address(place, start, dotted);
        }
        boolean integer = true;
        while (isDigit(peek(0))) {
            at++;
        }
        if (integer && peek(0) == '/') {
            Token port = port(place, start);
            if (port != null) {
                return port;
            }
        }
        if (peek(0) == '.') {
            integer = false;
            at++;
            while (isDigit(peek(0))) {
                at++;
            }
        }
        int exponent = peek(0) == 'e' || peek(0) == 'E' ? (peek(1) == '+' || peek(1) == '-' ? 2 : 1) : 0;
        if (exponent > 0 && isDigit(peek(exponent))) {
            integer = false;
            at += exponent;
            while (isDigit(peek(0))) {
                at++;
            }
        }
        String digits = slice(start, at);
        Double unit = unit();
        if (unit != null) {
            return constant(place, start, Types.INTERVAL, Double.parseDouble(digits) * unit);
        }
        if (integer && (peek(0) == '.' || isIdentStart(peek(0))) && isHostNameAhead()) {
            return hostName(place, start);
        }
        if (integer) {
            long value;
            try {
                value = Long.parseUnsignedLong(digits);
            } catch (NumberFormatException e) {
                value = -1;
            }
            return constant(place, start, Types.COUNT, value);
        }
        return constant(place, start, Types.DOUBLE, Double.parseDouble(digits));
    }

    private boolean isHostNameAhead() {
        int i = 0;
        while (isIdentPart(peek(i)) || peek(i) == '-') {
            i++;
        }
        return i > 0 && peek(i) == '.' && isIdentStart(peek(i + 1));
    }

    /** Length of a dotted quad that begins here, or 0. */
    private int dottedQuad() {
        int i = 0;
        for (int part = 0; part < 4; part++) {
            if (part > 0) {
                if (peek(i) != '.') {
                    return 0;
                }
                i++;
            }
            int from = i;
            while (isDigit(peek(i))) {
                i++;
            }
            if (i == from) {
                return 0;
            }
        }
        return i;
    }

    private Token address(Position place, int start, int length) {
        at += length;
        String written = slice(start, at);
        Addr addr = Addr.parse(written);
        if (addr == null) {
            throw new ScriptSyntaxError(place, "bad address: " + written);
        }
        return subnetOrAddress(place, start, addr);
    }

    private Token subnetOrAddress(Position place, int start, Addr addr) {
        int i = 0;
        while (peek(i) == ' ' || peek(i) == '\t') {
            i++;
        }
        if (peek(i) == '/') {
            i++;
            while (peek(i) == ' ' || peek(i) == '\t') {
                i++;
            }
            int digits = i;
            while (isDigit(peek(i))) {
                i++;
            }
            if (i > digits && i - digits < 9) {
                int width = Integer.parseInt(slice(at + digits, at + i));
                at += i;
                boolean colons = slice(start, start + 1).equals("[");
                Subnet subnet = colons && width >= 0 && width <= 128 ? new Subnet(addr, width) : Subnet.of(addr, width);
                if (subnet == null) {
                    throw new ScriptSyntaxError(place, "bad subnet width: " + slice(start, at));
                }
                return constant(place, start, Types.SUBNET, subnet);
            }
        }
        return constant(place, start, Types.ADDR, addr);
    }

    private @Nullable Token port(Position place, int start) {
        for (Port.Proto proto : Port.Proto.values()) {
            String label = proto.label();
            if (matches(1, label) && !isIdentPart(peek(1 + label.length()))) {
                int digits = at;
                at += 1 + label.length();
                int limit = proto == Port.Proto.TCP || proto == Port.Proto.UDP ? 65535 : 255;
                long number = digits - start > 9 ? limit + 1L : Long.parseLong(slice(start, digits));
                if (number > limit) {
                    throw new ScriptSyntaxError(place, "bad port number - " + slice(start, at));
                }
                return constant(place, start, Types.PORT, Port.of((int) number, proto));
            }
        }
        return null;
    }

    private boolean matches(int ahead, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek(ahead + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Double unit() {
        int i = 0;
        while (peek(i) == ' ' || peek(i) == '\t') {
            i++;
        }
        String longest = null;
        for (String unit : UNITS.keySet()) {
            if (matches(i, unit) && (longest == null || unit.length() > longest.length())) {
                longest = unit;
            }
        }
        if (longest == null) {
            return null;
        }
        i += longest.length();
        if (peek(i) == 's') {
            i++;
        }
        if (isIdentPart(peek(i))) {
            return null;
        }
        at += i;
        return UNITS.get(longest);
    }

    private Token bracket(Position place) {
        int start = at;
        int i = 1;
        boolean hex = peek(1) == '0' && peek(2) == 'x';
        if (hex) {
            i = 3;
        }
        int from = i;
        while (isHex(peek(i)) || peek(i) == ':' || peek(i) == '.') {
            i++;
        }
        if (peek(i) == ']') {
            String inside = slice(at + from, at + i);
            long colons = inside.chars().filter(ch -> ch == ':').count();
            boolean form = inside.contains("::") || !hex && (colons == 7 || colons == 6 && inside.indexOf('.') > 0);
            Addr addr = form ? Addr.parse(inside) : null;
            if (addr != null) {
                at += i + 1;
                return subnetOrAddress(place, start, addr);
            }
        }
        return operator(place, '[');
    }

    // ---- strings, patterns, attributes, directives, operators

    private Token string(Position place) {
        int start = at;
        at++;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            int c = peek(0);
            if (c < 0 || c == '\n' || c == '\r') {
                throw new ScriptSyntaxError(place, "string not terminated before end of line");
            }
            if (c == 0) {
                throw new UnreadableScript(
                        place, "strings cannot contain NUL bytes - use a \\x00 escape sequence instead");
            }
            at++;
            if (c == '"') {
                break;
            }
            out.write(c == '\\' ? escape(place) : c);
        }
        return constant(place, start, Types.STRING, Bytes.wrap(out.toByteArray()));
    }

    /** Reads what follows a backslash. */
    private int escape(Position place) {
        int c = peek(0);
        if (c < 0 || c == '\n' || c == '\r') {
            throw new ScriptSyntaxError(place, "string not terminated before end of line");
        }
        at++;
        switch (c) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'a':
                return 7;
            case 'v':
                return 11;
            case 'x': {
                int value = 0;
                int digits = 0;
                while (digits < 2 && isHex(peek(0))) {
                    value = value << 4 | Character.digit(peek(0), 16);
                    at++;
                    digits++;
                }
                if (digits == 0) {
                    throw new ScriptSyntaxError(place, "bad hexadecimal escape");
                }
                return value;
            }
            default:
                if (c >= '0' && c <= '7') {
                    int value = c - '0';
                    for (int digits = 1; digits < 3 && peek(0) >= '0' && peek(0) <= '7'; digits++) {
                        value = value << 3 | peek(0) - '0';
                        at++;
                    }
                    return value & 0xff;
                }
                return c;
        }
    }

    /**
     * Reads a pattern whose opening slash is the given token, the one read last. The token's text is what stands between
     * the slashes, its value the flags ({@code i}, {@code s}).
     */
    public Token pattern(Token slash) {
        int start = at;
        while (true) {
            int c = peek(0);
            if (c < 0 || c == '\n' || c == '\r') {
                throw new ScriptSyntaxError(slash.at(), "pattern not terminated before end of line");
            }
            if (c == '/') {
                break;
            }
            at += c == '\\' && peek(1) >= 0 && peek(1) != '\n' ? 2 : 1;
        }
        String inside = slice(start, at);
        at++;
        StringBuilder flags = new StringBuilder();
        while (flags.length() < 2 && (peek(0) == 'i' || peek(0) == 's')) {
            flags.append((char) peek(0));
            at++;
        }
        if (flags.length() == 2 && flags.charAt(0) == flags.charAt(1)) {
            throw new ScriptSyntaxError(slash.at(), "pattern has duplicate mode " + flags.charAt(0));
        }
        return new Token(TokenKind.PATTERN, slash.at(), inside, null, flags.toString(), null);
    }

    private Token ampersand(Position place) {
        int i = 1;
        while (isIdentPart(peek(i))) {
            i++;
        }
        Attr attr = i == 1 ? null : ATTRIBUTES.get(slice(at, at + i));
        if (attr != null) {
            String word = slice(at, at + i);
            at += i;
            return new Token(TokenKind.ATTRIBUTE, place, word, null, null, attr);
        }
        return operator(place, '&');
    }

    /** A directive with its argument up to the end of the line where it takes one. */
    private Token directive(Position place) {
        int start = at;
        at++;
        while (isIdentPart(peek(0)) || peek(0) == '-') {
            at++;
        }
        String word = slice(start, at);
        switch (word) {
            case "@load", "@load-sigs", "@load-plugin", "@unload", "@prefixes", "@deprecated", "@pragma" -> {
                int from = at;
                while (at < end && text[at] != '\n') {
                    at++;
                }
                String rest = slice(from, at).strip();
                if (!word.equals("@deprecated") && !word.equals("@pragma") && !word.equals("@prefixes")) {
                    rest = firstWord(rest);
                }
                return new Token(TokenKind.DIRECTIVE, place, word, null, rest, null);
            }
            default -> {
                return new Token(TokenKind.DIRECTIVE, place, word, null, "", null);
            }
        }
    }

    private static String firstWord(String text) {
        int i = 0;
        while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return text.substring(0, i);
    }

    /**
     * Skips text that a false {@code @if} switches off, up to the {@code @else} or {@code @endif} of the same level.
     *
     * @return the directive that ended it; END at the end of the file
     */
    public Token skipInactive(boolean stopAtElse) {
        int depth = 0;
        while (true) {
            while (at < end && text[at] != '@') {
                if (text[at] == '\n') {
                    line++;
                    lineStart = at + 1;
                }
                at++;
            }
            if (at >= end) {
                return new Token(TokenKind.END, here(), "", null, null, null);
            }
            Position place = here();
            int start = at;
            at++;
            while (isIdentPart(peek(0))) {
                at++;
            }
            String word = slice(start, at);
            switch (word) {
                case "@if", "@ifdef", "@ifndef" -> depth++;
                case "@endif" -> {
                    if (depth-- == 0) {
                        return new Token(TokenKind.DIRECTIVE, place, word, null, "", null);
                    }
                }
                case "@else" -> {
                    if (depth == 0 && stopAtElse) {
                        return new Token(TokenKind.DIRECTIVE, place, word, null, "", null);
                    }
                }
                default -> {}
            }
        }
    }

    private Token operator(Position place, int c) {
        int d = peek(1);
        TokenKind two = switch (c) {
            case '+' -> d == '+' ? TokenKind.INCR : d == '=' ? TokenKind.ADD_ASSIGN : null;
            case '-' -> d == '-' ? TokenKind.DECR : d == '=' ? TokenKind.SUB_ASSIGN : null;
            case '=' -> d == '=' ? TokenKind.EQ : null;
            case '!' -> d == '=' ? TokenKind.NE : null;
            case '<' -> d == '=' ? TokenKind.LE : d == '<' ? TokenKind.SHL : null;
            case '>' -> d == '=' ? TokenKind.GE : d == '>' ? TokenKind.SHR : null;
            case '&' -> d == '&' ? TokenKind.AND_AND : null;
            case '|' -> d == '|' ? TokenKind.OR_OR : null;
            case '?' -> d == '$' ? TokenKind.HAS_FIELD : null;
            default -> null;
        };
        if (two != null) {
            at += 2;
            return new Token(two, place, two.text(), null, null, null);
        }
        if (c == '!' && isNotIn()) {
            return new Token(TokenKind.NOT_IN, place, "!in", null, null, null);
        }
        if (c == '?' && d == 'a' && peek(2) == 's' && !isIdentPart(peek(3))) {
            at += 3;
            return new Token(TokenKind.OPT_AS, place, "?as", null, null, null);
        }
        TokenKind one = switch (c) {
            case '(' -> TokenKind.LPAREN;
            case ')' -> TokenKind.RPAREN;
            case '[' -> TokenKind.LBRACKET;
            case ']' -> TokenKind.RBRACKET;
            case '{' -> TokenKind.LBRACE;
            case '}' -> TokenKind.RBRACE;
            case ',' -> TokenKind.COMMA;
            case ';' -> TokenKind.SEMICOLON;
            case ':' -> TokenKind.COLON;
            case '?' -> TokenKind.QUESTION;
            case '$' -> TokenKind.DOLLAR;
            case '=' -> TokenKind.ASSIGN;
            case '<' -> TokenKind.LT;
            case '>' -> TokenKind.GT;
            case '+' -> TokenKind.PLUS;
            case '-' -> TokenKind.MINUS;
            case '*' -> TokenKind.TIMES;
            case '/' -> TokenKind.SLASH;
            case '%' -> TokenKind.PERCENT;
            case '&' -> TokenKind.AMP;
            case '|' -> TokenKind.PIPE;
            case '^' -> TokenKind.CARET;
            case '~' -> TokenKind.TILDE;
            case '!' -> TokenKind.BANG;
            default -> null;
        };
        at++;
        if (one == null) {
            String shown = c >= 32 && c < 127 ? String.valueOf((char) c) : String.format("\\x%02x", c);
            throw new ScriptSyntaxError(place, "unrecognized character: '" + shown + "'");
        }
        return new Token(one, place, one.text(), null, null, null);
    }

    /** Whether {@code !in} stands here; then it is consumed. */
    private boolean isNotIn() {
        int i = 1;
        while (peek(i) == ' ' || peek(i) == '\t') {
            i++;
        }
        if (peek(i) == 'i' && peek(i + 1) == 'n' && peek(i + 2) >= 0 && !isIdentPart(peek(i + 2))) {
            at += i + 2;
            return true;
        }
        return false;
    }
}
