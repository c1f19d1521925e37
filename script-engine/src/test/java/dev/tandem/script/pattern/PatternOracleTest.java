package dev.tandem.script.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** Random patterns and inputs, judged by java.util.regex. */
class PatternOracleTest {
    private static final int PATTERNS = 1500;
    private static final int INPUTS = 25;

    @Test
    void exactAnywhereAndLongestPrefixAgreeWithTheOracle() {
        Random random = new Random(20240607);
        for (int i = 0; i < PATTERNS; i++) {
            String text = RandomPatterns.pattern(random, 4);
            Pattern pattern = Pattern.compile(text, false, false);
            var oracle = java.util.regex.Pattern.compile(text, java.util.regex.Pattern.UNIX_LINES);
            for (int k = 0; k < INPUTS; k++) {
                String input = RandomPatterns.input(random, 10);
                Bytes bytes = Bytes.latin1(input);
                String what = text + " on \"" + input + "\"";
                Matcher matcher = oracle.matcher(input);
                assertEquals(matcher.matches(), pattern.matchesExactly(bytes), what);
                if (!input.isEmpty()) {
                    assertEquals(matcher.find(0), pattern.foundIn(bytes), what);
                }
                int from = random.nextInt(input.length() + 1);
                assertEquals(
                        longest(matcher, from, input.length()),
                        pattern.longestPrefix(bytes.array(), from, input.length(), true, true),
                        what + " from " + from);
            }
        }
    }

    private static int longest(Matcher matcher, int from, int to) {
        for (int end = to; end >= from; end--) {
            if (matcher.region(from, end).matches()) {
                return end - from;
            }
        }
        return -1;
    }

    @Test
    void ignoringCaseAgreesWithTheOracle() {
        Random random = new Random(99);
        for (int i = 0; i < 300; i++) {
            String text = RandomPatterns.pattern(random, 3).replace("\\x61", "a");
            Pattern pattern = Pattern.compile(text, true, false);
            var oracle = java.util.regex.Pattern.compile(
                    text, java.util.regex.Pattern.UNIX_LINES | java.util.regex.Pattern.CASE_INSENSITIVE);
            for (int k = 0; k < INPUTS; k++) {
                StringBuilder input = new StringBuilder(RandomPatterns.input(random, 8));
                for (int at = 0; at < input.length(); at++) {
                    if (random.nextBoolean()) {
                        input.setCharAt(at, Character.toUpperCase(input.charAt(at)));
                    }
                }
                assertEquals(
                        oracle.matcher(input).matches(),
                        pattern.matchesExactly(Bytes.latin1(input.toString())),
                        () -> text + " on " + input);
            }
        }
    }
}
