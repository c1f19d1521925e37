package dev.tandem.script.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatternSetTest {
    private static Pattern p(String text) {
        return Pattern.compile(text, false, false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyPatternThatMatchesExactlyIsNamed() {
        PatternSet set = PatternSet.of(List.of(
                p("foo"),
                p("bar"),
                p("(foo|bletch)"),
                p("dog.*cat"),
                Pattern.compile("dog.*cat", false, true),
                Pattern.compile("dog.*cat", true, false),
                p("^foo$")));
        assertArrayEquals(new int[] {0, 2, 6}, set.matching(Bytes.latin1("foo")));
        assertArrayEquals(new int[] {}, set.matching(Bytes.latin1("foox")));
        assertArrayEquals(new int[] {2}, set.matching(Bytes.latin1("bletch")));
        assertArrayEquals(new int[] {4}, set.matching(Bytes.latin1("dog\ncat")));
        assertArrayEquals(new int[] {3, 4, 5}, set.matching(Bytes.latin1("dogmousecat")));
        assertArrayEquals(new int[] {5}, set.matching(Bytes.latin1("dogmouseCat")));
        assertTrue(set.matchesExactly(Bytes.latin1("bar")));
        assertFalse(set.matchesExactly(Bytes.latin1("x")));
        assertEquals(7, set.size());
    }

    @Test
    void anEmptySetMatchesNothing() {
        PatternSet set = PatternSet.of(List.of());
        assertArrayEquals(new int[] {}, set.matching(Bytes.EMPTY));
        assertFalse(set.matchesExactly(Bytes.latin1("a")));
        assertFalse(set.matcher().feed(bytes("abc"), 0, 3, true, true));
    }

    @Test
    void aSetAgreesWithItsMembers() {
        Random random = new Random(7);
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            patterns.add(p(RandomPatterns.pattern(random, 3)));
        }
        PatternSet set = PatternSet.of(patterns);
        for (int i = 0; i < 2000; i++) {
            Bytes input = Bytes.latin1(RandomPatterns.input(random, 8));
            int[] expected = java.util.stream.IntStream.range(0, patterns.size())
                    .filter(k -> patterns.get(k).matchesExactly(input))
                    .toArray();
            assertArrayEquals(expected, set.matching(input), input::latin1);
            assertEquals(expected.length > 0, set.matchesExactly(input));
        }
    }

    @Test
    void signaturesMatchFromTheBeginAndReportWhere() {
        StreamMatcher matcher = PatternSet.ofSignatures(List.of("GET ", "^SSH-", ".*passwd", "x$"))
                .matcher();
        byte[] data = bytes("GET /etc\npasswd HTTP/1.0");
        assertTrue(matcher.feed(data, 0, 6, true, false));
        assertTrue(matcher.hasMatched(0));
        assertEquals(4, matcher.firstMatchEnd(0));
        assertFalse(matcher.hasMatched(2));
        assertTrue(matcher.feed(data, 6, data.length, false, false));
        assertEquals(15, matcher.firstMatchEnd(2));
        assertEquals(-1, matcher.firstMatchEnd(1));
        assertEquals(2, matcher.matchedCount());
    }

    @Test
    void anchorsHoldOnlyWhereTheCallerSaysSo() {
        PatternSet set = PatternSet.ofSignatures(List.of("^a", "b$"));
        StreamMatcher matcher = set.matcher();
        assertFalse(matcher.feed(bytes("a"), 0, 1, false, false));
        matcher.reset();
        assertTrue(matcher.feed(bytes("a"), 0, 1, true, false));
        matcher.restart();
        assertFalse(matcher.feed(bytes("b"), 0, 1, true, false));
        assertTrue(matcher.feed(bytes(""), 0, 0, false, true));
        assertTrue(matcher.hasMatched(0), "restart keeps what matched");
        matcher.reset();
        assertEquals(0, matcher.matchedCount());
    }

    @Test
    void aMatcherThatCannotMatchAnyMoreSaysSo() {
        StreamMatcher matcher = PatternSet.ofSignatures(List.of("ab", "cd")).matcher();
        matcher.feed(bytes("c"), 0, 1, true, false);
        assertFalse(matcher.exhausted());
        matcher.feed(bytes("x"), 0, 1, false, false);
        assertTrue(matcher.exhausted());
        assertFalse(matcher.feed(bytes("ab"), 0, 2, false, true));
    }

    @Test
    void interleavedStreamsSurviveTheLossOfAllStates() {
        Random random = new Random(11);
        List<String> texts = List.of(".*a.{6}b", ".*b[ab]{4}a", "(.*a){9}c");
        PatternSet tight = PatternSet.compile(texts, true, 600);
        PatternSet roomy = PatternSet.ofSignatures(texts);
        StreamMatcher[] tightly = new StreamMatcher[8];
        StreamMatcher[] roomily = new StreamMatcher[8];
        for (int i = 0; i < tightly.length; i++) {
            tightly[i] = tight.matcher();
            roomily[i] = roomy.matcher();
        }
        for (int round = 0; round < 3000; round++) {
            int stream = random.nextInt(tightly.length);
            byte[] data = bytes(RandomPatterns.input(random, 9));
            boolean begin = random.nextInt(20) == 0;
            if (random.nextInt(40) == 0) {
                tightly[stream].reset();
                roomily[stream].reset();
            }
            assertEquals(
                    roomily[stream].feed(data, 0, data.length, begin, false),
                    tightly[stream].feed(data, 0, data.length, begin, false));
            for (int k = 0; k < texts.size(); k++) {
                assertEquals(roomily[stream].firstMatchEnd(k), tightly[stream].firstMatchEnd(k));
            }
            assertTrue(tight.stateCount() <= 130, "bounded");
        }
        assertTrue(roomy.stateCount() > 130, "the tight one had to throw states away");
    }

    @Test
    void aMalformedSignatureIsRefused() {
        assertThrows(PatternSyntaxError.class, () -> PatternSet.ofSignatures(List.of("ok", "(")));
    }
}
