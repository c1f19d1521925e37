package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
    private static final byte[] PACKET = {1, 2, 3};

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void eitherByteOrderIsRead(String name) throws CaptureException {
        ByteOrder order = name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Read micros = Read.all(TraceBytes.in(order)
                .pcapHeader(PcapReader.MAGIC_MICROS, 2, 4, 65_535, 113)
                .record(1_700_000_000, 123_456, 60, PACKET)
                .bytes());
        assertEquals(List.of(new Read.Packet(113, 1_700_000_000_123_456_000L, "010203", 60)), micros.packets());
        Read nanos = Read.all(TraceBytes.in(order)
                .pcapHeader(PcapReader.MAGIC_NANOS, 2, 4, 65_535, 1)
                .record(1_700_000_000, 123_456_789, 60, PACKET)
                .bytes());
        assertEquals(List.of(new Read.Packet(1, 1_700_000_000_123_456_789L, "010203", 60)), nanos.packets());
    }

    @Test
    void longerRecordHeaderOfOldLinuxIsRead() throws CaptureException {
        Read read = Read.all(TraceBytes.in(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(PcapReader.MAGIC_KUZNETZOV, 2, 4, 65_535, 1)
                .ints(5, 6, 3, 3)
                .ints(77, 88)
                .bytes(PACKET)
                .bytes());
        assertEquals(List.of(new Read.Packet(1, 5_000_006_000L, "010203", 3)), read.packets());
        assertNull(read.failure());
    }

    @Test
    void lengthsAreSwappedBeforeVersionTwoThree() throws CaptureException {
        Read read = Read.all(TraceBytes.in(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(PcapReader.MAGIC_MICROS, 2, 2, 65_535, 1)
                .ints(5, 6, 60, 3)
                .bytes(PACKET)
                .bytes());
        assertEquals(List.of(new Read.Packet(1, 5_000_006_000L, "010203", 60)), read.packets());
    }

    @Test
    void largerLengthIsTheOriginalInVersionTwoThree() throws CaptureException {
        Read read = Read.all(TraceBytes.in(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(PcapReader.MAGIC_MICROS, 2, 3, 65_535, 1)
                .ints(5, 6, 60, 3)
                .bytes(PACKET)
                .ints(5, 7, 3, 60)
                .bytes(PACKET)
                .bytes());
        assertEquals(60, read.packets().get(0).originalBytes());
        assertEquals(60, read.packets().get(1).originalBytes());
        assertNull(read.failure());
    }

    @Test
    void futureVersionIsRefused() {
        byte[] file = TraceBytes.in(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(PcapReader.MAGIC_MICROS, 3, 0, 65_535, 1)
                .bytes();
        CaptureException e = assertThrows(CaptureException.class, () -> Read.all(file));
        assertEquals("test.pcap: capture file version 3.0 is not supported", e.getMessage());
    }

    @Test
    void packetIsNotLongerThanTheSnapshotLength() throws CaptureException {
        Read read = Read.all(TraceBytes.in(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(PcapReader.MAGIC_MICROS, 2, 4, 2, 1)
                .record(1, 0, 60, PACKET)
                .record(2, 0, 60, PACKET)
                .bytes());
        assertEquals("0102", read.packets().get(0).hex());
        assertEquals(2_000_000_000L, read.packets().get(1).nanos());
    }

    @Test
    void frameCheckSequenceBitsAreNoPartOfTheLinkType() throws CaptureException {
        Read read = Read.all(TraceBytes.in(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(PcapReader.MAGIC_MICROS, 2, 4, 65_535, 0x2400_0001)
                .record(1, 0, 60, PACKET)
                .bytes());
        assertEquals(1, read.packets().get(0).linkType());
    }

    @Test
    void timesAfter2038AndHugeFractionsDoNotOverflow() throws CaptureException {
        Read read = Read.all(TraceBytes.pcap().record(-1, -1, -1, PACKET).bytes());
        assertEquals(
                4_294_967_295L * 1_000_000_000L + 4_294_967_295L * 1_000L,
                read.packets().get(0).nanos());
        assertEquals(Integer.MAX_VALUE, read.packets().get(0).originalBytes());
    }

    @Test
    void fileWithoutPacketsJustEnds() throws CaptureException {
        Read read = Read.all(TraceBytes.pcap().bytes());
        assertEquals(new Read(List.of(), null, null), read);
    }

    @Test
    void emptyPacketIsAPacket() throws CaptureException {
        Read read = Read.all(
                TraceBytes.pcap().record(1, 0, 0).record(2, 0, 3, PACKET).bytes());
        assertEquals(2, read.packets().size());
        assertEquals("", read.packets().get(0).hex());
    }

    @Test
    void cutPacketIsLeftOutWithAComplaint() throws CaptureException {
        byte[] whole = TraceBytes.pcap()
                .record(1, 0, 3, PACKET)
                .record(2, 0, 3, PACKET)
                .bytes();
        for (int missing = 1; missing < 19; missing++) {
            Read read = Read.all(Arrays.copyOf(whole, whole.length - missing));
            assertEquals(1, read.packets().size());
            assertEquals("file is cut short in the middle of a packet (record 2)", read.complaint());
            assertNull(read.failure());
        }
        assertNull(Read.all(Arrays.copyOf(whole, whole.length - 19)).complaint());
    }

    @Test
    void cutFileHeaderIsRefused() {
        byte[] header = TraceBytes.pcap().bytes();
        for (int length = 4; length < header.length; length++) {
            byte[] cut = Arrays.copyOf(header, length);
            CaptureException e = assertThrows(CaptureException.class, () -> Read.all(cut));
            assertEquals("test.pcap: file is cut short in the file header", e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TraceReader.MAX_CAPTURED + 1, -1, Integer.MIN_VALUE})
    void absurdLengthIsDamageAfterWhatCameBefore(int length) throws CaptureException {
        Read read = Read.all(TraceBytes.pcap()
                .record(1, 0, 3, PACKET)
                .ints(2, 0, length, 60)
                .bytes(new byte[100])
                .bytes());
        assertEquals(1, read.packets().size());
        assertEquals(
                "test.pcap: file is damaged at record 2: a captured length of " + (length & 0xffffffffL) + " bytes",
                read.failure().getMessage());
    }

    @Test
    void largestPacketIsRead() throws CaptureException {
        byte[] largest = new byte[TraceReader.MAX_CAPTURED];
        Arrays.fill(largest, (byte) 0xab);
        TraceBytes file = TraceBytes.in(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(PcapReader.MAGIC_MICROS, 2, 4, TraceReader.MAX_CAPTURED, 1);
        for (int i = 0; i < 5; i++) {
            file.record(i, 0, largest.length, largest);
        }
        Read read = Read.all(file.bytes());
        assertEquals(5, read.packets().size());
        assertTrue(read.packets().stream().allMatch(p -> p.hex().matches("(ab){" + largest.length + "}")));
    }

    @Test
    void manyBatchesHaveEveryPacketOnceAndInOrder() throws CaptureException {
        TraceBytes file = TraceBytes.pcap();
        for (int i = 0; i < 4_000; i++) {
            byte[] packet = new byte[i % 700];
            Arrays.fill(packet, (byte) i);
            file.record(i, 0, packet.length, packet);
        }
        Read read = Read.all(file.bytes());
        assertEquals(4_000, read.packets().size());
        for (int i = 0; i < 4_000; i++) {
            assertEquals(i * 1_000_000_000L, read.packets().get(i).nanos());
            assertEquals(
                    "%02x".formatted(i & 0xff).repeat(i % 700),
                    read.packets().get(i).hex());
        }
    }
}
