package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketSource;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaptureFilterTest {
    /** An IPv4 packet from 10.0.0.1 port 4660 to 10.0.0.2, port 53, UDP. */
    private static final byte[] UDP =
            HexFormat.of().parseHex("4500001c00000000401100000a0000010a000002" + "1234003500080000");

    /** The same by TCP to port 80, with SYN. */
    private static final byte[] TCP = HexFormat.of()
            .parseHex("4500002800000000400600000a0000010a000002" + "12340050000000010000000050020000" + "00000000");

    @BeforeEach
    void libraryIsThere() {
        LibPcapTest.assumeInstalled();
    }

    private static byte[] ethernet(byte[] packet) {
        byte[] frame = new byte[14 + packet.length];
        frame[12] = 8;
        System.arraycopy(packet, 0, frame, 14, packet.length);
        return frame;
    }

    /** Two interfaces, Ethernet and raw IP, each with a packet of either kind. */
    private static byte[] trace() {
        return TraceBytes.pcapng()
                .interfaceOf(LinkType.ETHERNET)
                .interfaceOf(LinkType.RAW)
                .enhanced(0, 1, 42, ethernet(UDP))
                .enhanced(0, 2, 54, ethernet(TCP))
                .enhanced(1, 3, 28, UDP)
                .enhanced(1, 4, 40, TCP)
                .bytes();
    }

    private static Read filtered(byte[] trace, String expression) throws CaptureException {
        CaptureFilter filter = CaptureFilter.compile(expression);
        try (PacketSource source = new FilteredPacketSource(
                TracePacketSource.open(new ByteArrayInputStream(trace), "test.pcapng"), filter)) {
            return Read.all(source, 2);
        }
    }

    @Test
    void filterFollowsTheLinkTypeOfEachPacket() throws CaptureException {
        Read read = filtered(trace(), "tcp dst port 80 and tcp[tcpflags] & tcp-syn != 0");
        assertEquals(2, read.packets().size());
        assertEquals(LinkType.ETHERNET, read.packets().get(0).linkType());
        assertEquals(2_000, read.packets().get(0).nanos());
        assertEquals(LinkType.RAW, read.packets().get(1).linkType());
        assertEquals(4_000, read.packets().get(1).nanos());
        assertNull(read.failure());
    }

    @Test
    void traceOfWhichNothingIsAcceptedEnds() throws CaptureException {
        assertEquals(0, filtered(trace(), "icmp6").packets().size());
    }

    @Test
    void emptyExpressionAcceptsEverything() throws CaptureException {
        assertEquals(4, filtered(trace(), "").packets().size());
    }

    @Test
    void wrongExpressionIsQuotedWithLibpcapsReason() {
        CaptureException e = assertThrows(CaptureException.class, () -> CaptureFilter.compile("tcp prt 80"));
        assertTrue(e.getMessage().startsWith("capture filter \"tcp prt 80\": "), e.getMessage());
        assertTrue(e.getMessage().contains("syntax error"), e.getMessage());
    }

    @Test
    void expressionForAnotherLinkTypeFailsWhenItsPacketsCome() throws CaptureException {
        CaptureFilter filter = CaptureFilter.compile("type mgt subtype beacon");
        assertThrows(CaptureException.class, () -> filter.program(LinkType.ETHERNET));
        assertEquals(
                1,
                filtered(
                                TraceBytes.pcapng()
                                        .interfaceOf(LinkType.IEEE802_11)
                                        .enhanced(0, 1, 24, HexFormat.of().parseHex("80" + "00".repeat(23)))
                                        .bytes(),
                                "type mgt subtype beacon")
                        .packets()
                        .size());
    }

    @Test
    void loopbackPacketsOfOtherSystemsAreKnown() throws CaptureException {
        byte[] header = TraceBytes.in(java.nio.ByteOrder.LITTLE_ENDIAN).ints(30).bytes();
        byte[] packet = new byte[44];
        System.arraycopy(header, 0, packet, 0, 4);
        packet[4] = 0x60;
        packet[10] = 6;
        byte[] trace = TraceBytes.pcapng()
                .interfaceOf(LinkType.NULL)
                .enhanced(0, 1, 44, packet)
                .bytes();
        assertEquals(1, filtered(trace, "ip6 and tcp").packets().size());
    }
}
