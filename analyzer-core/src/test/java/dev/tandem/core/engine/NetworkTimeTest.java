package dev.tandem.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NetworkTimeTest {
    private double clock = 1_000;
    private double stopwatch = 50;

    private final NetworkTime time = NetworkTime.live(() -> clock, () -> stopwatch);

    private void pass(double seconds) {
        clock += seconds;
        stopwatch += seconds;
        time.tick();
    }

    @Test
    void idleTimeIsTheClocks() {
        pass(0);
        assertEquals(1_000, time.now());
        pass(2.5);
        assertEquals(1_002.5, time.now());
    }

    @Test
    void aStampAheadOfTheClockHoldsTimeOnlyForAMoment() {
        pass(0);
        time.beginPacket(1_000.5);
        time.endPacket();
        pass(0.25);
        assertEquals(1_000.5, time.now());
        pass(0.5);
        assertEquals(1_000.75, time.now());
    }

    @Test
    void aHeldClockLeavesTimeToThoseWhoSetIt() {
        time.holdClock();
        pass(5);
        assertEquals(0, time.now());
        time.advanceTo(2.5);
        pass(5);
        assertEquals(2.5, time.now());
    }

    @Test
    void whenTheClockIsSetBackTimeGoesOnAtHalfSpeedUntilItHasCaughtUp() {
        pass(0);
        clock -= 100;
        pass(10);
        assertEquals(1_005, time.now());
        for (int i = 0; i < 300; i++) {
            pass(1);
        }
        assertEquals(clock, time.now());
    }

    @Test
    void whenTheClockIsSetForwardTimeFollows() {
        pass(0);
        clock += 3_600;
        pass(1);
        assertEquals(4_601, time.now());
    }

    @Test
    void afterAnHourOfPacketsAClockThatIsSetBackMovesTimeByTheRestOnly() {
        pass(0);
        clock += 3_600;
        stopwatch += 3_600;
        time.beginPacket(clock);
        time.endPacket();
        time.packetsCame();
        clock -= 3;
        pass(1);
        assertEquals(4_600.5, time.now());
    }
}
