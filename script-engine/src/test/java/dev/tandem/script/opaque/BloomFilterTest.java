package dev.tandem.script.opaque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.SipHash;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BloomFilterTest {
    private static final HashSeed SEED = HashSeed.named(Bytes.of("my_seed"));

    private static Bytes key(Object of) {
        return Bytes.of(of.toString());
    }

    @Test
    void sipHashGivesTheValueOfItsPaper() {
        byte[] input = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e");
        assertEquals(
                0xa129ca6149be45e5L, SipHash.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, input, 0, input.length));
    }

    /** Three cells and one function, as 10 keys at a rate of 0.9 ask for; Zeek prints this state for "foo" and "bar". */
    @Test
    void aNamedFilterHoldsTheBitsThatZeeksHolds() {
        BasicBloomFilter filter = BasicBloomFilter.forCapacity(0.9, 10, SEED);
        filter.add(key("foo"));
        filter.add(key("bar"));
        assertEquals("4955302038280957656", filter.internalState());
        BasicBloomFilter global = BasicBloomFilter.forCapacity(0.9, 10, HashSeed.named(Bytes.of("foo")));
        global.add(key("foo"));
        global.add(key("bar"));
        assertEquals("4955302038280957656", global.internalState());
    }

    @Test
    void parametersFollowFromRateAndCapacity() {
        assertEquals(3, BasicBloomFilter.optimalCells(0.9, 10));
        assertEquals(1, BasicBloomFilter.optimalFunctions(3, 10));
        assertEquals(4793, BasicBloomFilter.optimalCells(0.1, 1000));
        assertEquals(4, BasicBloomFilter.optimalFunctions(4793, 1000));
        assertEquals(9586, BasicBloomFilter.optimalCells(0.01, 1000));
        assertEquals(7, BasicBloomFilter.optimalFunctions(9586, 1000));
    }

    @Test
    void whatWasAddedIsFoundAndFalseClaimsStayWithinTheRate() {
        BasicBloomFilter filter = BasicBloomFilter.forCapacity(0.01, 10_000, SEED);
        for (int i = 0; i < 10_000; i++) {
            filter.add(key(i));
        }
        int falseClaims = 0;
        for (int i = 0; i < 10_000; i++) {
            assertEquals(1, filter.count(key(i)));
            falseClaims += (int) filter.count(key(-1 - i));
        }
        assertTrue(falseClaims < 150, "1 % of 10000: " + falseClaims);
        assertFalse(filter.decrement(key(1)));
    }

    @Test
    void mergingUnitesAndIntersectingKeepsWhatBothHold() {
        BasicBloomFilter left = BasicBloomFilter.forCapacity(0.001, 100, SEED);
        BasicBloomFilter right = BasicBloomFilter.forCapacity(0.001, 100, SEED);
        left.add(key("left"));
        left.add(key("both"));
        right.add(key("both"));
        right.add(key("right"));
        BloomFilter union = left.mergedWith(right);
        assertNotNull(union);
        assertEquals(1, union.count(key("left")));
        assertEquals(1, union.count(key("both")));
        assertEquals(1, union.count(key("right")));
        BloomFilter common = left.intersectedWith(right);
        assertNotNull(common);
        assertEquals(0, common.count(key("left")));
        assertEquals(1, common.count(key("both")));
        assertEquals(0, common.count(key("right")));
        assertEquals(0, left.count(key("right")), "the originals stay as they were");
    }

    @Test
    void filtersOfDifferentMakingDoNotMix() {
        BasicBloomFilter basic = BasicBloomFilter.ofCells(3, 32, SEED);
        assertNull(basic.mergedWith(BasicBloomFilter.ofCells(3, 64, SEED)));
        assertNull(basic.mergedWith(BasicBloomFilter.ofCells(4, 32, SEED)));
        assertNull(basic.mergedWith(BasicBloomFilter.ofCells(3, 32, new HashSeed(1, 2))));
        CountingBloomFilter counting = CountingBloomFilter.of(3, 32, 3, SEED);
        assertNull(basic.mergedWith(counting));
        assertNull(counting.intersectedWith(basic));
        assertNull(counting.mergedWith(CountingBloomFilter.of(3, 32, 7, SEED)));
    }

    @Test
    void aCountingFilterCountsUpToItsLargestValueAndDown() {
        CountingBloomFilter filter = CountingBloomFilter.of(3, 1024, 3, SEED);
        for (int times = 1; times <= 3; times++) {
            filter.add(key("foo"));
            assertEquals(times, filter.count(key("foo")));
        }
        filter.add(key("foo"));
        assertEquals(3, filter.count(key("foo")));
        filter.add(key("bar"));
        filter.add(key("bar"));
        for (int left = 2; left >= 0; left--) {
            assertTrue(filter.decrement(key("foo")));
            assertEquals(left, filter.count(key("foo")));
        }
        assertFalse(filter.decrement(key("foo")));
        assertEquals(2, filter.count(key("bar")));
    }

    @Test
    void mergedCountsAddUpAndStayAtTheLargest() {
        CountingBloomFilter left = CountingBloomFilter.of(3, 1024, 7, SEED);
        CountingBloomFilter right = CountingBloomFilter.of(3, 1024, 7, SEED);
        for (int i = 0; i < 5; i++) {
            left.add(key("much"));
            right.add(key("much"));
        }
        left.add(key("little"));
        right.add(key("little"));
        BloomFilter sum = left.mergedWith(right);
        assertNotNull(sum);
        assertEquals(7, sum.count(key("much")));
        assertEquals(2, sum.count(key("little")));
        BloomFilter common = left.intersectedWith(right);
        assertNotNull(common);
        assertEquals(0, common.count(key("little")), "added once to each: the second bit is not set");
        left.add(key("twice"));
        left.add(key("twice"));
        right.add(key("twice"));
        right.add(key("twice"));
        BloomFilter again = left.intersectedWith(right);
        assertNotNull(again);
        assertEquals(1, again.count(key("twice")));
    }

    @Test
    void countersMayBeOfAnyWidth() {
        for (long max : new long[] {1, 255, 1L << 40, -1}) {
            CountingBloomFilter filter = CountingBloomFilter.of(2, 1000, max, SEED);
            filter.add(key("a"));
            filter.add(key("a"));
            assertEquals(max == 1 ? 1 : 2, filter.count(key("a")));
        }
    }

    @Test
    void clearingEmptiesAndACopyIsApart() {
        CountingBloomFilter filter = CountingBloomFilter.of(3, 100, 3, SEED);
        BasicBloomFilter basic = BasicBloomFilter.ofCells(3, 100, SEED);
        for (BloomFilter each : new BloomFilter[] {filter, basic}) {
            assertTrue(each.isEmpty());
            String empty = each.internalState();
            each.add(key("a"));
            BloomFilter copy = each.copy();
            assertEquals(each.internalState(), copy.internalState());
            assertNotEquals(empty, each.internalState());
            each.clear();
            assertTrue(each.isEmpty());
            assertEquals(empty, each.internalState());
            assertEquals(1, copy.count(key("a")));
        }
    }

    @Test
    void aHugeFilterTakesMemoryOnlyForWhatItHolds() {
        BasicBloomFilter huge = BasicBloomFilter.forCapacity(1e-8, 100_000_000, SEED);
        huge.add(key("a"));
        assertEquals(1, huge.count(key("a")));
        assertEquals(0, huge.count(key("b")));
        BasicBloomFilter.forCapacity(0.9999999, 100_000_000_000L, SEED).add(key("a"));
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> BasicBloomFilter.forCapacity(-0.5, 42, SEED));
        assertThrows(IllegalArgumentException.class, () -> BasicBloomFilter.forCapacity(1.1, 42, SEED));
        assertThrows(IllegalArgumentException.class, () -> BasicBloomFilter.forCapacity(0, 42, SEED));
        assertThrows(IllegalArgumentException.class, () -> BasicBloomFilter.forCapacity(0.1, -1, SEED));
        assertThrows(IllegalArgumentException.class, () -> BasicBloomFilter.ofCells(0, 10, SEED));
        assertThrows(IllegalArgumentException.class, () -> BasicBloomFilter.ofCells(1, 0, SEED));
        assertThrows(IllegalArgumentException.class, () -> BasicBloomFilter.ofCells(1L << 40, 10, SEED));
        assertThrows(IllegalArgumentException.class, () -> CountingBloomFilter.of(1, 10, 0, SEED));
        assertThrows(IllegalArgumentException.class, () -> CountingBloomFilter.of(1, -1, 1, SEED));
        assertThrows(IllegalArgumentException.class, () -> CountingBloomFilter.of(1, Long.MAX_VALUE, 1L << 60, SEED));
    }
}
