package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CaptureStatisticsTest {
    @Test
    void countersThatWrapAroundGoOnGrowing() {
        CaptureStatistics first = CaptureStatistics.NONE.next(4_294_967_290L, 10, 0);
        CaptureStatistics second = first.next(5, 10, 2);
        assertEquals(new CaptureStatistics(4_294_967_301L, 10, 2), second);
        assertEquals(new CaptureStatistics(4_294_967_302L, 11, 2), second.next(6, 11, 2));
    }

    @Test
    void counterReadAsANegativeNumberIsLarge() {
        assertEquals(4_294_967_295L, CaptureStatistics.NONE.next(-1, 0, 0).received());
    }
}
