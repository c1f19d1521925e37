package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.capture.TraceWriter.Resolution;
import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TraceWriterTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("out.pcap");
    }

    private static PacketBatch batch(int linkType, long nanos, byte... packet) {
        PacketBatch batch = new PacketBatch(16, 4);
        batch.begin(linkType);
        int at = batch.add(nanos, packet.length, 1_000);
        System.arraycopy(packet, 0, batch.data(), at, packet.length);
        return batch;
    }

    @ParameterizedTest
    @EnumSource(Resolution.class)
    void packetsComeBackAsTheyWere(Resolution resolution) throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, resolution)) {
            writer.write(batch(LinkType.LINUX_SLL, 1_700_000_000_123_456_789L, (byte) 1, (byte) 2), 0);
        }
        long nanos = resolution == Resolution.NANOSECONDS ? 1_700_000_000_123_456_789L : 1_700_000_000_123_456_000L;
        assertEquals(
                List.of(new Read.Packet(LinkType.LINUX_SLL, nanos, "0102", 1_000)),
                Read.all(Files.readAllBytes(file)).packets());
    }

    @Test
    void manyAndLargePacketsComeBackAsTheyWere() throws IOException {
        Random random = new Random(5);
        TraceBytes trace = TraceBytes.in(java.nio.ByteOrder.nativeOrder())
                .pcapHeader(PcapReader.MAGIC_MICROS, 2, 4, TraceReader.MAX_CAPTURED, 1);
        for (int i = 0; i < 200; i++) {
            byte[] packet = new byte[random.nextInt(i % 50 == 0 ? TraceReader.MAX_CAPTURED : 3_000)];
            random.nextBytes(packet);
            trace.record(i, i, packet.length, packet);
        }
        byte[] before = trace.bytes();
        try (TraceWriter writer = TraceWriter.create(file, Resolution.MICROSECONDS);
                TracePacketSource source =
                        TracePacketSource.open(new java.io.ByteArrayInputStream(before), "test.pcap")) {
            PacketBatch batch = new PacketBatch(16, 7);
            for (int count = source.fill(batch); count > 0; count = source.fill(batch)) {
                for (int i = 0; i < count; i++) {
                    writer.write(batch, i);
                }
            }
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void flushedPacketsCanBeRead() throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, Resolution.MICROSECONDS)) {
            writer.write(batch(LinkType.ETHERNET, 1, (byte) 1), 0);
            writer.flush();
            assertEquals(1, Read.all(Files.readAllBytes(file)).packets().size());
        }
    }

    @Test
    void otherLinkTypeCannotFollow() throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, Resolution.MICROSECONDS)) {
            writer.write(batch(LinkType.ETHERNET, 1, (byte) 1), 0);
            CaptureException e =
                    assertThrows(CaptureException.class, () -> writer.write(batch(LinkType.RAW, 1, (byte) 1), 0));
            assertEquals(file + ": a packet of link type 101 cannot go into a file of link type 1", e.getMessage());
        }
    }

    @Test
    void fileWithoutPacketsIsAnEmptyTrace() throws IOException {
        TraceWriter writer = TraceWriter.create(file, Resolution.MICROSECONDS);
        writer.close();
        writer.close();
        assertEquals(PcapReader.FILE_HEADER, Files.size(file));
        assertEquals(List.of(), Read.all(Files.readAllBytes(file)).packets());
    }

    @Test
    void unwritablePlacesAreNamed() {
        Path nowhere = folder.resolve("no/such/out.pcap");
        assertEquals(
                nowhere + ": No such file or directory",
                assertThrows(CaptureException.class, () -> TraceWriter.create(nowhere, Resolution.MICROSECONDS))
                        .getMessage());
        assertEquals(
                folder + ": Is a directory",
                assertThrows(CaptureException.class, () -> TraceWriter.create(folder, Resolution.MICROSECONDS))
                        .getMessage());
    }
}
