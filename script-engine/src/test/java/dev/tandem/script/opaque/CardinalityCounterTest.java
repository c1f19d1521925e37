package dev.tandem.script.opaque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.SipHash;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CardinalityCounterTest {
    private static long hash(long element) {
        byte[] bytes = ByteBuffer.allocate(8).putLong(element).array();
        return SipHash.hash(1, 2, bytes, 0, 8);
    }

    /** 2^16 buckets, and the numbers that Zeek prints for as many elements without a collision. */
    @Test
    void smallCountsEqualZeeks() {
        CardinalityCounter counter = CardinalityCounter.of(0.01, 0.95);
        assertEquals(65536, counter.bucketCount());
        assertEquals(0, counter.estimate());
        for (int i = 1; i <= 21; i++) {
            counter.add(i);
            counter.add(i | 0x7_0000_0000L);
            if (i == 12) {
                assertEquals(12.001099, counter.estimate(), 5e-7);
            } else if (i == 13) {
                assertEquals(13.00129, counter.estimate(), 5e-7);
            }
        }
        assertEquals(21.003365, counter.estimate(), 5e-7);
    }

    @Test
    void bucketsFollowFromErrorMarginAndConfidence() {
        assertEquals(16, CardinalityCounter.bucketBits(0.01, 0.95));
        assertEquals(14, CardinalityCounter.bucketBits(0.02, 0.95));
        assertEquals(13, CardinalityCounter.bucketBits(0.1, 1.0));
        assertEquals(14, CardinalityCounter.bucketBits(0.01, 0.5));
    }

    @Test
    void estimatesStayWithinTheErrorMargin() {
        CardinalityCounter counter = CardinalityCounter.of(0.02, 0.99);
        int next = 1000;
        for (int i = 1; i <= 1_000_000; i++) {
            counter.add(hash(i));
            if (i == next) {
                assertEquals(i, counter.estimate(), 0.02 * i);
                next *= 10;
            }
        }
        double before = counter.estimate();
        for (int i = 1; i <= 100_000; i++) {
            counter.add(hash(i));
        }
        assertEquals(before, counter.estimate(), "what was seen before does not count");
    }

    @Test
    void mergingCountsTheUnion() {
        CardinalityCounter left = CardinalityCounter.of(0.01, 0.95);
        CardinalityCounter right = CardinalityCounter.of(0.01, 0.95);
        CardinalityCounter both = CardinalityCounter.of(0.01, 0.95);
        for (int i = 0; i < 30_000; i++) {
            (i < 20_000 ? left : right).add(hash(i));
            both.add(hash(i));
            if (i > 10_000 && i < 20_000) {
                right.add(hash(i));
            }
        }
        CardinalityCounter copy = left.copy();
        assertTrue(left.merge(right));
        assertEquals(both.estimate(), left.estimate());
        assertEquals(20_000, copy.estimate(), 200);
        assertFalse(left.merge(CardinalityCounter.of(0.02, 0.95)));
        assertEquals(both.estimate(), left.estimate());
    }

    @Test
    void everyHashIsAccepted() {
        CardinalityCounter counter = CardinalityCounter.of(0.25, 0.5);
        for (long hash : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1}) {
            counter.add(hash);
        }
        assertTrue(counter.estimate() > 0 && Double.isFinite(counter.estimate()));
        for (long i = 0; i < 1000; i++) {
            counter.add(i & 0xf);
        }
        assertTrue(Double.isFinite(counter.estimate()), "also when all buckets are used by few elements");
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> CardinalityCounter.of(0, 0.95));
        assertThrows(IllegalArgumentException.class, () -> CardinalityCounter.of(0.01, 1.5));
        assertThrows(IllegalArgumentException.class, () -> CardinalityCounter.of(0.00001, 0.95));
        assertThrows(IllegalArgumentException.class, () -> CardinalityCounter.of(2, 0.1));
        assertThrows(IllegalArgumentException.class, () -> CardinalityCounter.of(Double.NaN, 0.95));
    }

    @Test
    void errorFunctionIsAccurate() {
        assertEquals(0, ErrorFunction.erf(0));
        assertEquals(0.5204998778130465, ErrorFunction.erf(0.5), 1e-15);
        assertEquals(0.8427007929497149, ErrorFunction.erf(1), 1e-15);
        assertEquals(0.9953222650189527, ErrorFunction.erf(2), 1e-15);
        assertEquals(0.9999999845827421, ErrorFunction.erf(4), 1e-14);
        assertEquals(1, ErrorFunction.erf(6));
    }
}
