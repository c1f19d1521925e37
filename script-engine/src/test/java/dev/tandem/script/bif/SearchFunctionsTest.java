package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    private static Bytes b(String s) {
        return Bytes.latin1(s);
    }

    private static Pattern re(String text) {
        return Pattern.compile(text, false, false);
    }

    @ParameterizedTest
    @CsvSource({
        "sub, aXbXc, X, -, a-bXc",
        "gsub, aXbXc, X, -, a-b-c",
        "gsub, aaaa, aa, b, bb",
        "gsub, abab, ^a, x, xbab",
        "gsub, abab, b$, x, abax",
        "sub, abc, x, y, abc",
        "gsub, a1b22c, '[0-9]+', '', abc",
        "gsub, abc, 'x*', y, abc"
    })
    void replacesMatches(String function, String input, String pattern, String with, String expected) {
        assertEquals(expected, ctx.text(function, b(input), re(pattern), b(with)));
    }

    @ParameterizedTest
    @CsvSource({"aXbX, X, '', ab", "aaaa, aa, b, bb", "abc, '', x, abc", "abc, abcd, x, abc"})
    void substStringReplacesText(String input, String from, String to, String expected) {
        assertEquals(expected, ctx.text("subst_string", b(input), b(from), b(to)));
    }

    @ParameterizedTest
    @CsvSource({"hello, ll, 3", "hello, x, 0", "hello, hello, 1", "hi, hello, 0"})
    void strstrCountsFromOne(String big, String little, long expected) {
        assertEquals(expected, ctx.call("strstr", b(big), b(little)));
    }

    @Test
    void countSubstrDoesNotOverlap() {
        assertEquals(2L, ctx.call("count_substr", b("aaaab"), b("aa")));
        assertEquals(0L, ctx.call("count_substr", b("aaaab"), b("c")));
    }

    @Test
    void findStrLooksFromEitherEnd() {
        Bytes s = b("abcABCabc");
        assertEquals(0L, ctx.call("find_str", s, b("abc"), null, null, null));
        assertEquals(6L, ctx.call("rfind_str", s, b("abc"), null, null, null));
        assertEquals(3L, ctx.call("find_str", s, b("abc"), 1L, null, false));
        assertEquals(6L, ctx.call("find_str", s, b("abc"), 1L, null, true));
        assertEquals(-1L, ctx.call("find_str", s, b("abc"), 99L, null, null));
        assertEquals(-1L, ctx.call("find_str", s, b("BCa"), 0L, 2L, null));
    }

    @Test
    void findStrRefusesAnEndBeforeTheStart() {
        assertEquals(-1L, ctx.call("find_str", b("abcdef"), b("c"), 4L, 1L, null));
        assertEquals(List.of("error: find_str: end position must be greater than start position"), ctx.messages);
    }

    @Test
    void findAllKeepsOneOfEachAndOrderedKeepsAll() {
        assertEquals("{\nab,\naab\n}", print("find_all", b("ab aab ab"), re("a+b"), null));
        assertEquals("[ab, aab, ab]", print("find_all_ordered", b("ab aab ab"), re("a+b"), null));
    }

    private String print(String function, Object... args) {
        return Describe.print(ctx.call(function, args), Types.ANY).latin1();
    }

    @Test
    void findAllRefusesLongStrings() {
        assertEquals("[]", print("find_all_ordered", b("abab"), re("a"), 3L));
        ctx.globals.put("max_find_all_string_length", 2L);
        assertEquals("[]", print("find_all_ordered", b("abab"), re("a"), null));
        assertEquals("[a, a]", print("find_all_ordered", b("abab"), re("a"), 0L));
    }

    @Test
    void firstAndLastMatch() {
        Bytes s = b("id=17, id=4");
        assertEquals("17", ctx.text("find_first", s, re("[0-9]+"), null));
        assertEquals("7", ctx.text("find_first", s, re("[0-9]+"), 4L));
        assertEquals("4", ctx.text("find_last", s, re("[0-9]+"), null));
        assertEquals("", ctx.text("find_last", s, re("x"), null));
        assertEquals("", ctx.text("find_first", s, re("[0-9]"), 50L));
    }

    @ParameterizedTest
    @CsvSource({
        "remove_prefix, hihiho, hi, ho",
        "remove_prefix, aaaa, aa, aa",
        "remove_prefix, ohi, hi, ohi",
        "remove_suffix, hohihi, hi, ho",
        "remove_suffix, hihi, hi, ''",
        "remove_suffix, hio, hi, hio"
    })
    void prefixesAndSuffixesGoAsOftenAsTheyStandThere(String function, String s, String part, String expected) {
        assertEquals(expected, ctx.text(function, b(s), b(part)));
    }

    @Test
    void startsAndEnds() {
        assertEquals(true, ctx.call("starts_with", b("abc"), b("ab")));
        assertEquals(false, ctx.call("starts_with", b("a"), b("ab")));
        assertEquals(true, ctx.call("ends_with", b("abc"), b("bc")));
        assertEquals(true, ctx.call("ends_with", b("abc"), b("")));
    }

    @Test
    void stringsBecomePatterns() {
        assertEquals("a\\.b\\|c", ctx.text("convert_for_pattern", b("a.b|c")));
        assertEquals("/^?(a.b)$?/", print("string_to_pattern", b("a.b"), false));
        Pattern quoted = (Pattern) ctx.call("string_to_pattern", b("a.b"), true);
        assertEquals(false, quoted.matchesExactly(b("axb")));
        assertThrows(ScriptError.class, () -> ctx.call("string_to_pattern", b("(("), false));
    }
}
