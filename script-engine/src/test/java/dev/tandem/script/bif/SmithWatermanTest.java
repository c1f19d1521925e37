package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmithWatermanTest {
    private static List<String> run(String one, String two, int shortest, boolean repeated) {
        return SmithWaterman.run(Bytes.of(one), Bytes.of(two), shortest, repeated).stream()
                .map(m -> m.text() + " " + m.first() + "/" + m.second() + (m.begins() ? " begins" : ""))
                .toList();
    }

    @Test
    void nothingInCommonOrTooShortGivesNothing() {
        assertEquals(List.of(), run("abcd", "wxyz", 2, false));
        assertEquals(List.of(), run("a", "a", 2, false));
        assertEquals(List.of(), run("", "", 0, true));
    }

    @Test
    void theLongestRunIsFound() {
        assertEquals(List.of("needle 4/2 begins"), run("hay needle", "x-needle-y", 3, false));
    }

    @Test
    void partsOfOneAlignmentBelongTogether() {
        assertEquals(List.of("abc 0/0 begins", "xyz 5/4"), run("abc--xyz", "abc+xyz", 2, false));
    }

    @Test
    void repeatedOccurrencesAreAllFound() {
        assertEquals(List.of("BBB 1/0 begins", "BBB 1/4 begins"), run("zBBBz", "BBB-BBB", 2, true));
    }

    /** Found in the order of the longer string. */
    @Test
    void theLongerStringGivesTheOrder() {
        assertEquals(List.of("BBB 0/1 begins", "BBB 4/1 begins"), run("BBB-BBB", "zBBBz", 2, true));
    }
}
