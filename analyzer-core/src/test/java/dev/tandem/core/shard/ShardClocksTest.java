package dev.tandem.core.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ShardClocksTest {
    private final ShardClocks clocks = new ShardClocks(2);
    private final PacketBatch batch = new PacketBatch(64, 1);
    private final PacketSource follower = clocks.follower(new Nothing());

    @Test
    void theSlowestTellsTheTime() throws IOException {
        clocks.reached(0, 20);
        assertEquals(Long.MIN_VALUE, follower.reachedNanos(), "the other has said nothing");
        clocks.reached(1, 10);
        assertEquals(10_000_000_000L, follower.reachedNanos());
        clocks.reached(1, 30);
        assertEquals(20_000_000_000L, follower.reachedNanos());
        assertEquals(0, follower.fill(batch));
    }

    @Test
    void aTimeComesBackAsTheNumberThatItWas() {
        double time = NetworkTime.seconds(1_795_487_887_028_314_159L);
        clocks.reached(0, time);
        clocks.reached(1, time);
        assertEquals(time, NetworkTime.seconds(follower.reachedNanos()));
    }

    @Test
    void itEndsWhenAllHaveEnded() throws IOException {
        clocks.ended(0);
        assertEquals(0, follower.fill(batch));
        clocks.ended(1);
        assertEquals(PacketSource.END, follower.fill(batch));
    }

    @Test
    void itWaitsForMoreThanItHasTold() throws IOException {
        clocks.reached(0, 1);
        clocks.reached(1, 1);
        assertTrue(follower.waitForPackets(0));
        follower.reachedNanos();
        assertFalse(follower.waitForPackets(0));
        clocks.reached(0, 2);
        assertFalse(follower.waitForPackets(0));
        clocks.ended(0);
        clocks.ended(1);
        assertTrue(follower.waitForPackets(0));
    }

    private static final class Nothing implements PacketSource {
        @Override
        public int fill(PacketBatch batch) {
            return END;
        }

        @Override
        public boolean live() {
            return false;
        }

        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public void close() {}
    }
}
