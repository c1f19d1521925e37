package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.pattern.PatternSyntaxError;
import dev.tandem.script.runtime.Ascii;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strings and patterns looked for and replaced (Zeek {@code src/strings.bif}). */
public final class SearchFunctions {
    private static final String TOO_LONG = "max_find_all_string_length_exceeded";

    private SearchFunctions() {}

    @Bif(value = "sub", type = "function(str: string, re: pattern, repl: string): string", pure = true)
    public static Bytes sub(Bytes str, Pattern re, Bytes repl) {
        return replace(str, re, repl, false);
    }

    @Bif(value = "gsub", type = "function(str: string, re: pattern, repl: string): string", pure = true)
    public static Bytes gsub(Bytes str, Pattern re, Bytes repl) {
        return replace(str, re, repl, true);
    }

    private static Bytes replace(Bytes str, Pattern re, Bytes repl, boolean all) {
        byte[] data = str.array();
        ByteSink out = null;
        int copied = 0;
        boolean begin = true;
        int at = 0;
        while (at < data.length) {
            int length = re.longestPrefix(data, at, data.length, begin, true);
            if (length <= 0) {
                begin = false;
                at++;
                continue;
            }
            if (out == null) {
                out = new ByteSink(data.length + repl.length());
            }
            out.add(data, copied, at).add(repl);
            at += length;
            copied = at;
            if (!all) {
                break;
            }
        }
        return out == null ? str : out.add(data, copied, data.length).toBytes();
    }

    @Bif(value = "subst_string", type = "function(s: string, from: string, to: string): string", pure = true)
    public static Bytes substString(Bytes s, Bytes from, Bytes to) {
        int at = from.isEmpty() ? -1 : s.indexOf(from, 0);
        if (at < 0) {
            return s;
        }
        ByteSink out = new ByteSink(s.length() + to.length());
        int copied = 0;
        while (at >= 0) {
            out.add(s.array(), copied, at).add(to);
            copied = at + from.length();
            at = s.indexOf(from, copied);
        }
        return out.add(s.array(), copied, s.length()).toBytes();
    }

    @Bif(value = "strstr", type = "function(big: string, little: string): count", pure = true)
    public static long strstr(Bytes big, Bytes little) {
        return 1L + big.indexOf(little, 0);
    }

    @Bif(value = "count_substr", type = "function(str: string, sub: string): count", pure = true)
    public static long countSubstr(Bytes str, Bytes sub) {
        long n = 0;
        if (!sub.isEmpty()) {
            for (int at = str.indexOf(sub, 0); at >= 0; at = str.indexOf(sub, at + sub.length())) {
                n++;
            }
        }
        return n;
    }

    @Bif(
            value = "find_str",
            type = "function(str: string, sub: string, start: count &default=0, end: int &default=-1,"
                    + " case_sensitive: bool &default=T): int")
    public static long findStr(
            ScriptContext ctx,
            Bytes str,
            Bytes sub,
            @Nullable Long start,
            @Nullable Long end,
            @Nullable Boolean caseSensitive) {
        return find(ctx, str, sub, start, end, caseSensitive, false);
    }

    @Bif(
            value = "rfind_str",
            type = "function(str: string, sub: string, start: count &default=0, end: int &default=-1,"
                    + " case_sensitive: bool &default=T): int")
    public static long rfindStr(
            ScriptContext ctx,
            Bytes str,
            Bytes sub,
            @Nullable Long start,
            @Nullable Long end,
            @Nullable Boolean caseSensitive) {
        return find(ctx, str, sub, start, end, caseSensitive, true);
    }

    private static long find(
            ScriptContext ctx,
            Bytes str,
            Bytes sub,
            @Nullable Long startArg,
            @Nullable Long endArg,
            @Nullable Boolean caseSensitive,
            boolean last) {
        long start = startArg == null ? 0 : startArg;
        long end = endArg == null ? -1 : endArg;
        int length = str.length();
        if (start < 0 || start > length) {
            return -1;
        }
        if (end != -1 && end < start) {
            ctx.reporter().error("find_str: end position must be greater than start position", null);
            return -1;
        }
        long limit = end >= 0 && end < length ? end : length;
        if (limit - start + 1 < sub.length()) {
            return -1;
        }
        // Zeek takes the end position as a length here, so the part searched may reach beyond it.
        Bytes part = str.slice((int) start, (int) Math.min(length, start + limit));
        Bytes wanted = sub;
        if (caseSensitive != null && !caseSensitive) {
            part = Ascii.lower(part);
            wanted = Ascii.lower(sub);
        }
        int at = last ? lastIndexOf(part, wanted, part.length()) : part.indexOf(wanted, 0);
        return at < 0 ? -1 : at + start;
    }

    /** Position of the last occurrence that begins at or before {@code from}, or -1. */
    static int lastIndexOf(Bytes s, Bytes part, int from) {
        for (int i = Math.min(from, s.length() - part.length()); i >= 0; i--) {
            if (s.indexOf(part, i) == i) {
                return i;
            }
        }
        return -1;
    }

