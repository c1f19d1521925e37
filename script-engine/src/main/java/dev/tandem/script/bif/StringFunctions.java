package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Ascii;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.VectorType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Strings measured and reshaped (Zeek {@code src/strings.bif}). */
public final class StringFunctions {
    private static final Bytes SPACES = Bytes.of(" \t\n\r\u000b\f");

    private StringFunctions() {}

    @Bif(value = "to_lower", type = "function(str: string): string", pure = true)
    public static Bytes toLower(Bytes str) {
        return Ascii.lower(str);
    }

    @Bif(value = "to_upper", type = "function(str: string): string", pure = true)
    public static Bytes toUpper(Bytes str) {
        return Ascii.upper(str);
    }

    @Bif(value = "swap_case", type = "function(str: string): string", pure = true)
    public static Bytes swapCase(Bytes str) {
        byte[] out = str.array().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (Ascii.isLower(out[i]) ? Ascii.upper(out[i]) : Ascii.lower(out[i]));
        }
        return Bytes.wrap(out);
    }

    @Bif(value = "to_title", type = "function(str: string): string", pure = true)
    public static Bytes toTitle(Bytes str) {
        byte[] out = str.array().clone();
        boolean start = true;
        for (int i = 0; i < out.length; i++) {
            if (start && out[i] != ' ') {
                out[i] = (byte) Ascii.upper(out[i]);
            }
            start = out[i] == ' ';
        }
        return Bytes.wrap(out);
    }

    @Bif(value = "strip", type = "function(str: string): string", pure = true)
    public static Bytes strip(Bytes str) {
        int to = str.length();
        while (to > 0 && Ascii.isSpace(str.at(to - 1))) {
            to--;
        }
        int from = 0;
        while (from < to && Ascii.isSpace(str.at(from))) {
            from++;
        }
        return str.slice(from, to);
    }

    private static boolean oneOf(Bytes chars, int b) {
        for (int i = 0; i < chars.length(); i++) {
            if (chars.at(i) == b) {
                return true;
            }
        }
        return false;
    }

    @Bif(
            value = "lstrip",
            type = "function(str: string, chars: string &default=\" \\t\\n\\r\\v\\f\"): string",
            pure = true)
    public static Bytes lstrip(Bytes str, @Nullable Bytes chars) {
        Bytes strip = chars == null ? SPACES : chars;
        int from = 0;
        while (from < str.length() && oneOf(strip, str.at(from))) {
            from++;
        }
        return str.slice(from, str.length());
    }

    @Bif(
            value = "rstrip",
            type = "function(str: string, chars: string &default=\" \\t\\n\\r\\v\\f\"): string",
            pure = true)
    public static Bytes rstrip(Bytes str, @Nullable Bytes chars) {
        Bytes strip = chars == null ? SPACES : chars;
        int to = str.length();
        while (to > 0 && oneOf(strip, str.at(to - 1))) {
            to--;
        }
        return str.slice(0, to);
    }

    @Bif(value = "ljust", type = "function(str: string, width: count, fill: string &default=\" \"): string")
    public static @Nullable Bytes ljust(ScriptContext ctx, Bytes str, long width, @Nullable Bytes fill) {
        return fill != null && fill.length() != 1 ? badFill(ctx, "ljust") : justify(str, width, fill, str.length());
    }

    @Bif(value = "rjust", type = "function(str: string, width: count, fill: string &default=\" \"): string")
    public static @Nullable Bytes rjust(ScriptContext ctx, Bytes str, long width, @Nullable Bytes fill) {
        return fill != null && fill.length() != 1 ? badFill(ctx, "rjust") : justify(str, width, fill, 0);
    }

    @Bif(value = "zfill", type = "function(str: string, width: count): string", pure = true)
    public static Bytes zfill(Bytes str, long width) {
        return justify(str, width, Bytes.of("0"), 0);
    }

    private static @Nullable Bytes badFill(ScriptContext ctx, String function) {
        ctx.reporter().error("Fill string passed to " + function + "() must be a single character", null);
        return null;
    }

    private static Bytes justify(Bytes str, long width, @Nullable Bytes fill, int at) {
        if (Long.compareUnsigned(width, str.length()) <= 0) {
            return str;
        }
        byte[] out = new byte[Math.toIntExact(width)];
        int missing = out.length - str.length();
        System.arraycopy(str.array(), 0, out, 0, at);
        Arrays.fill(out, at, at + missing, (byte) (fill == null ? ' ' : fill.at(0)));
        System.arraycopy(str.array(), at, out, at + missing, str.length() - at);
        return Bytes.wrap(out);
    }

    @Bif(value = "sub_bytes", type = "function(s: string, start: count, n: int): string", pure = true)
    public static Bytes subBytes(Bytes s, long start, long n) {
        long from = start == 0 ? 0 : start - 1;
        if (from < 0 || from > s.length()) {
            return Bytes.EMPTY;
        }
        long most = s.length() - from;
        return s.slice((int) from, (int) (from + (n < 0 || n > most ? most : n)));
    }

    @Bif(value = "reverse", type = "function(str: string): string", pure = true)
    public static Bytes reverse(Bytes str) {
        byte[] out = new byte[str.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) str.at(out.length - 1 - i);
        }
        return Bytes.wrap(out);
    }

    @Bif(value = "strcmp", type = "function(s1: string, s2: string): int", pure = true)
    public static long strcmp(Bytes s1, Bytes s2) {
        int at = Arrays.mismatch(s1.array(), s2.array());
        if (at < 0) {
            return 0;
        }
        return at < s1.length() && at < s2.length() ? s1.at(at) - s2.at(at) : s1.length() < s2.length() ? -1 : 1;
    }

    @Bif(value = "levenshtein_distance", type = "function(s1: string, s2: string): count", pure = true)
    public static long levenshteinDistance(Bytes s1, Bytes s2) {
        int[] before = new int[s2.length() + 1];
        int[] now = new int[s2.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= s1.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= s2.length(); j++) {
                int exchange = before[j - 1] + (s1.at(i - 1) == s2.at(j - 1) ? 0 : 1);
                now[j] = Math.min(exchange, Math.min(before[j], now[j - 1]) + 1);
            }
            int[] swap = before;
            before = now;
            now = swap;
        }
        return before[s2.length()];
    }

    @Bif(value = "edit", type = "function(arg_s: string, arg_edit_char: string): string")
    public static Bytes edit(ScriptContext ctx, Bytes s, Bytes editChar) {
        if (editChar.length() != 1) {
            ctx.callError("not exactly one edit character", editChar);
        }
        int delete = editChar.isEmpty() ? -1 : editChar.at(0);
        ByteSink out = new ByteSink(s.length());
        for (int i = 0; i < s.length(); i++) {
            if (s.at(i) == delete) {
                out.truncate(Math.max(0, out.size() - 1));
            } else {
                out.add(s.at(i));
            }
        }
        return out.toBytes();
    }

    @Bif(value = "string_fill", type = "function(len: int, source: string): string", pure = true)
    public static Bytes stringFill(long len, Bytes source) {
        if (len <= 0) {
            return Bytes.EMPTY;
        }
        byte[] out = new byte[Math.toIntExact(len)];
        for (int i = 0; i < out.length && !source.isEmpty(); i += source.length()) {
            System.arraycopy(source.array(), 0, out, i, Math.min(source.length(), out.length - i));
        }
        out[out.length - 1] = 0;
        return Bytes.wrap(out);
    }

    @Bif(value = "is_ascii", type = "function(str: string): bool", pure = true)
    public static boolean isAscii(Bytes str) {
        for (byte b : str.array()) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    @Bif(value = "is_num", type = "function(str: string): bool", pure = true)
    public static boolean isNum(Bytes str) {
        for (byte b : str.array()) {
            if (!Ascii.isDigit(b)) {
                return false;
            }
        }
        return !str.isEmpty();
    }

    @Bif(value = "is_alpha", type = "function(str: string): bool", pure = true)
    public static boolean isAlpha(Bytes str) {
        for (byte b : str.array()) {
            if (!Ascii.isAlpha(b)) {
                return false;
            }
        }
        return !str.isEmpty();
    }

    @Bif(value = "is_alnum", type = "function(str: string): bool", pure = true)
    public static boolean isAlnum(Bytes str) {
        for (byte b : str.array()) {
            if (!Ascii.isAlpha(b) && !Ascii.isDigit(b)) {
                return false;
            }
        }
        return !str.isEmpty();
    }

    @Bif(value = "clean", type = "function(str: string): string", pure = true)
    public static Bytes clean(Bytes str) {
        return Describe.escape(str);
    }

    @Bif(value = "escape_string", type = "function(s: string): string", pure = true)
    public static Bytes escapeString(Bytes s) {
        return escape(s, "\\");
    }

    @Bif(value = "to_string_literal", type = "function(str: string): string", pure = true)
    public static Bytes toStringLiteral(Bytes str) {
        return escape(str, "\\'\"");
    }

    private static Bytes escape(Bytes s, String backslashed) {
        ByteSink out = new ByteSink(s.length() + 16);
        for (int i = 0; i < s.length(); i++) {
            int b = s.at(i);
            if (backslashed.indexOf(b) >= 0) {
                out.add('\\').add(b);
            } else if (b < ' ' || b > '~') {
                out.add('\\').add('x').hex(b);
            } else {
                out.add(b);
            }
        }
        return out.toBytes();
    }

    @Bif(value = "string_to_ascii_hex", type = "function(s: string): string", pure = true)
    public static Bytes stringToAsciiHex(Bytes s) {
        ByteSink out = new ByteSink(2 * s.length());
        for (int i = 0; i < s.length(); i++) {
            out.hex(s.at(i));
        }
        return out.toBytes();
    }

    @Bif(value = "safe_shell_quote", type = "function(source: string): string", pure = true)
    public static Bytes safeShellQuote(Bytes source) {
        ByteSink out = new ByteSink(source.length() + 8);
        out.add('"');
        for (int i = 0; i < source.length(); i++) {
            int b = source.at(i);
            if (b == '`' || b == '"' || b == '\\' || b == '$') {
                out.add('\\');
            }
            out.add(b);
        }
        return out.add('"').toBytes();
    }

    private static final int HEX_COLUMNS = 50;

    @Bif(value = "hexdump", type = "function(data_str: string): string", pure = true)
    public static Bytes hexdump(Bytes data) {
        ByteSink out = new ByteSink(80 * (data.length() / 16 + 1));
        if (data.isEmpty()) {
            return out.add(" ".repeat(HEX_COLUMNS)).add('\n').toBytes();
        }
        for (int line = 0; line < data.length(); line += 16) {
            String offset = String.format("%04x", line);
            out.add(offset.substring(0, 4)).add("  ");
            int hexStart = out.size();
            int count = Math.min(16, data.length() - line);
            for (int i = 0; i < count; i++) {
                out.hex(data.at(line + i)).add(' ');
                if (i == 7) {
                    out.add(' ');
                }
            }
            out.add(" ".repeat(HEX_COLUMNS - (out.size() - hexStart)));
            for (int i = 0; i < count; i++) {
                int b = data.at(line + i);
                out.add(b < 0x20 || b >= 0x7f ? '.' : b);
                if (i == 7) {
                    out.add(' ');
                }
            }
            out.add('\n');
        }
        return out.toBytes();
    }

    @Bif(
            value = "str_smith_waterman",
            type = "function(s1: string, s2: string, params: sw_params): sw_substring_vec",
            pure = true)
    public static VectorValue strSmithWaterman(ScriptContext ctx, Bytes s1, Bytes s2, RecordValue params) {
        if (!(ctx.type("sw_substring_vec") instanceof VectorType list
                && list.element() instanceof RecordType substring
                && substring.field(1).type() instanceof VectorType aligns
                && aligns.element() instanceof RecordType align)) {
            throw new ScriptError("type sw_substring_vec is not declared");
        }
        if (SmithWaterman.isTooLarge(s1, s2)) {
            throw new ScriptError("strings too long for str_smith_waterman()");
        }
        long shortest = params.get(0) instanceof Long n ? n : 0;
        boolean repeated = params.get(1) instanceof Long n && n == 1;
        VectorValue result = new VectorValue(list);
        for (SmithWaterman.Match m : SmithWaterman.run(s1, s2, shortest, repeated)) {
            VectorValue places = new VectorValue(aligns);
            places.add(place(align, s1, m.first()));
            places.add(place(align, s2, m.second()));
            RecordValue r = Records.bare(substring);
            r.set(0, m.text());
            r.set(1, places);
            r.set(2, m.begins());
            result.add(r);
        }
        return result;
    }

    private static RecordValue place(RecordType type, Bytes string, int index) {
        RecordValue r = Records.bare(type);
        r.set(0, string);
        r.set(1, (long) index);
        return r;
    }
}
