package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static dev.tandem.core.packet.TcpHeader.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No bytes make the tracker fail, and what it opens it closes. */
class AnyBytesTest {
    private static final int[] LINK_TYPES = {
        LinkType.ETHERNET,
        LinkType.RAW,
        LinkType.LINUX_SLL,
        LinkType.LINUX_SLL2,
        LinkType.NULL,
        LinkType.LOOP,
        LinkType.PPP,
        LinkType.PPP_SERIAL,
        LinkType.PPP_ETHER,
        LinkType.NFLOG,
        LinkType.FDDI
    };

    private static final String[] EVENTS = {
        "new_connection",
        "connection_SYN_packet",
        "tcp_packet",
        "tcp_option",
        "packet_contents",
        "unknown_protocol",
        "icmp_echo_request",
        "icmp_unreachable",
        "icmp_time_exceeded",
        "icmp_error_message",
        "icmp_sent",
        "icmp_sent_payload",
        "icmp_parameter_problem",
        "icmp_packet_too_big",
        "arp_request",
        "bad_arp",
        "content_gap"
    };

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        String a = "10.0.0.1";
        String b = "10.0.0.2";
        byte[] about = PacketBuilder.tcp(a, 1, b, 2).flags(SYN).buildIp();
        seeds.add(PacketBuilder.tcp(a, 1, b, 2)
                .flags(SYN)
                .options(2, 4, 5, 0xb4, 1, 3, 3, 7, 4, 2, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8)
                .build());
        seeds.add(PacketBuilder.tcp(b, 2, a, 1)
                .flags(SYN | ACK)
                .acknowledgement(1)
                .build());
        seeds.add(PacketBuilder.tcp(a, 1, b, 2)
                .flags(ACK)
                .sequence(1)
                .acknowledgement(1)
                .payload(60)
                .build());
        seeds.add(PacketBuilder.udp(a, 1, b, 53).payload(40).vlans(4, 5).build());
        seeds.add(PacketBuilder.icmp(b, a, 3, 1).payload(about).build());
        seeds.add(PacketBuilder.icmp("fe80::1", "fe80::2", 1, 1).payload(100).build());
        seeds.add(PacketBuilder.udp("fe80::1", 1, "fe80::2", 2)
                .extensions(0, 43, 0, 1, 4, 0, 0, 0, 0, 17, 0, 0, 1, 0, 0, 0, 0)
                .payload(20)
                .build());
        seeds.add(PacketBuilder.ip("fe80::1", "fe80::2", 44, new byte[60]).build());
        seeds.add(PacketBuilder.ip("fe80::1", "fe80::2", 135, new byte[60]).build());
        seeds.add(PacketBuilder.ip(a, b, 50, new byte[60]).build());
        seeds.addAll(List.of(PacketBuilder.udp(a, 1, b, 53).payload(100).buildFragments(56)));
        byte[] arp = new byte[60];
        System.arraycopy(PacketBuilder.bytes(8, 6, 0, 1, 8, 0, 6, 4, 0, 1), 0, arp, 12, 10);
        seeds.add(arp);
        return seeds;
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41})
    void neitherFailNorLeak(long seed) {
        Random random = new Random(seed);
        Shard shard = new Shard()
                .linkType(LINK_TYPES[(int) (seed % LINK_TYPES.length)])
                .listen(EVENTS);
        shard.settings.ip.ignoreChecksums = random.nextInt(4) > 0;
        List<byte[]> seeds = seeds();
        for (int i = 0; i < 6000; i++) {
            byte[] packet = seeds.get(random.nextInt(seeds.size())).clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            int original = packet.length;
            if (random.nextInt(4) == 0) {
                packet = Arrays.copyOf(packet, random.nextInt(packet.length));
            }
            shard.at(i * 0.05 - random.nextInt(2)).send(packet, original);
        }
        shard.finish();
        assertEquals(0, shard.metrics.liveConnections());
        assertEquals(shard.metrics.connections(), shard.removed().size());
        assertEquals(6000, shard.metrics.packets());
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void randomSegmentsOfOneConnectionNeitherFailNorLeak(long seed) {
        Random random = new Random(seed);
        Shard shard = new Shard().listen(EVENTS);
        for (int i = 0; i < 8000; i++) {
            boolean forth = random.nextBoolean();
            PacketBuilder b = forth
                    ? PacketBuilder.tcp("10.0.0.1", 1, "10.0.0.2", 2)
                    : PacketBuilder.tcp("10.0.0.2", 2, "10.0.0.1", 1);
            shard.at(i * 0.01)
                    .send(b.flags(random.nextInt(64))
                            .sequence(random.nextInt(8) * 700 - 1400)
                            .acknowledgement(random.nextInt(8) * 700 - 1400)
                            .payload(random.nextInt(3) * 350)
                            .window(random.nextInt(3))
                            .build());
        }
        shard.finish();
        assertEquals(0, shard.metrics.liveConnections());
        assertEquals(shard.metrics.connections(), shard.removed().size());
    }
}
