package dev.tandem.logwriters;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What all JSON strings have in common (RFC 8259 section 7). */
final class JsonText {
    private JsonText() {}

    /** The letter behind the backslash for what has a short escape, else 0. */
    static char shortForm(byte value) {
        return switch (value) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
    }

    /** {@code "name":}, as a column's values are introduced. */
    static byte[] key(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('"');
        for (byte value : name.getBytes(StandardCharsets.UTF_8)) {
            char shortForm = shortForm(value);
            if (shortForm != 0) {
                out.write('\\');
                out.write(shortForm);
            } else if (value >= 0 && value < 0x20) {
                out.writeBytes(String.format(Locale.ROOT, "\\u%04X", value).getBytes(StandardCharsets.ISO_8859_1));
            } else {
                out.write(value);
            }
        }
        out.write('"');
        out.write(':');
        return out.toByteArray();
    }
}
