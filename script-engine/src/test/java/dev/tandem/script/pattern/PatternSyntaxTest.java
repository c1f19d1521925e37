package dev.tandem.script.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSyntaxTest {
    private static boolean exact(String pattern, String input) {
        return Pattern.compile(pattern, false, false).matchesExactly(Bytes.latin1(input));
    }

    private static boolean exactIgnoringCase(String pattern, String input) {
        return Pattern.compile(pattern, true, false).matchesExactly(Bytes.latin1(input));
    }

    private static boolean in(String pattern, String input) {
        return Pattern.compile(pattern, false, false).foundIn(Bytes.latin1(input));
    }

    @Test
    void alternationConcatenationAndRepetitionBindInThatOrder() {
        assertTrue(exact("ab|cd*", "cddd"));
        assertTrue(exact("ab|cd*", "ab"));
        assertFalse(exact("ab|cd*", "abd"));
        assertTrue(exact("(ab|cd)+", "abcdab"));
        assertTrue(exact("a+?", ""));
        assertTrue(exact("(a{2}){3}", "aaaaaa"));
        assertFalse(exact("(a{2}){3}", "aaaaa"));
    }

    @Test
    void anEmptyAlternativeMayOnlyComeFirst() {
        assertTrue(exact("(|a)b", "b"));
        assertTrue(exact("", ""));
        assertTrue(exact("()", ""));
        assertThrows(PatternSyntaxError.class, () -> exact("a|", "a"));
        assertThrows(PatternSyntaxError.class, () -> exact("a||b", "a"));
    }

    @Test
    void quotedTextIsLiteralButForItsEscapes() {
        assertTrue(exact("\"a.b|c\"", "a.b|c"));
        assertFalse(exact("\"a.b\"", "axb"));
        assertTrue(exact("\"a\\\"b\\x41\"", "a\"bA"));
        assertTrue(exact("\"ab\"*", "abab"));
        assertTrue(exact("\"\"", ""));
        assertTrue(exactIgnoringCase("\"aB\"c", "aBC"));
        assertFalse(exactIgnoringCase("\"aB\"c", "abc"));
    }

    @Test
    void dotLeavesOutNewlineUnlessSingleLine() {
        assertFalse(exact("a.b", "a\nb"));
        assertTrue(exact("a.b", "a\0b"));
        assertTrue(exact("a.b", "a\u00ffb"));
        assertTrue(exact("(?s:a.b)c", "a\nbc"));
        assertFalse(exact("(?s:a.b).", "a\nb\n"));
        assertTrue(Pattern.compile("a.b", false, true).matchesExactly(Bytes.latin1("a\nb")));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, ''",
        "0, 2, aa",
        "2, 4, aaa",
        "3, 3, aaa",
        "1, 2, a",
    })
    void countsAreInclusive(int min, int max, String input) {
        assertTrue(exact("a{" + min + "," + max + "}", input));
        assertFalse(exact("a{" + min + "," + max + "}", "a".repeat(max + 1)));
        assertEquals(min == 0, exact("a{" + min + "," + max + "}", ""));
    }

    @Test
    void anOpenCountHasNoUpperBound() {
        assertFalse(exact("(ab){2,}", "ab"));
        assertTrue(exact("(ab){2,}", "abab"));
        assertTrue(exact("(ab){2,}", "ab".repeat(50)));
        assertTrue(exact("a{0,}", ""));
        assertTrue(exact("xa{0}y", "xy"));
    }

    @ParameterizedTest
    @CsvSource({
        "n, 10",
        "t, 9",
        "r, 13",
        "f, 12",
        "b, 8",
        "a, 7",
        "v, 11",
        "x00, 0",
        "xfF, 255",
        "101, 65",
        "0, 0",
        "8, 56",
        "., 46",
        "/, 47",
        "q, 113",
        "1019, 65"
    })
    void escapesStandForOneByte(String escape, int value) {
        String expected = escape.equals("1019") ? "A9" : String.valueOf((char) value);
        assertTrue(exact("\\" + escape, expected), escape);
        assertTrue(exact("[\\" + escape + "]+", expected), escape);
    }

    @Test
    void moreThanThreeOctalDigitsAreSwallowed() {
        assertTrue(exact("\\10177b", "Ab"));
    }

    @Test
    void anUpperCaseHexEscapeIsALiteralLetterThatSwallowsItsDigits() {
        assertTrue(exact("\\X41b", "Xb"));
        assertTrue(exact("\\Xb", "Xb"));
    }

    @Test
    void classesHoldRangesAndSinglesAndNamedClasses() {
        assertTrue(exact("[a-cx]+", "abcx"));
        assertFalse(exact("[a-cx]", "d"));
        assertTrue(exact("[^a-c]", "d"));
        assertFalse(exact("[^a-c]", "b"));
        assertTrue(exact("[^a]", "\n"));
        assertTrue(exact("[[:digit:][:blank:]_]+", "1 2\t_"));
        assertTrue(exact("[[:XDIGIT:]]+", "09afAF"));
        assertTrue(exact("[^[:alpha:]]", "1"));
        assertFalse(exact("[[:alpha:]]", "\u00e9"));
        assertTrue(exact("[[:punct:]]+", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"));
        assertTrue(exact("[\\x80-\\xff]+", "\u0080\u00ff"));
    }

    @Test
    void bracketAndDashAreLiteralAtTheEdgesOfAClass() {
        assertTrue(exact("[]a]+", "]a"));
        assertTrue(exact("[^]a]", "b"));
        assertFalse(exact("[^]a]", "]"));
        assertTrue(exact("[-a]+", "a-"));
        assertTrue(exact("[a-]+", "a-"));
        assertFalse(exact("[^-a]", "-"));
        assertTrue(exact("[a^]+", "^a"));
        assertTrue(exact("[\\]\\-\\\\]+", "]-\\"));
        assertTrue(exact("[.*|(\"{]+", ".*|(\"{"));
        assertTrue(exact("[+--]+", "+,-"));
    }

    @Test
    void anchorsAreSymbolsAtTheEdgesOfTheInput() {
        assertTrue(in("^ab", "abc"));
        assertFalse(in("^b", "ab"));
        assertTrue(in("b$", "ab"));
        assertFalse(in("a$", "ab"));
        assertTrue(in("(^a|b)c", "xbc"));
        assertFalse(in("a^b", "ab"));
        assertFalse(in("a^b", "a^b"));
        assertTrue(exact("^abc$", "abc"));
        assertFalse(in("^b", "a\nb"));
        assertTrue(in("^$", ""));
        assertTrue(in("$", "abc"));
        assertTrue(in("\\^\\$", "a^$b"));
    }

    @Test
    void anEmptyMatchCountsOnlyAfterAByteOrWithAnEnd() {
        assertFalse(in("a*", ""));
        assertTrue(in("a*", "b"));
        assertFalse(in("^", "abc"));
        assertTrue(exact("a*", ""));
    }

    @Test
    void ignoringCaseCoversPlainLettersAndClassMembersOnly() {
        assertTrue(exactIgnoringCase("foo", "FoO"));
        assertTrue(exactIgnoringCase("[a-z]+", "aZ"));
        assertTrue(exactIgnoringCase("[B-D]", "c"));
        assertTrue(exactIgnoringCase("[[:upper:]]", "a"));
        assertTrue(exactIgnoringCase("[[:LOWER:]]", "A"));
        assertTrue(exactIgnoringCase("[\\x61]", "A"));
        assertFalse(exactIgnoringCase("[^a]", "A"));
        assertFalse(exactIgnoringCase("\\x61", "A"));
        assertTrue(exactIgnoringCase("\\x61", "a"));
        assertTrue(exact("x(?i:yz)", "xYz"));
        assertTrue(exact("x(?I:yz)", "xYz"));
        assertFalse(exact("x(?i:yz)", "XYz"));
        assertFalse(exact("(?i:x)y", "XY"));
    }

    @Test
    void theEndOfAnInnerModeGroupEndsTheModeOfTheOuterOne() {
        assertTrue(exactIgnoringCase("a(?i:b)c", "ABc"));
        assertFalse(exactIgnoringCase("a(?i:b)c", "ABC"));
        assertTrue(exactIgnoringCase("a(b)c", "ABC"));
    }

    @Test
    void aClassMeansTheSameWhereverItIsWrittenAgain() {
        assertTrue(exact("[a-z](?i:[a-z])", "aB"));
        assertFalse(exact("(?i:[a-z])[a-z]", "AB"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{6,5}",
                "a{1,a}",
                "a{1,2",
                "[1234",
                "a[1234}",
                "a\"b",
                "(",
                ")",
                "a)",
                "*a",
                "(+)",
                "a{,5}",
                "a{x}",
                "{name}",
                "}",
                "\\xg",
                "\\x1",
                "[\\400]",
                "\\777",
                "[z-a]",
                "[a-c-e]",
                "[[:alpha:]-z]",
                "[a-[:alpha:]]",
                "[[:nope:]]",
                "a\nb",
                "\"a\nb\"",
                "[a\nb]",
                "a{ 2}",
                "a\\",
                "(?x:a)",
                "(a{2}",
                "[",
                "[]",
                "[^]"
            })
    void malformedTextIsRefused(String text) {
        PatternSyntaxError error = assertThrows(PatternSyntaxError.class, () -> Pattern.compile(text, false, false));
        assertTrue(error.position() >= 0 && error.position() <= text.length(), error.getMessage());
    }

    @Test
    void anAmbiguousRangeIsRefusedOnlyWhenIgnoringCase() {
        assertTrue(exact("[A-z]", "_"));
        assertThrows(PatternSyntaxError.class, () -> Pattern.compile("[A-z]", true, false));
        assertThrows(PatternSyntaxError.class, () -> Pattern.compile("[0-z]", true, false));
    }

    @ParameterizedTest
    @CsvSource({"abcd), 5", "ab\"c, 2", "a[bc, 1", "a|*b, 2", "ab[z-a], 5", "\\xzz, 1"})
    void anErrorTellsWhereItIsWhateverTheFlags(String text, int position) {
        for (boolean flag : new boolean[] {false, true}) {
            PatternSyntaxError error = assertThrows(PatternSyntaxError.class, () -> Pattern.compile(text, flag, flag));
            assertEquals(position, error.position());
        }
    }

    @Test
    void repetitionThatExplodesIsRefused() {
        assertThrows(PatternSyntaxError.class, () -> Pattern.compile("(a{1000}){1000}", false, false));
        assertThrows(PatternSyntaxError.class, () -> Pattern.compile("a{999999999999}", false, false));
        assertThrows(PatternSyntaxError.class, () -> Pattern.compile("a{2000000000,}", false, false));
        assertTrue(exact("a{5000}", "a".repeat(5000)));
    }

    @Test
    void deepNestingDoesNotExhaustTheStack() {
        int depth = 50_000;
        assertTrue(exact("(".repeat(depth) + "a" + ")".repeat(depth), "a"));
    }

    @Test
    void quotingMakesTextMatchItself() {
        assertEquals("b\\[a\\-z\\]\\+", Pattern.quote("b[a-z]+"));
        String all = "^$-:\"\\/|*+?.(){}[] plain";
        assertTrue(exact(Pattern.quote(all), all));
    }
}
