package dev.tandem.script.opaque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Orders and numbers are those that Zeek gives for the same sequences. */
class TopKTest {
    private static TopK<String> of(int size, String letters) {
        TopK<String> top = new TopK<>(size);
        add(top, letters);
        return top;
    }

    private static void add(TopK<String> top, String letters) {
        letters.chars().forEach(c -> top.add(String.valueOf((char) c)));
    }

    private static void assertCount(long count, long epsilon, TopK<String> top, String element) {
        assertEquals(count, top.count(element), element);
        assertEquals(epsilon, top.epsilon(element), element);
    }

    @Test
    void aNewElementTakesThePlaceOfTheOldestLeastFrequentOne() {
        TopK<String> top = of(2, "abbc");
        assertEquals(List.of("b", "c"), top.top(5));
        assertEquals(4, top.sum());
        assertCount(-1, -1, top, "a");
        assertCount(2, 0, top, "b");
        assertCount(2, 1, top, "c");

        add(top, "d");
        assertEquals(List.of("d", "c"), top.top(5));
        assertCount(-1, -1, top, "b");
        assertCount(3, 2, top, "d");

        add(top, "e");
        assertEquals(List.of("d", "e"), top.top(5));
        assertEquals(6, top.sum());
        assertCount(3, 2, top, "e");

        add(top, "f");
        assertEquals(List.of("f", "e"), top.top(5));
        assertCount(4, 3, top, "f");

        add(top, "e");
        assertEquals(List.of("f", "e"), top.top(5));
        assertCount(4, 2, top, "e");

        add(top, "g");
        assertEquals(List.of("g", "e"), top.top(5));
        assertEquals(9, top.sum());
        assertCount(5, 4, top, "g");
    }

    @Test
    void theMostFrequentComeFirstAndTiesMayExceedK() {
        TopK<String> top = of(100, "abbccccccddddeeeeef");
        assertEquals(List.of("c", "e", "d"), top.top(3));
        assertEquals(19, top.sum());
        assertCount(6, 0, top, "c");
        assertEquals(List.of("c", "e", "d", "b", "a", "f"), top.top(5));
        assertEquals(List.of(), top.top(0));
        assertEquals(List.of(), new TopK<String>(3).top(2));
    }

    @Test
    void mergingAddsCountsAndPruningDropsTheLeastFrequent() {
        TopK<String> many = of(100, "abbccccccddddeeeeef");
        TopK<String> pruned = new TopK<>(2);
        pruned.merge(many, true);
        assertEquals(List.of("c", "e"), pruned.top(3));
        assertCount(6, 0, pruned, "c");
        assertCount(5, 0, pruned, "e");
        assertTrue(pruned.pruned());
        pruned.merge(many, true);
        assertEquals(List.of("c", "e"), pruned.top(3));
        assertEquals(22, pruned.sum());

        TopK<String> whole = new TopK<>(2);
        whole.merge(many, false);
        assertEquals(19, whole.sum());
        whole.merge(many, false);
        assertEquals(List.of("c", "e", "d"), whole.top(3));
        assertEquals(38, whole.sum());
        assertCount(8, 0, whole, "d");
        assertFalse(whole.pruned());
    }

    @Test
    void mergingWithItselfDoubles() {
        TopK<String> top = of(10, "aab");
        top.merge(top, false);
        assertCount(4, 0, top, "a");
        assertCount(2, 0, top, "b");
        assertEquals(6, top.sum());
    }

    @Test
    void aCopyGoesItsOwnWay() {
        TopK<String> top = of(2, "abbc");
        TopK<String> copy = top.copy();
        add(copy, "cc");
        assertEquals(List.of("b", "c"), top.top(5));
        assertCount(4, 1, copy, "c");
    }

    /** What the algorithm promises for any stream. */
    @Test
    void countsAreNeverTooLowAndTooHighByEpsilonAtMost() {
        Random random = new Random(4);
        TopK<Integer> top = new TopK<>(50);
        Map<Integer, Integer> exact = new HashMap<>();
        int observations = 20_000;
        for (int i = 0; i < observations; i++) {
            int element = (int) Math.abs(random.nextGaussian() * 60);
            top.add(element);
            exact.merge(element, 1, Integer::sum);
        }
        List<Integer> tracked = top.top(50);
        assertEquals(50, tracked.size());
        assertEquals(observations, top.sum());
        long previous = Long.MAX_VALUE;
        for (int element : tracked) {
            long count = top.count(element);
            assertTrue(count <= previous);
            assertTrue(count >= exact.get(element) && count - top.epsilon(element) <= exact.get(element));
            assertTrue(top.epsilon(element) <= observations / 50);
            previous = count;
        }
    }

    @Test
    void aStructureForNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TopK<String>(0));
    }
}
