package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PipePacketSourceTest {
    private static final int LONG = 10_000;

    private final PacketBatch batch = new PacketBatch(16, 2);

    private static byte[] packets(int count) {
        TraceBytes trace = TraceBytes.pcap();
        for (int i = 1; i <= count; i++) {
            trace.record(i, 0, 3, (byte) i, (byte) 0, (byte) 0);
        }
        return trace.bytes();
    }

    /** A fill that waits as the engine does. */
    private int fill(PacketSource source) throws IOException {
        int count = source.fill(batch);
        while (count == 0) {
            source.waitForPackets(LONG);
            count = source.fill(batch);
        }
        return count;
    }

    @Test
    void aSlowPipeIsNotWaitedFor() throws IOException {
        byte[] trace = packets(2);
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream end = new PipedInputStream(writer, 4096);
        // The second packet lacks its last byte.
        writer.write(trace, 0, trace.length - 1);
        try (PacketSource source = new PipePacketSource(TracePacketSource.open(end, "pipe"))) {
            assertEquals(1, fill(source));
            assertEquals(1, batch.data()[batch.offset(0)]);
            assertEquals(0, source.fill(batch));
            assertFalse(source.waitForPackets(0));
            writer.write(trace, trace.length - 1, 1);
            writer.flush();
            assertTrue(source.waitForPackets(LONG));
            assertEquals(1, fill(source));
            assertEquals(2, batch.data()[batch.offset(0)]);
            writer.close();
            assertEquals(PacketSource.END, fill(source));
            assertEquals(PacketSource.END, fill(source));
        }
    }

    @Test
    void whatIsThereComesInBatches() throws IOException {
        try (PacketSource source =
                new PipePacketSource(TracePacketSource.open(new ByteArrayInputStream(packets(3)), "pipe"))) {
            assertEquals(2, fill(source));
            assertEquals(2_000_000_000L, batch.timeNanos(1));
            assertEquals(1, fill(source));
            assertEquals(PacketSource.END, fill(source));
        }
    }

    @Test
    void damageAndCutsAreTold() throws IOException {
        byte[] cut = packets(1);
        try (PacketSource source = new PipePacketSource(
                TracePacketSource.open(new ByteArrayInputStream(Arrays.copyOf(cut, cut.length - 1)), "pipe"))) {
            assertEquals(PacketSource.END, fill(source));
            assertEquals("file is cut short in the middle of a packet (record 1)", source.complaint());
        }
        byte[] damaged = packets(1);
        Arrays.fill(damaged, 32, 36, (byte) 0x7f);
        try (PacketSource source =
                new PipePacketSource(TracePacketSource.open(new ByteArrayInputStream(damaged), "pipe"))) {
            assertThrows(CaptureException.class, () -> fill(source));
        }
    }

    @Test
    void aSourceMayBeClosedWhileItWaits() throws IOException {
        PipedInputStream end = new PipedInputStream(4096);
        PipedOutputStream writer = new PipedOutputStream(end);
        writer.write(packets(0));
        PacketSource source = new PipePacketSource(TracePacketSource.open(end, "pipe"));
        assertEquals(0, source.fill(batch));
        source.close();
        writer.close();
    }
}
