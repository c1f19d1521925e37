package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final byte[] PACKET = {1, 2, 3};
    private static final byte[] NANOSECONDS = {9};
    private static final int NAME_RESOLUTION = 4;

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void eitherByteOrderIsRead(String name) throws CaptureException {
        ByteOrder order = name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Read read = Read.all(TraceBytes.in(order)
                .section()
                .interfaceOf(1)
                .enhanced(0, 1_700_000_000_123_456L, 60, PACKET)
                .obsolete(0, 1_700_000_000_123_457L, 61, PACKET)
                .simple(2, (byte) 7, (byte) 8)
                .bytes());
        assertEquals(
                List.of(
                        new Read.Packet(1, 1_700_000_000_123_456_000L, "010203", 60),
                        new Read.Packet(1, 1_700_000_000_123_457_000L, "010203", 61),
                        new Read.Packet(1, 1_700_000_000_123_457_000L, "0708", 2)),
                read.packets());
        assertNull(read.complaint());
        assertNull(read.failure());
    }

    @Test
    void eachInterfaceHasItsOwnClock() throws CaptureException {
        TraceBytes file = TraceBytes.pcapng();
        Read read = Read.all(file.interfaceOf(1)
                .interfaceOf(1, file.body().option(2, (byte) 'x').option(9, NANOSECONDS))
                .enhanced(0, 5, 3, PACKET)
                .enhanced(1, 5, 3, PACKET)
                .bytes());
        assertEquals(5_000, read.packets().get(0).nanos());
        assertEquals(5, read.packets().get(1).nanos());
    }

    @Test
    void timeOffsetIsAddedInSeconds() throws CaptureException {
        TraceBytes file = TraceBytes.pcapng();
        Read read = Read.all(file.interfaceOf(1, file.body().option(14, (byte) 100, z(), z(), z(), z(), z(), z(), z()))
                .enhanced(0, 7, 3, PACKET)
                .bytes());
        assertEquals(100_000_007_000L, read.packets().get(0).nanos());
    }

    private static byte z() {
        return 0;
    }

    @Test
    void optionsAfterTheEndOfOptionsAreNotRead() throws CaptureException {
        TraceBytes file = TraceBytes.pcapng();
        Read read = Read.all(file.interfaceOf(1, file.body().option(0).option(9, NANOSECONDS))
                .enhanced(0, 5, 3, PACKET)
                .bytes());
        assertEquals(5_000, read.packets().get(0).nanos());
    }

    @Test
    void newSectionForgetsInterfacesAndMayTurnTheByteOrder() throws CaptureException {
        Read read = Read.all(TraceBytes.pcapng()
                .interfaceOf(1)
                .enhanced(0, 1, 3, PACKET)
                .section(ByteOrder.BIG_ENDIAN)
                .interfaceOf(101)
                .enhanced(0, 2, 3, PACKET)
                .section(ByteOrder.LITTLE_ENDIAN)
                .enhanced(0, 3, 3, PACKET)
                .bytes());
        assertEquals(
                List.of(new Read.Packet(1, 1_000, "010203", 3), new Read.Packet(101, 2_000, "010203", 3)),
                read.packets());
        assertEquals(
                "test.pcap: file is damaged after record 2: a packet of interface 0, which is not described",
                read.failure().getMessage());
    }

    @Test
    void anotherLinkTypeEndsTheBatch() throws Exception {
        byte[] file = TraceBytes.pcapng()
                .interfaceOf(1)
                .interfaceOf(101)
                .enhanced(0, 1, 3, PACKET)
                .enhanced(0, 2, 3, PACKET)
                .enhanced(1, 3, 3, PACKET)
                .enhanced(0, 4, 3, PACKET)
                .bytes();
        try (PacketSource source = TracePacketSource.open(new ByteArrayInputStream(file), "test.pcap")) {
            PacketBatch batch = new PacketBatch(100, 100);
            assertEquals(2, source.fill(batch));
            assertEquals(1, batch.linkType());
            assertEquals(1, source.fill(batch));
            assertEquals(101, batch.linkType());
            assertEquals(1, source.fill(batch));
            assertEquals(1, batch.linkType());
            assertEquals(PacketSource.END, source.fill(batch));
        }
    }

    @Test
    void blocksOfOtherTypesAreLeftOutHoweverLarge() throws CaptureException {
        TraceBytes file = TraceBytes.pcapng();
        Read read = Read.all(file.block(NAME_RESOLUTION, file.body().ints(1, 2, 3))
                .interfaceOf(1)
                .block(0x0bad_0000, file.body().bytes(new byte[3_000_000]))
                .enhanced(0, 1, 3, PACKET)
                .block(5, file.body())
                .enhanced(0, 2, 3, PACKET)
                .bytes());
        assertEquals(2, read.packets().size());
        assertNull(read.failure());
    }

    @Test
    void packetBlockWithALargeCommentIsRead() throws CaptureException {
        TraceBytes file = TraceBytes.pcapng();
        byte[] comment = new byte[65_532];
        TraceBytes body = file.body().ints(0, 0, 9, 3, 3).bytes(PACKET).padded();
        for (int i = 0; i < 20; i++) {
            body.option(1, comment);
        }
        Read read = Read.all(file.interfaceOf(1)
                .enhanced(0, 8, 3, PACKET)
                .block(PcapngReader.ENHANCED_PACKET, body)
                .enhanced(0, 10, 3, PACKET)
                .bytes());
        assertEquals(3, read.packets().size());
        assertEquals(new Read.Packet(1, 9_000, "010203", 3), read.packets().get(1));
    }

    @Test
    void simplePacketIsBoundedBySnapshotLengthAndOriginalLength() throws CaptureException {
        TraceBytes file = TraceBytes.pcapng();
        Read read = Read.all(file.interfaceOf(1, 2, file.body())
                .simple(60, (byte) 7, (byte) 8, (byte) 9, (byte) 10)
                .simple(1, (byte) 7)
                .bytes());
        assertEquals("0708", read.packets().get(0).hex());
        assertEquals(60, read.packets().get(0).originalBytes());
        assertEquals(0, read.packets().get(0).nanos());
        assertEquals("07", read.packets().get(1).hex());
    }

    @Test
    void sectionWithoutPacketsJustEnds() throws CaptureException {
        assertEquals(
                new Read(List.of(), null, null), Read.all(TraceBytes.pcapng().bytes()));
    }

    @Test
    void cutPacketIsLeftOutWithAComplaint() throws CaptureException {
        byte[] start =
                TraceBytes.pcapng().interfaceOf(1).enhanced(0, 1, 3, PACKET).bytes();
        byte[] whole = TraceBytes.pcapng()
                .interfaceOf(1)
                .enhanced(0, 1, 3, PACKET)
                .enhanced(0, 2, 3, PACKET)
                .bytes();
        for (int length = start.length + 12; length < whole.length; length++) {
            Read read = Read.all(Arrays.copyOf(whole, length));
            assertEquals(1, read.packets().size());
            assertEquals("file is cut short in the middle of a packet (record 2)", read.complaint());
        }
        for (int length = start.length + 1; length < start.length + 12; length++) {
            Read read = Read.all(Arrays.copyOf(whole, length));
            assertEquals("file is cut short in the middle of a block (after record 1)", read.complaint());
        }
    }

    @Test
    void cutUnknownBlockHasAComplaint() throws CaptureException {
        TraceBytes file = TraceBytes.pcapng();
        byte[] whole = file.block(77, file.body().bytes(new byte[2_000_000])).bytes();
        Read read = Read.all(Arrays.copyOf(whole, whole.length - 1));
        assertEquals("file is cut short in the middle of a block (after record 0)", read.complaint());
    }

    @Test
    void damageIsToldAfterWhatCameBefore() throws CaptureException {
        assertDamage("a captured length of 8 bytes", TraceBytes.pcapng().body().ints(6, 36, 0, 0, 1, 8, 8, 0, 36));
        assertDamage("a block length of 4 bytes", TraceBytes.pcapng().body().ints(6, 4, 0, 0));
        assertDamage("a block length of 14 bytes", TraceBytes.pcapng().body().ints(6, 14, 0, 0));
        assertDamage(
                "a block whose two lengths differ", TraceBytes.pcapng().body().ints(77, 12, 16));
        assertDamage(
                "a block too short for a packet", TraceBytes.pcapng().body().ints(6, 20, 0, 0, 20));
        assertDamage(
                "a block too short for an interface", TraceBytes.pcapng().body().ints(1, 16, 1, 16));
        assertDamage("a section without byte order", TraceBytes.pcapng().body().ints(PcapngReader.SECTION, 28, 0));
        assertDamage(
                "a packet of interface 4294967295, which is not described",
                TraceBytes.pcapng().body().ints(6, 32, -1, 0, 1, 0, 0, 32));
        TraceBytes interfaces = TraceBytes.pcapng().body();
        assertDamage(
                "an interface with an impossible time resolution",
                interfaces.interfaceOf(1, interfaces.body().option(9, (byte) 20)));
        TraceBytes options = TraceBytes.pcapng().body();
        assertDamage(
                "an interface option is longer than its block",
                options.interfaceOf(1, options.body().shorts(9, 400).ints(0)));
    }

    private static void assertDamage(String what, TraceBytes tail) throws CaptureException {
        byte[] file = TraceBytes.pcapng()
                .interfaceOf(1)
                .enhanced(0, 1, 3, PACKET)
                .bytes(tail.bytes())
                .bytes();
        Read read = Read.all(file);
        assertEquals(1, read.packets().size());
        assertEquals(
                "test.pcap: file is damaged after record 1: " + what,
                read.failure().getMessage());
    }

    @Test
    void futureVersionIsRefused() {
        TraceBytes file = TraceBytes.in(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = file.block(
                        PcapngReader.SECTION,
                        file.body().ints(PcapngReader.BYTE_ORDER).shorts(2, 0).ints(-1, -1))
                .bytes();
        CaptureException e = assertThrows(CaptureException.class, () -> {
            CaptureException failure = (CaptureException) Read.all(bytes).failure();
            throw failure == null ? new AssertionError("read") : failure;
        });
        assertEquals("test.pcap: pcapng version 2 is not supported", e.getMessage());
    }
}