    @Bif(value = "find_all", type = "function(str: string, re: pattern, max_str_size: int &default=-1): string_set")
    public static TableValue findAll(ScriptContext ctx, Bytes str, Pattern re, @Nullable Long maxStrSize) {
        return BifTypes.stringSet(matches(ctx, str, re, maxStrSize));
    }

    @Bif(
            value = "find_all_ordered",
            type = "function(str: string, re: pattern, max_str_size: int &default=-1): string_vec")
    public static VectorValue findAllOrdered(ScriptContext ctx, Bytes str, Pattern re, @Nullable Long maxStrSize) {
        return BifTypes.strings(matches(ctx, str, re, maxStrSize));
    }

    private static List<Bytes> matches(ScriptContext ctx, Bytes str, Pattern re, @Nullable Long maxStrSize) {
        List<Bytes> found = new ArrayList<>();
        long limit = maxStrSize == null ? -1 : maxStrSize;
        if (limit < 0 && ctx.global("max_find_all_string_length") instanceof Long n) {
            limit = n;
        }
        if (limit > 0 && str.length() > limit) {
            String more = ctx.callSite() + ": length " + str.length() + " exceeded " + limit
                    + (maxStrSize == null || maxStrSize < 0 ? "(from constant max_find_all_string_length" : "");
            ReporterFunctions.netWeird(ctx, Bytes.of(TOO_LONG), Bytes.of(more), null);
            return found;
        }
        byte[] data = str.array();
        for (int at = 0; at < data.length; ) {
            int length = re.longestPrefix(data, at, data.length, true, true);
            if (length >= 0) {
                found.add(str.slice(at, at + length));
            }
            at += Math.max(1, length);
        }
        return found;
    }

    @Bif(
            value = "find_first",
            type = "function(str: string, re: pattern, offset: count &default=0): string",
            pure = true)
    public static Bytes findFirst(Bytes str, Pattern re, @Nullable Long offset) {
        byte[] data = str.array();
        for (int at = offset(str, offset); at < data.length; at++) {
            int length = re.longestPrefix(data, at, data.length, true, true);
            if (length >= 0) {
                return str.slice(at, at + length);
            }
        }
        return Bytes.EMPTY;
    }

    @Bif(
            value = "find_last",
            type = "function(str: string, re: pattern, offset: count &default=0): string",
            pure = true)
    public static Bytes findLast(Bytes str, Pattern re, @Nullable Long offset) {
        byte[] data = str.array();
        int first = offset(str, offset);
        for (int at = data.length - 1; at >= first; at--) {
            int length = re.longestPrefix(data, at, data.length, true, true);
            if (length >= 0) {
                return str.slice(at, at + length);
            }
        }
        return Bytes.EMPTY;
    }

    private static int offset(Bytes str, @Nullable Long offset) {
        return offset == null ? 0 : Long.compareUnsigned(offset, str.length()) > 0 ? str.length() : offset.intValue();
    }

    @Bif(value = "starts_with", type = "function(str: string, sub: string): bool", pure = true)
    public static boolean startsWith(Bytes str, Bytes sub) {
        return str.startsWith(sub);
    }

    @Bif(value = "ends_with", type = "function(str: string, sub: string): bool", pure = true)
    public static boolean endsWith(Bytes str, Bytes sub) {
        return str.endsWith(sub);
    }

    @Bif(value = "remove_prefix", type = "function(str: string, sub: string): string", pure = true)
    public static Bytes removePrefix(Bytes str, Bytes sub) {
        if (sub.isEmpty() || !str.startsWith(sub)) {
            return str;
        }
        // An occurrence that overlaps the one before stops Zeek's search, hence indexOf and not a plain comparison.
        int end = sub.length();
        int at = str.indexOf(sub, 1);
        while (at == end && end < str.length()) {
            end += sub.length();
            at = str.indexOf(sub, at + 1);
        }
        return str.slice(end, str.length());
    }

    @Bif(value = "remove_suffix", type = "function(str: string, sub: string): string", pure = true)
    public static Bytes removeSuffix(Bytes str, Bytes sub) {
        if (sub.isEmpty() || !str.endsWith(sub)) {
            return str;
        }
        int start = str.length() - sub.length();
        int at = lastIndexOf(str, sub, start - 1);
        while (start > 0 && at == start - sub.length()) {
            start = at;
            at = lastIndexOf(str, sub, at - 1);
        }
        return str.slice(0, start);
    }

    @Bif(value = "convert_for_pattern", type = "function(s: string): string", pure = true)
    public static Bytes convertForPattern(Bytes s) {
        return Bytes.latin1(Pattern.quote(s.latin1()));
    }

    @Bif(value = "string_to_pattern", type = "function(s: string, convert: bool): pattern", pure = true)
    public static Pattern stringToPattern(Bytes s, boolean convert) {
        String text = s.latin1();
        try {
            return Pattern.compile(convert ? Pattern.quote(text) : text, false, false);
        } catch (PatternSyntaxError e) {
            throw new ScriptError("error compiling pattern /" + text + "/: " + e.getMessage());
        }
    }
}
