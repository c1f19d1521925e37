package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StringFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    private static Bytes b(String s) {
        return Bytes.latin1(s);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "to_lower|MiXed-42\u00c9|mixed-42\u00c9",
                "to_upper|MiXed-42\u00e9|MIXED-42\u00e9",
                "swap_case|MiXed 7|mIxED 7",
                "to_title|the  quick brOwn fox |The  Quick BrOwn Fox ",
                "strip|  two words \t|two words",
                "lstrip| \tx |x ",
                "rstrip| x\t | x",
                "reverse|drawer|reward",
                "escape_string|a\\b\u0001\"|a\\\\b\\x01\"",
                "to_string_literal|a\\'\u00ff\"|a\\\\\\'\\xff\\\"",
                "clean|a\\\u0007b|a\\\\x07b",
                "string_to_ascii_hex|Az\u0000|417a00",
                "safe_shell_quote|a\"b`c$d\\e'|\"a\\\"b\\`c\\$d\\\\e'\""
            })
    void reshapes(String function, String input, String expected) {
        String result = "lstrip".equals(function) || "rstrip".equals(function)
                ? ctx.text(function, b(input), null)
                : ctx.text(function, b(input));
        assertEquals(expected, result);
    }

    @Test
    void stripOfBlanksIsEmpty() {
        assertEquals("", ctx.text("strip", b(" \t\n ")));
        assertEquals("", ctx.text("strip", b("")));
    }

    @Test
    void stripsGivenCharactersOnly() {
        assertEquals("abcxx", ctx.text("lstrip", b("xyabcxx"), b("yx")));
        assertEquals("xxabc", ctx.text("rstrip", b("xxabcyx"), b("yx")));
    }

    @Test
    void justificationPadsToTheWidth() {
        assertEquals("ab   ", ctx.text("ljust", b("ab"), 5L, null));
        assertEquals("...ab", ctx.text("rjust", b("ab"), 5L, b(".")));
        assertEquals("00007", ctx.text("zfill", b("7"), 5L));
        assertEquals("abc", ctx.text("ljust", b("abc"), 2L, b("*")));
    }

    @Test
    void justificationWantsOneFillCharacter() {
        assertNull(ctx.call("ljust", b("abc"), 9L, b("--")));
        assertEquals(List.of("error: Fill string passed to ljust() must be a single character"), ctx.messages);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, abc", "0, 3, abc", "2, -1, bcdef", "7, 2, ''", "6, 9, f", "8, 1, ''"})
    void subBytesCountsFromOne(long start, long n, String expected) {
        assertEquals(expected, ctx.text("sub_bytes", b("abcdef"), start, n));
    }

    @Test
    void strcmpOrdersByteWise() {
        assertTrue((Long) ctx.call("strcmp", b("abc"), b("abd")) < 0);
        assertTrue((Long) ctx.call("strcmp", b("b"), b("abc")) > 0);
        assertTrue((Long) ctx.call("strcmp", b("ab"), b("abc")) < 0);
        assertTrue((Long) ctx.call("strcmp", b("\u00ff"), b("a")) > 0);
        assertEquals(0L, ctx.call("strcmp", b("x"), b("x")));
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "flaw, lawn, 2", "same, same, 0"})
    void levenshteinCountsEdits(String s1, String s2, long expected) {
        assertEquals(expected, ctx.call("levenshtein_distance", b(s1), b(s2)));
    }

    @Test
    void editDeletesBackwards() {
        assertEquals("help", ctx.text("edit", b("##helxx##p"), b("#")));
    }

    @Test
    void stringFillEndsInNul() {
        assertEquals("abab\0", ctx.text("string_fill", 5L, b("ab")));
        assertEquals("", ctx.text("string_fill", 0L, b("ab")));
    }

    @ParameterizedTest
    @CsvSource({
        "is_num, 0123, true",
        "is_num, 12a, false",
        "is_num, '', false",
        "is_alpha, abcXYZ, true",
        "is_alpha, ab1, false",
        "is_alnum, ab1, true",
        "is_alnum, a b, false",
        "is_ascii, abc, true",
        "is_ascii, ab\u00e9, false"
    })
    void classifies(String function, String input, boolean expected) {
        assertEquals(expected, ctx.call(function, b(input)));
    }

    @Test
    void hexdumpShowsOffsetsBytesAndText() {
        assertEquals("0000  41 42 43                                          ABC\n", ctx.text("hexdump", b("ABC")));
        String two = ctx.text("hexdump", b("0123456789abcdef\u0001\u00ff"));
        assertEquals(
                "0000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  01234567 89abcdef\n"
                        + "0010  01 ff                                             ..\n",
                two);
    }
}
