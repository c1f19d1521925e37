package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** String functions of the dialect of 2018, over {@code table[count] of string} numbered from 1 (zeek v2.5, strings.bif). */
public final class OldStringFunctions {
    private OldStringFunctions() {}

    private static TableValue numbered(List<Bytes> list) {
        TableValue t = new TableValue(BifTypes.STRING_ARRAY);
        for (int i = 0; i < list.size(); i++) {
            t.put((long) i + 1, list.get(i));
        }
        return t;
    }

    @Bif(value = "split", type = "function(str: string, re: pattern): string_array", pure = true)
    public static TableValue split(Bytes str, Pattern re) {
        return numbered(SplitFunctions.parts(str, re, false, 0));
    }

    @Bif(value = "split1", type = "function(str: string, re: pattern): string_array", pure = true)
    public static TableValue split1(Bytes str, Pattern re) {
        return numbered(SplitFunctions.parts(str, re, false, 1));
    }

    @Bif(value = "split_all", type = "function(str: string, re: pattern): string_array", pure = true)
    public static TableValue splitAll(Bytes str, Pattern re) {
        return numbered(SplitFunctions.parts(str, re, true, 0));
    }

    @Bif(
            value = "split_n",
            type = "function(str: string, re: pattern, incl_sep: bool, max_num_sep: count): string_array",
            pure = true)
    public static TableValue splitN(Bytes str, Pattern re, boolean inclSep, long maxNumSep) {
        return numbered(SplitFunctions.parts(str, re, inclSep, maxNumSep));
    }

    private static Bytes joined(TableValue a, long from, long to, Bytes separator) {
        ByteSink out = new ByteSink();
        for (long i = from; i <= to && i > 0; i++) {
            if (i > from) {
                out.add(separator);
            }
            Describe.append(out, a.get(i), Types.STRING, Describe.Style.RAW);
        }
        return out.toBytes();
    }

    @Bif(value = "cat_string_array", type = "function(a: string_array): string", pure = true)
    public static Bytes catStringArray(TableValue a) {
        return joined(a, 1, a.size(), Bytes.EMPTY);
    }

    @Bif(
            value = "cat_string_array_n",
            type = "function(a: string_array, start: count, end: count): string",
            pure = true)
    public static Bytes catStringArrayN(TableValue a, long start, long end) {
        return joined(a, Math.max(1, start), Math.min(end, a.size()), Bytes.EMPTY);
    }

    @Bif(value = "join_string_array", type = "function(sep: string, a: string_array): string", pure = true)
    public static Bytes joinStringArray(Bytes sep, TableValue a) {
        return joined(a, 1, a.size(), sep);
    }

    @Bif(value = "sort_string_array", type = "function(a: string_array): string_array", pure = true)
    public static TableValue sortStringArray(TableValue a) {
        List<Bytes> list = new ArrayList<>();
        for (int e = a.nextEntry(-1); e >= 0; e = a.nextEntry(e)) {
            if (a.entryValue(e) instanceof Bytes b) {
                list.add(b);
            }
        }
        Collections.sort(list);
        return numbered(list);
    }

    /** Either pattern, as one. */
    @Bif(value = "merge_pattern", type = "function(p1: pattern, p2: pattern): pattern", pure = true)
    public static Pattern mergePattern(Pattern p1, Pattern p2) {
        return p1.or(p2);
    }
}
