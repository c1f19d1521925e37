package dev.tandem.core.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.packet.PacketSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PacketDealerTest {
    private static final int BATCH = 16;
    private static final int BATCH_BYTES = 4096;

    /** So many packets, a second each, of as many pairs of addresses as there are. */
    private static final class Trace implements PacketSource {
        private final int packets;
        private final int pairs;
        private final int breaksAt;
        private int next;

        Trace(int packets, int pairs, int breaksAt) {
            this.packets = packets;
            this.pairs = pairs;
            this.breaksAt = breaksAt;
        }

        @Override
        public int fill(PacketBatch batch) throws IOException {
            batch.begin(LinkType.ETHERNET);
            while (next < packets && batch.count() < BATCH) {
                if (next == breaksAt && batch.count() == 0) {
                    throw new IOException("broken");
                }
                byte[] packet = PacketBuilder.udp("10.0.0." + next % pairs, 1, "10.0.1.1", 2)
                        .payload(100)
                        .build();
                int at = batch.add(next++ * 1_000_000_000L, packet.length, packet.length);
                System.arraycopy(packet, 0, batch.data(), at, packet.length);
            }
            return batch.count() == 0 ? END : batch.count();
        }

        @Override
        public boolean waitForPackets(int millis) {
            return true;
        }

        @Override
        public boolean live() {
            return false;
        }

        @Override
        public String name() {
            return "trace";
        }

        @Override
        public void close() {}
    }

    /** What a shard got, once it has ended. */
    private static List<Long> drain(PacketSource share) throws IOException {
        List<Long> times = new ArrayList<>();
        PacketBatch batch = new PacketBatch(BATCH_BYTES, BATCH);
        for (int count = share.fill(batch); count != PacketSource.END; count = share.fill(batch)) {
            for (int i = 0; i < count; i++) {
                times.add(batch.timeNanos(i) / 1_000_000_000L);
            }
            if (count == 0) {
                share.waitForPackets(10);
            }
        }
        return times;
    }

    private static Thread started(PacketDealer dealer) {
        Thread thread = new Thread(dealer);
        thread.start();
        return thread;
    }

    @Test
    void everyPacketComesToOneShardInOrderAndAllReachTheSameTime() throws Exception {
        int packets = 3000; // far more than the batches on their way hold
        PacketDealer dealer = new PacketDealer(new Trace(packets, 50, -1), 2, BATCH, BATCH_BYTES, () -> false);
        Thread thread = started(dealer);
        List<List<Long>> got = new ArrayList<>(List.of(List.of(), List.of()));
        List<Thread> shards = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int shard = i;
            Thread t = new Thread(() -> {
                try {
                    got.set(shard, drain(dealer.share(shard)));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            t.start();
            shards.add(t);
        }
        for (Thread t : shards) {
            t.join();
        }
        thread.join();
        assertFalse(got.get(0).isEmpty());
        assertFalse(got.get(1).isEmpty());
        assertEquals(packets, got.get(0).size() + got.get(1).size());
        for (List<Long> each : got) {
            assertEquals(each.stream().sorted().distinct().toList(), each);
        }
        for (int i = 0; i < 2; i++) {
            assertEquals((packets - 1) * 1_000_000_000L, dealer.share(i).reachedNanos());
        }
        assertNull(dealer.failure());
    }

    @Test
    void packetsOfOnePairOnlyFitToo() throws Exception {
        PacketDealer dealer = new PacketDealer(new Trace(BATCH, 1, -1), 4, BATCH, BATCH_BYTES, () -> false);
        started(dealer).join();
        int all = 0;
        for (int i = 0; i < 4; i++) {
            all += drain(dealer.share(i)).size();
        }
        assertEquals(BATCH, all);
    }

    @Test
    void aTraceThatBreaksIsEndedWhereItDid() throws Exception {
        PacketDealer dealer = new PacketDealer(new Trace(100, 1, 2 * BATCH), 1, BATCH, BATCH_BYTES, () -> false);
        started(dealer).join();
        assertEquals(2 * BATCH, drain(dealer.share(0)).size());
        IOException failure = dealer.failure();
        assertTrue(failure != null && "broken".equals(failure.getMessage()));
    }

    @Test
    void aShardThatTakesNoMoreDoesNotHoldUpTheEnd() throws Exception {
        PacketDealer dealer = new PacketDealer(new Trace(100_000, 50, -1), 2, BATCH, BATCH_BYTES, () -> false);
        Thread thread = started(dealer);
        dealer.share(0).close();
        dealer.share(1).close();
        thread.join();
        assertNull(dealer.failure());
    }
}
