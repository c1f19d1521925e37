package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the loopback interface; skipped without libpcap or without the right to capture. */
class LivePacketSourceTest {
    private static final int ETHERNET_IPV4_UDP_HEADERS = 14 + 20 + 8;
    private static final int RING = 2 * 1024 * 1024;

    @BeforeEach
    void libraryIsThere() {
        LibPcapTest.assumeInstalled();
    }

    private static LiveSettings loopback() {
        return LiveSettings.of("lo").withRingBytes(RING).withSnapshotBytes(2_000);
    }

    private static LivePacketSource open(LiveSettings settings, boolean memoryStream) throws CaptureException {
        try {
            return LivePacketSource.open(settings, memoryStream);
        } catch (CaptureException e) {
            Assumptions.assumeFalse(
                    e.getMessage().contains("CAP_NET_RAW") || e.getMessage().contains("no such interface"),
                    e.getMessage());
            throw e;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packetsOnTheInterfaceAreSeenWithTheirTimes(boolean memoryStream) throws IOException {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket sender = new DatagramSocket();
                LivePacketSource source =
                        open(loopback().withFilter("udp dst port " + receiver.getLocalPort()), memoryStream)) {
            assertTrue(source.live());
            assertEquals("lo", source.name());
            PacketBatch batch = new PacketBatch(100, 1_000);
            assertEquals(0, source.fill(batch));
            long before = System.currentTimeMillis();
            for (int i = 0; i < 5; i++) {
                byte[] text = {(byte) i, 'x', 'y'};
                sender.send(new DatagramPacket(text, 3, receiver.getLocalSocketAddress()));
            }
            int seen = 0;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (seen < 5 && System.nanoTime() < deadline) {
                if (source.fill(batch) == 0) {
                    source.waitForPackets(200);
                }
                for (int i = 0; i < batch.count(); i++) {
                    assertEquals(LinkType.ETHERNET, batch.linkType());
                    assertEquals(ETHERNET_IPV4_UDP_HEADERS + 3, batch.originalBytes(i));
                    assertEquals(seen, batch.data()[batch.offset(i) + ETHERNET_IPV4_UDP_HEADERS]);
                    assertEquals(before, batch.timeNanos(i) / 1_000_000.0, 20_000.0);
                    seen++;
                }
            }
            assertEquals(5, seen);
            assertEquals(0, source.dropped());
            assertTrue(source.statistics().received() >= 5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closedSourceEndsAndKeepsItsCounts(boolean memoryStream) throws IOException {
        LivePacketSource source = open(loopback(), memoryStream);
        long received = source.statistics().received();
        source.close();
        source.close();
        assertTrue(source.statistics().received() >= received);
        assertEquals(PacketSource.END, source.fill(new PacketBatch(100, 100)));
        assertFalse(source.waitForPackets(1));
    }

    @Test
    void idleInterfaceDoesNotHoldUpItsCaller() throws IOException {
        try (LivePacketSource source = open(loopback().withFilter("udp src port 1 and udp dst port 2"), true)) {
            PacketBatch batch = new PacketBatch(100, 100);
            assertEquals(0, source.fill(batch));
            long start = System.nanoTime();
            assertFalse(source.waitForPackets(30));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis >= 29 && millis < 5_000, "waited " + millis + " ms");
        }
    }

    @Test
    void missingInterfaceIsToldWithThoseThereAre() {
        CaptureException e =
                assertThrows(CaptureException.class, () -> LivePacketSource.open(LiveSettings.of("nosuch0")));
        Assumptions.assumeFalse(e.getMessage().contains("CAP_NET_RAW"), e.getMessage());
        assertTrue(e.getMessage().startsWith("nosuch0: no such interface; there are "), e.getMessage());
        assertTrue(e.getMessage().contains("lo"), e.getMessage());
    }

    @Test
    void wrongFilterIsQuotedWithLibpcapsReason() throws CaptureException {
        open(loopback(), true).close();
        CaptureException e = assertThrows(
                CaptureException.class, () -> LivePacketSource.open(loopback().withFilter("prt 80")));
        assertTrue(e.getMessage().startsWith("capture filter \"prt 80\": "), e.getMessage());
        assertTrue(e.getMessage().contains("syntax error"), e.getMessage());
    }

    @Test
    void membersOfAFanoutGroupShareTheInterface() throws IOException {
        LiveSettings settings = loopback().withFanout(new Fanout(4_711));
        try (LivePacketSource one = open(settings, true);
                LivePacketSource two = open(settings, true)) {
            assertEquals(0, one.dropped());
            assertEquals(0, two.dropped());
        }
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> loopback().withSnapshotBytes(0));
        assertThrows(IllegalArgumentException.class, () -> loopback().withSnapshotBytes(262_145));
        assertThrows(IllegalArgumentException.class, () -> loopback().withRingBytes(0));
        assertThrows(IllegalArgumentException.class, () -> new Fanout(65_536));
    }
}
