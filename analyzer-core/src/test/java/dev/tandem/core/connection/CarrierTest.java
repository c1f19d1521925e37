package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each decoder of what carries packets gets good bytes, and then these changed, cut and stuffed in every way a seed gives:
 * nothing fails, nothing is left behind. Good bytes must lead to the packet inside, so that the changed ones come as far.
 */
class CarrierTest {
    private static final int ROUNDS = 4000;
    private static final Set<String> MESSAGES = Set.of(
            "arp_request",
            "mobile_ipv6_message",
            "icmp_echo_request",
            "icmp_unreachable",
            "icmp_time_exceeded",
            "icmp_neighbor_solicitation",
            "icmp_router_advertisement",
            "icmpv6_mld_report_v2",
            "icmp_packet_too_big",
            "IGMP::message",
            "gtpv1_create_pdp_ctx_request",
            "gtpv1_create_pdp_ctx_response",
            "gtpv1_delete_pdp_ctx_request");

    private static boolean reachesTheInside(Shard shard) {
        return shard.removed().stream()
                .anyMatch(c -> c.id() != null && String.valueOf(c.id().get(1)).startsWith("5000/"));
    }

    @ParameterizedTest
    @EnumSource
    void goodBytesComeThrough(Carrier carrier) {
        for (byte[] good : carrier.good()) {
            Shard shard = new Shard().linkType(carrier.linkType).listenToAll();
            shard.settings.ip.ignoreChecksums = true;
            shard.send(good).finish();
            assertEquals(List.of(), shard.weirds());
            assertTrue(
                    carrier.isMessage() ? shard.names().stream().anyMatch(MESSAGES::contains) : reachesTheInside(shard),
                    () -> HexFormat.of().formatHex(good) + " came to " + shard.names());
        }
    }

    @ParameterizedTest
    @EnumSource
    void changedBytesNeitherFailNorLeak(Carrier carrier) {
        List<byte[]> good = carrier.good();
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(1000 * carrier.ordinal() + seed);
            Shard shard = new Shard().linkType(carrier.linkType).listenToAll();
            shard.settings.ip.ignoreChecksums = seed != 3;
            for (int i = 0; i < ROUNDS; i++) {
                byte[] packet = changed(good.get(random.nextInt(good.size())), random);
                int original = random.nextInt(4) == 0 ? packet.length + random.nextInt(50) : packet.length;
                shard.at(i * 0.05).send(packet, original);
            }
            shard.finish();
            assertEquals(0, shard.metrics.liveConnections(), "seed " + seed);
            assertEquals(shard.metrics.connections(), shard.removed().size(), "seed " + seed);
            assertEquals(ROUNDS, shard.metrics.packets(), "seed " + seed);
        }
    }

    /** Bytes behind the outer link header changed, cut off, doubled or put in. */
    private static byte[] changed(byte[] good, Random random) {
        byte[] packet = good.clone();
        for (int n = random.nextInt(5); n > 0; n--) {
            packet[random.nextInt(packet.length)] = interesting(random);
        }
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(packet, random.nextInt(packet.length + 1));
            case 1 -> {
                // A piece again, which nests tunnels now and then.
                List<Byte> longer = new ArrayList<>();
                for (byte b : packet) {
                    longer.add(b);
                }
                int from = random.nextInt(packet.length);
                int to = from + random.nextInt(packet.length - from);
                longer.addAll(random.nextInt(longer.size()), new ArrayList<>(longer.subList(from, to)));
                byte[] bytes = new byte[longer.size()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = longer.get(i);
                }
                yield bytes;
            }
            default -> packet;
        };
    }

    private static byte interesting(Random random) {
        int[] often = {0, 1, 0x7f, 0x80, 0xff};
        return (byte) (random.nextBoolean() ? often[random.nextInt(often.length)] : random.nextInt(256));
    }
}
