package dev.tandem.script.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LazyDfaTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static LazyDfa dfa(String text, int budget) {
        NfaBuilder builder = new NfaBuilder();
        NfaBuilder.Fragment whole = PatternParser.parse(text, builder, false);
        builder.accept(whole, 1);
        return new LazyDfa(builder.build(whole), false, budget);
    }

    private static byte[] ab(int length, long seed) {
        Random random = new Random(seed);
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (random.nextBoolean() ? 'a' : 'b');
        }
        return data;
    }

    @Test
    void patternsThatBacktrackersDieOnAreOrdinary() {
        byte[] data = new byte[1 << 20];
        Arrays.fill(data, (byte) 'a');
        Bytes input = Bytes.wrap(data);
        assertTimeout(SOON, () -> {
            for (String text :
                    new String[] {"(.*a){12}b", "(a|b)*c", "(a*)*b", "(a|a)*b", "(a+)+$b", "(a?){30}a{30}b"}) {
                Pattern pattern = Pattern.compile(text, false, false);
                assertFalse(pattern.matchesExactly(input), text);
                assertFalse(pattern.foundIn(input), text);
                assertEquals(-1, pattern.longestPrefix(input), text);
                assertTrue(pattern.stateCount() < 400, () -> text + ": " + pattern.stateCount());
            }
        });
    }

    @Test
    void exponentialStatesStayWithinTheBudget() {
        byte[] data = ab(1 << 20, 5);
        int budget = 20_000;
        assertTimeout(SOON, () -> {
            LazyDfa dfa = dfa("^?(.*a.{12})$?", budget);
            boolean expected = data[data.length - 13] == 'a';
            assertEquals(expected, dfa.matchesAll(data, 0, data.length));
            assertTrue(dfa.generation() > 0, "8192 states cannot have fitted");
            assertTrue(dfa.stateCount() * 4 < budget);
        });
    }

    @Test
    void throwingStatesAwayChangesNoAnswer() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            String text = "^?(" + RandomPatterns.pattern(random, 4) + ")$?";
            LazyDfa roomy = dfa(text, LazyDfa.DEFAULT_BUDGET);
            LazyDfa tight = dfa(text, 12);
            for (int k = 0; k < 20; k++) {
                byte[] input = RandomPatterns.input(random, 14).getBytes(StandardCharsets.ISO_8859_1);
                assertEquals(roomy.matchesAll(input, 0, input.length), tight.matchesAll(input, 0, input.length), text);
                assertEquals(
                        roomy.longestPrefix(input, 0, input.length, true, true),
                        tight.longestPrefix(input, 0, input.length, true, true),
                        text);
            }
        }
    }

    @Test
    void bytesTheSamePatternCannotTellApartShareAColumn() {
        NfaBuilder builder = new NfaBuilder();
        NfaBuilder.Fragment whole = PatternParser.parse("^?([a-z]+[0-9]*foo)$?", builder, false);
        SymbolClasses classes = SymbolClasses.separating(builder.build(whole).sets());
        assertEquals(classes.of('a'), classes.of('z'));
        assertEquals(classes.of('0'), classes.of('9'));
        assertTrue(classes.of('f') != classes.of('a'));
        assertTrue(classes.of('f') != classes.of('o'));
        assertTrue(classes.of('!') != classes.of('0'));
        // Begin, end, other letters, digits, f, o, every other byte.
        assertEquals(7, classes.count());
    }
}
