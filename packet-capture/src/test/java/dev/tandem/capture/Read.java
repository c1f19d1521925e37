package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a source gave: for tests. */
record Read(
        List<Packet> packets,
        @Nullable String complaint,
        @Nullable IOException failure) {
    /** One packet; its bytes in hexadecimal. */
    record Packet(int linkType, long nanos, String hex, int originalBytes) {}

    static Read all(byte[] file) throws CaptureException {
        return all(new ByteArrayInputStream(file), 5);
    }

    /** @param batchPackets few, so that batches end in the middle of things */
    static Read all(InputStream file, int batchPackets) throws CaptureException {
        try (PacketSource source = TracePacketSource.open(file, "test.pcap")) {
            return all(source, batchPackets);
        }
    }

    static Read all(PacketSource source, int batchPackets) {
        List<Packet> packets = new ArrayList<>();
        PacketBatch batch = new PacketBatch(64, batchPackets);
        try {
            int count = source.fill(batch);
            while (count != PacketSource.END) {
                add(packets, batch, count);
                count = source.fill(batch);
            }
        } catch (IOException e) {
            return new Read(packets, source.complaint(), e);
        }
        return new Read(packets, source.complaint(), null);
    }

    private static void add(List<Packet> packets, PacketBatch batch, int count) {
        if (count < 1 || count != batch.count() || count > batch.capacity()) {
            throw new AssertionError("a fill of " + count + " with a batch of " + batch.count());
        }
        for (int i = 0; i < count; i++) {
            int at = batch.offset(i);
            byte[] bytes = Arrays.copyOfRange(batch.data(), at, at + batch.capturedBytes(i));
            if (at + bytes.length > batch.data().length) {
                throw new AssertionError("a packet beyond its array");
            }
            packets.add(new Packet(
                    batch.linkType(), batch.timeNanos(i), HexFormat.of().formatHex(bytes), batch.originalBytes(i)));
        }
    }
}
