package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Ascii;
import dev.tandem.script.runtime.ByteSink;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON text to plain values: {@link #NULL}, Boolean, {@link Numeral}, Bytes, List and {@link Members}. Rejections read as those
 * of rapidjson, which Zeek's from_json passes on.
 */
final class JsonParser {
    /** JSON's null. */
    static final Object NULL = new Object();

    private static final int DEEPEST = 1000;
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(64);

    /**
     * A number.
     *
     * @param integer its value when it is written without fraction and exponent and fits 64 bits, else null
     */
    record Numeral(double value, @Nullable BigInteger integer) {}

    /** An object's members in order of appearance. */
    record Members(List<Bytes> names, List<Object> values) {
        @Nullable
        Object find(Bytes name) {
            int at = names.indexOf(name);
            return at < 0 ? null : values.get(at);
        }
    }

    /** Text that is no JSON. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message, int offset) {
            super("JSON parse error: " + message + " Offset: " + offset, null, false, false);
        }
    }

    private final Bytes text;
    private int at;
    private int depth;

    private JsonParser(Bytes text) {
        this.text = text;
    }

    static Object parse(Bytes text) throws Malformed {
        JsonParser p = new JsonParser(text);
        p.skipSpace();
        if (p.at == text.length()) {
            throw new Malformed("The document is empty.", p.at);
        }
        Object value = p.value();
        p.skipSpace();
        if (p.at < text.length()) {
            throw new Malformed("The document root must not be followed by other values.", p.at);
        }
        return value;
    }

    private int peek() {
        return at < text.length() ? text.at(at) : -1;
    }

    private void skipSpace() {
        int c = peek();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            at++;
            c = peek();
        }
    }

    private Object value() throws Malformed {
        if (++depth > DEEPEST) {
            throw new Malformed("Invalid value.", at);
        }
        Object value = switch (peek()) {
            case 'n' -> word("null", NULL);
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case '"' -> string();
            case '{' -> object();
            case '[' -> array();
            default -> number();
        };
        depth--;
        return value;
    }

    private Object word(String word, Object value) throws Malformed {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw new Malformed("Invalid value.", at);
            }
            at++;
        }
        return value;
    }

    private Members object() throws Malformed {
        Members members = new Members(new ArrayList<>(), new ArrayList<>());
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            if (peek() != '"') {
                throw new Malformed("Missing a name for object member.", at);
            }
            members.names.add(string());
            skipSpace();
            if (peek() != ':') {
                throw new Malformed("Missing a colon after a name of object member.", at);
            }
            at++;
            skipSpace();
            members.values.add(value());
            skipSpace();
            int c = peek();
            if (c != ',' && c != '}') {
                throw new Malformed("Missing a comma or } after an object member.", at);
            }
            at++;
            if (c == '}') {
                return members;
            }
            skipSpace();
        }
    }

    private List<Object> array() throws Malformed {
        List<Object> elements = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(value());
            skipSpace();
            int c = peek();
            if (c != ',' && c != ']') {
                throw new Malformed("Missing a comma or ] after an array element.", at);
            }
            at++;
            if (c == ']') {
                return elements;
            }
            skipSpace();
        }
    }

    private Numeral number() throws Malformed {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else if (Ascii.isDigit(peek())) {
            digits();
        } else {
            throw new Malformed("Invalid value.", at);
        }
        boolean integer = true;
        if (peek() == '.') {
            integer = false;
            at++;
            if (!Ascii.isDigit(peek())) {
                throw new Malformed("Miss fraction part in number.", at);
            }
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            integer = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            if (!Ascii.isDigit(peek())) {
                throw new Malformed("Miss exponent in number.", at);
            }
            digits();
        }
        String s = text.slice(start, at).latin1();
        double d = Double.parseDouble(s);
        if (Double.isInfinite(d)) {
            throw new Malformed("Numeral too big to be stored in double.", start);
        }
        BigInteger n = integer && s.length() <= 20 ? new BigInteger(s) : null;
        boolean fits = n != null && n.compareTo(UNSIGNED_LIMIT) < 0 && n.bitLength() <= (n.signum() < 0 ? 63 : 64);
        return new Numeral(d, fits ? n : null);
    }

    private void digits() {
        while (Ascii.isDigit(peek())) {
            at++;
        }
    }

    private Bytes string() throws Malformed {
        at++;
        ByteSink out = new ByteSink();
        while (true) {
            int c = peek();
            if (c < 0) {
                throw new Malformed("Missing a closing quotation mark in string.", at);
            }
            if (c == '"') {
                at++;
                return out.toBytes();
            }
            if (c < 0x20) {
                throw new Malformed(
                        c == 0 ? "Missing a closing quotation mark in string." : "Invalid encoding in string.", at);
            }
            if (c == '\\') {
                escape(out);
            } else {
                out.add(c);
                at++;
            }
        }
    }

    private void escape(ByteSink out) throws Malformed {
        int start = at++;
        int c = peek();
        at++;
        switch (c) {
            case '"', '\\', '/' -> out.add(c);
            case 'b' -> out.add('\b');
            case 'f' -> out.add('\f');
            case 'n' -> out.add('\n');
            case 'r' -> out.add('\r');
            case 't' -> out.add('\t');
            case 'u' ->
                out.add(Bytes.wrap(new String(Character.toChars(codePoint(start))).getBytes(StandardCharsets.UTF_8)));
            default -> throw new Malformed("Invalid escape character in string.", start);
        }
    }

    private int codePoint(int start) throws Malformed {
        int code = hex4(start);
        if (code >= 0xdc00 && code <= 0xdfff) {
            throw new Malformed("The surrogate pair in string is invalid.", start);
        }
        if (code < 0xd800 || code > 0xdbff) {
            return code;
        }
        if (peek() != '\\' || at + 1 >= text.length() || text.at(at + 1) != 'u') {
            throw new Malformed("The surrogate pair in string is invalid.", start);
        }
        at += 2;
        int low = hex4(start);
        if (low < 0xdc00 || low > 0xdfff) {
            throw new Malformed("The surrogate pair in string is invalid.", start);
        }
        return Character.toCodePoint((char) code, (char) low);
    }

    private int hex4(int start) throws Malformed {
        int n = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Ascii.hexDigit(peek());
            if (digit < 0) {
                throw new Malformed("Incorrect hex digit after \\u escape in string.", start);
            }
            n = n << 4 | digit;
            at++;
        }
        return n;
    }
}
