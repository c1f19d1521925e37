package dev.tandem.script.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What scripts see of patterns; the expected values are what Zeek prints for the same expressions. */
class PatternTest {
    private static Pattern p(String text) {
        return Pattern.compile(text, false, false);
    }

    private static Pattern i(String text) {
        return Pattern.compile(text, true, false);
    }

    private static Pattern s(String text) {
        return Pattern.compile(text, false, true);
    }

    private static boolean eq(Pattern pattern, String text) {
        return pattern.matchesExactly(Bytes.latin1(text));
    }

    private static boolean in(Pattern pattern, String text) {
        return pattern.foundIn(Bytes.latin1(text));
    }

    @Test
    void printedFormShowsTheExactText() {
        assertEquals("/^?(foo|bar)$?/", p("foo|bar").text());
        assertEquals("/^?()$?/", p("").text());
        assertEquals("/^?(a\\/b)$?/", p("a\\/b").text());
        assertEquals("/(?i:^?(foo)$?)/", i("foo").text());
        assertEquals("/(?s:^?(.*)$?)/", s(".*").text());
        assertEquals("/(?s:(?i:^?(a)$?))/", Pattern.compile("a", true, true).text());
        assertEquals("^?(.|\\n)*([0-9]+)", p("[0-9]+").anywhereText());
    }

    @Test
    void operatorsCombinePrintedForms() {
        assertEquals("/^?((^?(a)$?)|((?i:^?(b)$?)))$?/", p("a").or(i("b")).text());
        assertEquals("/^?((^?(a)$?)(^?(b)$?))$?/", p("a").concat(p("b")).text());
        assertEquals(
                "/(^?(^?(new)$?)$?)|(^?(^?(old)$?)$?)/", p("old").plus(p("new")).text());
    }

    @Test
    void equalityAndInclusion() {
        Pattern fooOrBar = p("foo|bar");
        assertTrue(eq(fooOrBar, "foo"));
        assertFalse(eq(fooOrBar, "foobar"));
        assertTrue(in(fooOrBar, "foobar"));
        assertTrue(in(p("oob"), "foobar"));
        assertFalse(in(p("^oob"), "foobar"));
    }

    @Test
    void combinedPatternsMatchAsTheirParts() {
        Pattern fooOrBar = p("foo|bar");
        assertTrue(in(fooOrBar.concat(p("oob")), "baroob"));
        assertFalse(in(p("oob").concat(fooOrBar), "baroob"));
        assertTrue(in(fooOrBar.or(p("oob")), "lazybarlazy"));
        assertFalse(in(p("^oob").or(p("foo")), "xoob"));
        assertTrue(in(p("^oob").plus(p("foo")), "xfoo"));
        assertTrue(eq(p("^oob").plus(p("foo")), "oob"));
    }

    @Test
    void flagsStayWithThePatternTheyWereWrittenOn() {
        assertTrue(in(i("fOO"), "xFoObar"));
        assertTrue(eq(i("fOO"), "Foo"));
        assertFalse(in(i("\"fOO\""), "xFoObar"));
        assertTrue(in(i("\"fOO\""), "xfOObar"));
        assertTrue(eq(i("bar").or(p("bez")), "bAr"));
        assertFalse(eq(i("bar").or(p("bez")), "bEz"));
        assertTrue(eq(i("BAR").concat(p("bez")), "bArbez"));
        assertFalse(eq(i("bar").concat(p("bez")), "bArbEz"));
        assertFalse(eq(i("ba[0a-c99S-Z0]").concat(p("bEz")), "bArbEz"));
        assertTrue(eq(i("ba[0a-c99M-S0]").concat(p("bEz")), "bArbEz"));
        assertTrue(in(p("foo|(?i:bar)"), "xBAry"));
        assertFalse(in(p("foo|(?i:bar)"), "xFOoy"));
        assertTrue(in(p("foo|(?i:bar)").or(i("foo")), "xFOoy"));
        assertFalse(eq(p("fOO.*bAR"), "fOOab\ncdbAR"));
        assertTrue(eq(s("fOO.*bAR"), "fOOab\ncdbAR"));
        assertTrue(eq(s("b.r").or(p("bez")), "b\nr"));
        assertTrue(eq(s("b.r").concat(p("bez")), "b\nrbez"));
    }

    @Test
    void patternsAreEqualWhenTheyPrintTheSame() {
        assertEquals(p("a|b"), p("a|b"));
        assertEquals(p("a|b").hashCode(), p("a|b").hashCode());
        assertNotEquals(p("a|b"), p("b|a"));
        assertNotEquals(p("a"), i("a"));
    }

    @Test
    void longestPrefixIsTheLongestNotTheFirst() {
        assertEquals(4, p("a|ab|abcd").longestPrefix(Bytes.latin1("abcde")));
        assertEquals(2, p("a|ab|abcd").longestPrefix(Bytes.latin1("abcx")));
        assertEquals(-1, p("b").longestPrefix(Bytes.latin1("ab")));
        assertEquals(0, p("b*").longestPrefix(Bytes.latin1("ab")));
        assertEquals(0, p("b*").longestPrefix(Bytes.EMPTY));
        assertEquals(-1, p("b+").longestPrefix(Bytes.EMPTY));
    }

    @Test
    void longestPrefixHonoursWhichEdgesTheRangeHas() {
        byte[] data = "xaby".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(2, p("ab").longestPrefix(data, 1, 3, false, false));
        assertEquals(-1, p("^ab").longestPrefix(data, 1, 3, false, true));
        assertEquals(2, p("^ab").longestPrefix(data, 1, 3, true, false));
        assertEquals(-1, p("ab$").longestPrefix(data, 1, 3, true, false));
        assertEquals(2, p("ab$").longestPrefix(data, 1, 3, false, true));
        assertEquals(1, p("a|ab$").longestPrefix(data, 1, 4, false, true));
    }

    @Test
    void findingAllByLongestPrefix() {
        assertEquals(List.of("this", "is", "a", "test"), findAll("this is a test", p("[a-z]+")));
        assertEquals(List.of("bar", "foo"), findAll("1bar2foo3", p("[a-z]+")));
        assertEquals(List.of("hi", "es"), findAll("this is a test", p("hi|es")));
        assertEquals(List.of(), findAll("this is a test", p("aa|bb")));
    }

    private static List<String> findAll(String text, Pattern pattern) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        List<String> all = new ArrayList<>();
        int at = 0;
        while (at < data.length) {
            int length = pattern.longestPrefix(data, at, data.length, true, true);
            if (length > 0) {
                all.add(text.substring(at, at + length));
            }
            at += Math.max(1, length);
        }
        return all;
    }

    @Test
    void inputsHoldAnyByte() {
        assertTrue(eq(p("a\\x00\\xff.*"), "a\0\u00ff\u0080"));
        assertTrue(in(p("\u00e9"), "caf\u00e9"));
    }
}
