package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketBuilder;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Packets of connections that exist cost no memory. */
class AllocationTest {
    private static final int PACKETS = 20_000;

    private final Shard shard = new Shard();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocated(PacketBatch batch, int rounds) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            for (int packet = 0; packet < batch.count(); packet++) {
                shard.tracker.process(batch, packet);
            }
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static PacketBatch batch(byte[]... frames) {
        PacketBatch batch = new PacketBatch(10_000, frames.length);
        batch.begin(LinkType.ETHERNET);
        for (byte[] frame : frames) {
            int at = batch.add(1_000_000_000L, frame.length, frame.length);
            System.arraycopy(frame, 0, batch.data(), at, frame.length);
        }
        return batch;
    }

    @Test
    void packetsOfOpenConnectionsAllocateNothing() {
        Dialogue talk = new Dialogue(shard);
        PacketBatch batch = batch(
                talk.fromClient(ACK).payload(700).build(),
                talk.fromServer(ACK).build(),
                PacketBuilder.udp("10.0.0.1", 1, "10.0.0.2", 2).payload(300).build(),
                PacketBuilder.udp("fe80::2", 2, "fe80::1", 1).payload(300).build(),
                PacketBuilder.icmp("10.0.0.1", "10.0.0.2", 8, 0).payload(50).build());
        allocated(batch, 100);
        long bytes = allocated(batch, PACKETS / batch.count());
        // Letters that recur and the counter itself allocate a little.
        assertTrue(bytes < PACKETS, bytes + " bytes for " + PACKETS + " packets");
    }
}
