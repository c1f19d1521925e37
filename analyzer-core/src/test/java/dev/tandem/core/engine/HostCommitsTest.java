package dev.tandem.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.log.CommittedLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HostCommitsTest {
    /** Places that logs would be committed with. */
    private static final class Logs implements CommittedLogs {
        private final List<Long> committed = new ArrayList<>();
        private LongSupplier position = () -> 0;

        @Override
        public void follow(LongSupplier newPosition, LongConsumer safe) {
            position = newPosition;
        }

        @Override
        public void commit() {
            if (position.getAsLong() >= 0) {
                committed.add(position.getAsLong());
            }
        }
    }

    private final EventRegistry events = new EventRegistry();
    private final EventQueue queue = new EventQueue();
    private final Logs logs = new Logs();
    private final EventType row = events.event("row");
    private long handedOver = 7;
    private HostCommits commits;

    @BeforeEach
    void make() {
        commits = new HostCommits(queue, () -> handedOver, logs, safe -> {});
    }

    private void handOver(long position) {
        queue.add(row);
        handedOver = position;
    }

    @Test
    void whatWasSafeAtTheStartIsNotCommittedAgain() {
        commits.run();
        assertEquals(List.of(), logs.committed);
    }

    @Test
    void commitsWhenTheEventsHaveRun() {
        handOver(8);
        commits.run();
        assertEquals(List.of(), logs.committed);
        queue.drain();
        commits.run();
        assertEquals(List.of(8L), logs.committed);
    }

    @Test
    void atMostOnceASecond() {
        handOver(8);
        queue.drain();
        commits.run();
        handOver(9);
        queue.drain();
        commits.run();
        assertEquals(List.of(8L), logs.committed);
        commits.finish();
        assertEquals(List.of(8L, 9L), logs.committed);
    }

    @Test
    void logsThatRotateBetweenInputsAreCommittedAtOnce() {
        handOver(8);
        queue.drain();
        commits.run();
        logs.commit();
        assertEquals(List.of(8L, 8L), logs.committed);
    }

    @Test
    void anExitInTheMiddleOfTheEventsCommitsNothing() {
        events.event("row").handler((type, args) -> {
            // As the daemon does in exit(): it closes the logs where it is.
            logs.commit();
        });
        handOver(8);
        queue.drain();
        assertEquals(List.of(), logs.committed);
    }

    @Test
    void anErrorInTheMiddleOfTheEventsCommitsNothing() {
        row.handler((type, args) -> {
            throw new IllegalStateException("a bug, says the test");
        });
        handOver(8);
        assertThrows(IllegalStateException.class, queue::drain);
        logs.commit();
        assertEquals(List.of(), logs.committed);
    }
}
