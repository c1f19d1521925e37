package dev.tandem.core.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SortedLongsTest {
    @Test
    void thoseBetweenTwoAreThoseThatWereAdded() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            SortedLongs numbers = new SortedLongs(1000);
            TreeSet<Long> present = new TreeSet<>();
            for (long value = 1; value <= 100; value++) {
                if (random.nextInt(10) < run % 10) {
                    present.add(value);
                    numbers.add(value);
                }
            }
            long low = random.nextInt(100);
            long high = low + random.nextInt(60);
            assertEquals(
                    LongStream.range(low + 1, high).filter(present::contains).count(), numbers.between(low, high));
        }
    }

    @Test
    void ofTooManyTheSmallestAreForgotten() {
        SortedLongs numbers = new SortedLongs(10);
        LongStream.range(0, 11).forEach(numbers::add);
        assertEquals(6, numbers.first());
        assertEquals(10, numbers.last());
        numbers.add(10);
        assertEquals(4, numbers.between(6, 11), "a number is there once");
    }
}
