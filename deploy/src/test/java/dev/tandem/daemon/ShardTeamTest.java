package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.daemon.ShardTeam.Meeting;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShardTeamTest {
    private final ShardTeam team = new ShardTeam(2);

    private CompletableFuture<Meeting> other(boolean worked, AtomicInteger toTakeIn) {
        return CompletableFuture.supplyAsync(() ->
                team.meet(worked, () -> toTakeIn.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0));
    }

    private static Meeting result(CompletableFuture<Meeting> meeting) throws Exception {
        return meeting.get(20, TimeUnit.SECONDS);
    }

    @Test
    void allMeetWhenNobodyHasAnythingToSay() throws Exception {
        CompletableFuture<Meeting> other = other(false, new AtomicInteger());
        assertEquals(Meeting.QUIET, team.meet(false, () -> false));
        assertEquals(Meeting.QUIET, result(other));
    }

    @Test
    void whatOneDoesWhileItWaitsCallsForAnotherMeeting() throws Exception {
        AtomicInteger messages = new AtomicInteger(3);
        CompletableFuture<Meeting> other = other(false, messages);
        while (messages.get() > 0) {
            Thread.onSpinWait();
        }
        assertEquals(Meeting.WORKED, team.meet(false, () -> false));
        assertEquals(Meeting.WORKED, result(other));
        CompletableFuture<Meeting> again = other(false, messages);
        assertEquals(Meeting.QUIET, team.meet(false, () -> false));
        assertEquals(Meeting.QUIET, result(again));
    }

    @Test
    void nobodyWaitsForOneThatWillNotCome() throws Exception {
        CompletableFuture<Meeting> other = other(false, new AtomicInteger());
        team.breakUp();
        assertEquals(Meeting.BROKEN, result(other));
        assertEquals(Meeting.BROKEN, team.meet(true, () -> false));
    }
}
