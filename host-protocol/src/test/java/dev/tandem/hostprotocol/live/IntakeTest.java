package dev.tandem.hostprotocol.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> told = new ArrayList<>();
    private final Intake intake = new Intake(100, 100);

    private void offer(String name, long bytes, long seconds) {
        intake.offer(bytes, seconds * SECOND, () -> told.add(name), () -> told.add("no " + name));
    }

    @Test
    void whatIsTooMuchWaitsInOrderAndThenGoes() {
        offer("a", 80, 0);
        offer("b", 30, 0);
        offer("c", 10, 0);
        assertEquals(List.of("a"), told);
        assertFalse(intake.hasRoom(1), "those who wait go first");
        intake.done(80);
        assertEquals(List.of("a", "b", "c"), told);
        assertEquals(40, intake.bytes());
    }

    @Test
    void whatFindsNoRoomToWaitIsRefusedAtOnce() {
        offer("a", 100, 0);
        offer("b", 90, 0);
        offer("c", 20, 0);
        assertEquals(List.of("a", "no c"), told);
        assertEquals(1, intake.refused());
    }

    @Test
    void whoHasWaitedTooLongIsRefusedBeforeOsqueryGivesUp() {
        offer("a", 100, 0);
        offer("b", 10, 0);
        offer("c", 10, 5);
        intake.expire(7 * SECOND);
        assertEquals(List.of("a"), told);
        intake.expire(8 * SECOND);
        assertEquals(List.of("a", "no b"), told);
        intake.done(100);
        assertEquals(List.of("a", "no b", "c"), told);
        assertEquals(10, intake.bytes());
    }

    @Test
    void whatIsLargerThanAllGoesWhenNothingElseDoes() {
        offer("a", 500, 0);
        assertEquals(List.of("a"), told);
        intake.done(500);
        assertEquals(0, intake.bytes());
    }
}
