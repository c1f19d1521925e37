package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Strings taken apart and put together (Zeek {@code src/strings.bif}). */
public final class SplitFunctions {
    private SplitFunctions() {}

    /**
     * The parts of a string between matches, with the matches between them when asked for. An empty match separates
     * nothing.
     *
     * @param most separators taken, 0 for all
     */
    static List<Bytes> parts(Bytes str, Pattern re, boolean separators, long most) {
        List<Bytes> parts = new ArrayList<>();
        byte[] data = str.array();
        int start = 0;
        int found = 0;
        boolean begin = true;
        while (true) {
            int at = start;
            int length = 0;
            while (at < data.length) {
                length = re.longestPrefix(data, at, data.length, begin, true);
                if (length > 0) {
                    break;
                }
                begin = false;
                at++;
            }
            if (most != 0 && found >= most) {
                at = data.length;
            }
            parts.add(str.slice(start, at));
            if (at >= data.length) {
                return parts;
            }
            if (separators) {
                parts.add(str.slice(at, at + length));
            }
            found++;
            start = at + length;
        }
    }

    @Bif(value = "split_string", type = "function(str: string, re: pattern): string_vec", pure = true)
    public static VectorValue splitString(Bytes str, Pattern re) {
        return BifTypes.strings(parts(str, re, false, 0));
    }

    @Bif(value = "split_string1", type = "function(str: string, re: pattern): string_vec", pure = true)
    public static VectorValue splitString1(Bytes str, Pattern re) {
        return BifTypes.strings(parts(str, re, false, 1));
    }

    @Bif(value = "split_string_all", type = "function(str: string, re: pattern): string_vec", pure = true)
    public static VectorValue splitStringAll(Bytes str, Pattern re) {
        return BifTypes.strings(parts(str, re, true, 0));
    }

    @Bif(
            value = "split_string_n",
            type = "function(str: string, re: pattern, incl_sep: bool, max_num_sep: count): string_vec",
            pure = true)
    public static VectorValue splitStringN(Bytes str, Pattern re, boolean inclSep, long maxNumSep) {
        return BifTypes.strings(parts(str, re, inclSep, maxNumSep));
    }

    @Bif(value = "str_split_indices", type = "function(s: string, idx: index_vec): string_vec", pure = true)
    public static VectorValue strSplitIndices(Bytes s, VectorValue idx) {
        List<Bytes> parts = new ArrayList<>();
        if (idx.size() > 0) {
            TreeSet<Integer> starts = new TreeSet<>();
            starts.add(0);
            for (int i = 0; i < idx.size(); i++) {
                if (idx.get(i) instanceof Long n && n > 0 && n < s.length()) {
                    starts.add(n.intValue());
                }
            }
            for (int start : starts) {
                Integer next = starts.higher(start);
                parts.add(s.slice(start, next == null ? s.length() : next));
            }
        }
        return BifTypes.strings(parts);
    }

    @Bif(value = "join_string_vec", type = "function(vec: string_vec, sep: string): string", pure = true)
    public static Bytes joinStringVec(VectorValue vec, Bytes sep) {
        ByteSink out = new ByteSink();
        for (int i = 0; i < vec.size(); i++) {
            if (i > 0) {
                out.add(sep);
            }
            Describe.append(out, vec.get(i), vec.type().element(), Describe.Style.RAW);
        }
        return out.toBytes();
    }

    @Bif(value = "join_string_set", type = "function(ss: string_set, sep: string): string", pure = true)
    public static Bytes joinStringSet(TableValue ss, Bytes sep) {
        ByteSink out = new ByteSink();
        boolean first = true;
        for (int e = ss.nextEntry(-1); e >= 0; e = ss.nextEntry(e)) {
            if (!first) {
                out.add(sep);
            }
            first = false;
            Describe.append(out, ss.entryKey(e), Types.STRING, Describe.Style.RAW);
        }
        return out.toBytes();
    }
}
