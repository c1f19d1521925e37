package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracePacketSourceTest {
    private static final byte[] PACKET = {1, 2, 3};

    @TempDir
    private Path folder;

    private static byte[] threePackets() {
        return TraceBytes.pcap()
                .record(1, 0, 3, PACKET)
                .record(2, 0, 3, PACKET)
                .record(3, 0, 3, PACKET)
                .bytes();
    }

    private String messageFor(Path file) {
        return assertThrows(
                        CaptureException.class,
                        () -> TracePacketSource.open(file).close())
                .getMessage();
    }

    @Test
    void fileIsRead() throws IOException {
        Path file = folder.resolve("three.pcap");
        Files.write(file, threePackets());
        try (TracePacketSource source = TracePacketSource.open(file)) {
            assertEquals(file.toString(), source.name());
            assertFalse(source.live());
            assertEquals(0, source.dropped());
            assertTrue(source.waitForPackets(1_000));
            assertEquals(3, Read.all(source, 2).packets().size());
            assertEquals(PacketSource.END, source.fill(new PacketBatch(10, 10)));
        }
    }

    @Test
    void compressedFilesAreRead() throws CaptureException {
        assertEquals(3, Read.all(TraceBytes.gzipped(threePackets())).packets().size());
        byte[] pcapng =
                TraceBytes.pcapng().interfaceOf(1).enhanced(0, 1, 3, PACKET).gzipped();
        assertEquals(1, Read.all(pcapng).packets().size());
    }

    @Test
    void compressedFileOfSeveralMembersIsReadWhole() throws CaptureException {
        byte[] file = threePackets();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(TraceBytes.gzipped(Arrays.copyOf(file, 50)));
        members.writeBytes(TraceBytes.gzipped(Arrays.copyOfRange(file, 50, file.length)));
        Read read = Read.all(members.toByteArray());
        assertEquals(3, read.packets().size());
        assertNull(read.complaint());
    }

    @Test
    void cutCompressedFileGivesWhatItHolds() throws CaptureException {
        TraceBytes file = TraceBytes.pcap();
        for (int i = 0; i < 1_000; i++) {
            file.record(i, i * 7919 % 1_000_000, 3, (byte) i, (byte) (i * 31), (byte) (i >> 3));
        }
        byte[] compressed = file.gzipped();
        Read read = Read.all(Arrays.copyOf(compressed, compressed.length / 2));
        assertTrue(read.packets().size() > 100 && read.packets().size() < 1_000);
        assertNull(read.failure());
        assertTrue(read.complaint().contains("cut short"));
    }

    @Test
    void compressedFileCutBetweenPacketsIsComplainedOf() throws CaptureException {
        byte[] compressed = TraceBytes.gzipped(threePackets());
        Read read = Read.all(Arrays.copyOf(compressed, compressed.length - 4));
        assertEquals(3, read.packets().size());
        assertEquals("compressed data is cut short", read.complaint());
    }

    @Test
    void wrongCheckSumOfCompressedDataIsToldAfterThePackets() throws CaptureException {
        byte[] compressed = TraceBytes.gzipped(threePackets());
        compressed[compressed.length - 6] ^= 1;
        Read read = Read.all(compressed);
        assertEquals(3, read.packets().size());
        assertTrue(read.failure().getMessage().startsWith("test.pcap: compressed data is damaged"));
    }

    @Test
    void missingFileIsNamed() {
        Path missing = folder.resolve("missing.pcap");
        assertEquals(missing + ": No such file or directory", messageFor(missing));
    }

    @Test
    void folderIsNoTrace() {
        assertEquals(folder + ": Is a directory", messageFor(folder));
    }

    @Test
    void otherContentIsNoTrace() throws IOException {
        String[] contents = {"", "a", "abc", "abcd", "abcdefghijk", "#!/bin/sh\necho not a trace at all\n"};
        for (String content : contents) {
            Path file = folder.resolve("other");
            Files.writeString(file, content);
            assertEquals(file + ": not a capture file", messageFor(file));
            Files.write(file, TraceBytes.gzipped(content.getBytes(StandardCharsets.UTF_8)));
            assertEquals(file + ": not a capture file", messageFor(file));
        }
    }

    @Test
    void cutCompressedHeaderIsRefused() throws IOException {
        Path file = folder.resolve("cut.gz");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8});
        assertEquals(file + ": compressed data is cut short", messageFor(file));
    }

    @Test
    void packetsFromAPipeAreSeenAsTheyCome() throws IOException {
        byte[] file = threePackets();
        int two = file.length - 19;
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream reader = new PipedInputStream(writer);
        writer.write(file, 0, two);
        writer.flush();
        try (TracePacketSource source = TracePacketSource.open(reader, TracePacketSource.STANDARD_INPUT)) {
            PacketBatch batch = new PacketBatch(100, 100);
            assertEquals(2, source.fill(batch));
            writer.write(file, two, file.length - two);
            writer.close();
            assertEquals(1, source.fill(batch));
            assertEquals(PacketSource.END, source.fill(batch));
        }
    }

    @Test
    void closedFileIsReportedAndNotRead() throws IOException {
        Path file = folder.resolve("large.pcap");
        TraceBytes large = TraceBytes.pcap();
        for (int i = 0; i < 20; i++) {
            large.record(i, 0, 60_000, new byte[60_000]);
        }
        Files.write(file, large.bytes());
        TracePacketSource source = TracePacketSource.open(file);
        PacketBatch batch = new PacketBatch(100, 1_000);
        assertTrue(source.fill(batch) < 20);
        source.close();
        assertThrows(CaptureException.class, () -> {
            while (source.fill(batch) != PacketSource.END) {}
        });
    }

    @Test
    void readErrorNamesTheFile() throws CaptureException {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(threePackets()), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }
        });
        Read read = Read.all(broken, 5);
        assertEquals(3, read.packets().size());
        assertEquals("test.pcap: Input/output error", read.failure().getMessage());
    }
}
