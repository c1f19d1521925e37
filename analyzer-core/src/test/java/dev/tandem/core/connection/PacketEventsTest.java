package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.record.RecordValue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The events that hand out single packets, and what may keep packets out. */
class PacketEventsTest {
    private final Shard shard = new Shard();
    private final Dialogue talk = new Dialogue(shard);

    private List<Object> only(String event) {
        List<Shard.Raised> all =
                shard.raised.stream().filter(r -> r.name().equals(event)).toList();
        assertEquals(1, all.size(), event + " among " + shard.names() + " " + shard.weirds());
        return all.get(0).arguments();
    }

    private static Object field(Object record, int... slots) {
        Object value = record;
        for (int slot : slots) {
            value = ((RecordValue) Objects.requireNonNull(value)).get(slot);
        }
        return String.valueOf(value);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void headersOfAPacketOfAConnection() {
        shard.listen("new_packet").send(talk.fromClient(SYN).window(99).build()).finish();
        Object headers = only("new_packet").get(1);
        assertEquals("10.0.0.2", field(headers, 0, 11));
        assertEquals("80/tcp", field(headers, 2, 1));
        assertEquals("1000", field(headers, 2, 2));
        assertEquals("20", field(headers, 2, 4));
        assertEquals("2", field(headers, 2, 7));
        assertEquals("99", field(headers, 2, 8));
        assertEquals("null", field(headers, 3));
    }

    @Test
    void headersOfAFrameWithTags() {
        shard.listen("raw_packet");
        shard.send(PacketBuilder.udp("192.0.2.1", 1, "192.0.2.2", 2)
                        .vlans(0x6005, 0x1007)
                        .payload(3)
                        .build())
                .finish();
        Object link = field0(only("raw_packet").get(0));
        assertEquals("02:00:00:00:00:01", field(link, 3));
        assertEquals("5", field(link, 5));
        assertEquals("3", field(link, 6));
        assertEquals("7", field(link, 8));
        assertEquals("true", field(link, 10));
        assertEquals(String.valueOf(0x0800), field(link, 11));
        assertEquals("L3_IPV4", field(link, 12));
        assertEquals("11", field(only("raw_packet").get(0), 4, 2));
    }

    private static Object field0(Object record) {
        return Objects.requireNonNull(((RecordValue) record).get(0));
    }

    @Test
    void extensionHeadersOneByOne() {
        shard.listen("ipv6_ext_headers");
        shard.send(PacketBuilder.udp("2001:db8::1", 1, "2001:db8::2", 2)
                        .extensions(0, 60, 0, 5, 2, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0)
                        .payload(1)
                        .build())
                .finish();
        List<?> chain = (List<?>) ((RecordValue) Objects.requireNonNull(
                        ((RecordValue) only("ipv6_ext_headers").get(1)).get(1)))
                .get(7);
        assertEquals(2, Objects.requireNonNull(chain).size());
        assertEquals("0", field(chain.get(0), 0));
        assertEquals("60", field(chain.get(0), 1, 0));
        assertEquals("60", field(chain.get(1), 0));
        assertEquals("17", field(chain.get(1), 2, 0));
    }

    @Test
    void neighborSolicitationWithAnOption() {
        shard.listen("icmp_neighbor_solicitation");
        byte[] body = hex("00000000 20010db8000000000000000000000002 0101020000000001");
        shard.send(icmp6(135, body)).finish();
        List<Object> arguments = only("icmp_neighbor_solicitation");
        assertEquals("2001:db8::2", String.valueOf(arguments.get(2)));
        assertEquals(6, field(((List<?>) arguments.get(3)).get(0), 2).toString().length());
    }

    private static byte[] icmp6(int type, byte[] body) {
        // The builder writes the first four bytes behind the checksum as zeros.
        assertTrue(Arrays.equals(new byte[4], Arrays.copyOf(body, 4)));
        return PacketBuilder.icmp("2001:db8::1", "2001:db8::2", type, 0)
                .payload(Arrays.copyOfRange(body, 4, body.length))
                .build();
    }

    @Test
    void contextOfAnErrorIsBehindExtensionHeaders() {
        shard.listen("icmp_unreachable");
        byte[] quoted = PacketBuilder.udp("2001:db8::2", 9, "2001:db8::3", 53)
                .extensions(0, 17, 0, 1, 4, 0, 0, 0, 0)
                .payload(1)
                .buildIp();
        shard.send(PacketBuilder.icmp("2001:db8::1", "2001:db8::2", 1, 4)
                        .payload(quoted)
                        .build())
                .finish();
        Object context = only("icmp_unreachable").get(3);
        assertEquals("53/udp", field(context, 0, 3));
        assertEquals("2", field(context, 2));
    }

    @Test
    void optionsOfASegment() {
        shard.listen("tcp_options");
        shard.send(talk.fromClient(SYN)
                        .options(2, 4, 5, 0xb4, 3, 3, 7, 1, 4, 3, 9, 0)
                        .build())
                .finish();
        List<?> options = (List<?>) only("tcp_options").get(2);
        assertEquals("1460", field(options.get(0), 3));
        assertEquals("7", field(options.get(1), 4));
        assertEquals("1", field(options.get(2), 0));
        assertEquals(
                "9", String.valueOf((int) field(options.get(3), 2).toString().charAt(0)));
        assertEquals(List.of("tcp_option_sack_invalid_len"), shard.weirds());
    }

    @Test
    void oddSegmentsAreTcpsOddities() {
        shard.send(talk.fromClient(SYN).badTransportChecksum().build()).finish();
        assertEquals("[bad_TCP_checksum, , TCP]", describe(only("conn_weird")));
    }

    private static String describe(List<Object> weird) {
        return List.of(weird.get(0), weird.get(2), weird.get(3)).toString();
    }

    @Test
    void aDiscardedPacketIsNotAnalyzed() {
        shard.settings.ip.discarder = p -> p.protocol == 17;
        shard.send(PacketBuilder.udp("192.0.2.1", 1, "192.0.2.2", 2).payload(1).build());
        talk.syn();
        shard.finish();
        assertEquals(6L, Objects.requireNonNull(shard.only().id()).get(4));
        assertEquals(1, shard.metrics.unprocessed());
    }

    @Test
    void thePacketAtHandIsThereWhileItsEventsRun() {
        boolean[] there = new boolean[1];
        shard.registry
                .event("new_connection")
                .handler((type, arguments) -> there[0] = shard.tracker.currentPacket() != null);
        talk.syn();
        shard.finish();
        assertTrue(there[0]);
        assertNull(shard.tracker.currentPacket());
    }
}
