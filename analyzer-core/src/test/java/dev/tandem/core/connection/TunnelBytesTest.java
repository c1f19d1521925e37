package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each decoder of what carries packets gets good bytes, and then these changed, cut and stuffed in every way a seed gives:
 * nothing fails, nothing is left behind. Good bytes must lead to the packet inside, so that the changed ones come as far.
 */
class TunnelBytesTest {
    private static final int ROUNDS = 4000;
    private static final byte[] V4 =
            PacketBuilder.tcp("10.9.0.1", 5000, "10.9.0.2", 80).flags(SYN).buildIp();
    private static final byte[] V6 = PacketBuilder.udp("2001:db8::1", 5000, "2001:db8::2", 6000)
            .payload(30)
            .buildIp();
    private static final byte[] FRAME = PacketBuilder.udp("10.9.0.1", 5000, "10.9.0.2", 6000)
            .payload(30)
            .vlans(7)
            .build();

    private static final String[] EVENTS = {
        "new_connection",
        "vxlan_packet",
        "geneve_packet",
        "teredo_packet",
        "teredo_authentication",
        "teredo_origin_indication",
        "teredo_bubble",
        "gtpv1_message",
        "gtpv1_g_pdu_packet",
        "gtpv1_create_pdp_ctx_request",
        "gtpv1_create_pdp_ctx_response",
        "gtpv1_update_pdp_ctx_request",
        "gtpv1_update_pdp_ctx_response",
        "gtpv1_delete_pdp_ctx_request",
        "gtpv1_delete_pdp_ctx_response",
        "analyzer_confirmation_info",
        "analyzer_violation_info",
        "unknown_protocol",
        "tunnel_changed",
        "raw_packet",
        "new_packet",
        "IGMP::message",
        "IGMP::membership_query",
        "IGMP::membership_report_v2",
        "IGMP::membership_report_v3",
        "IGMP::leave_group"
    };

    /** Where bytes go to be decoded, and good ones. */
    enum Carrier {
        GRE(ip(47, "0000 0800", V4), ip(47, "b000 86dd 0000 0000 00000001 00000002", V6)),
        PPTP(ip(47, "3081 880b 0004 0000 00000002 00000003 ff03 0021", V4)),
        ERSPAN(
                ip(47, "1000 88be 00000001 1001000100000000", FRAME),
                ip(47, "1000 22eb 00000001 2001000100000000 00000001 0000000000000000", FRAME)),
        NVGRE(ip(47, "2000 6558 00002a00", FRAME)),
        GRE_IN_UDP(udp(4754, "0000 0800", V4)),
        IP_IN_IP(ip(4, "", V4), ip(41, "", V6)),
        VXLAN(udp(4789, "0800000000002a00", FRAME)),
        GENEVE(udp(6081, "0200655800002a00 0100 01 01 31323334", FRAME)),
        AYIYA(udp(5072, "1052 1129 00000000 0000 0000000000000000000000000000000000000000", V6)),
        TEREDO(udp(3544, "0001 0000 0000000000000000 00 0000 63bf 3ffffffe", V6)),
        GTP(udp(2152, "34ff 0000 00000001 00000085 01 0000 00", V4)),
        GTP_SESSIONS(
                udp(
                        2123,
                        "3210 0000 00000000 1301 0000 02 6400010200000021 03 64f0 06 fffe ff 0e b0 0f 01 10 0000000111"
                                + " 00000001 14 05 80 0002 f121 83 0003 026565 84 0002 8080 85 0004 c0a86401 85 0004"
                                + " c0a8640286 0002 9168 87 0004 021b421f ff 0005 2aab020103",
                        new byte[0]),
                udp(
                        2123,
                        "3211 0000 00000001 1301 0000 01 80 08 ff 10 00000001 7f 00000002 fb 0004 0a000001",
                        new byte[0]),
                udp(2123, "3214 0000 00000001 1301 0000 13 ff 14 05", new byte[0])),
        IGMP(
                ip(2, "1600 03fb e4010203", new byte[0]),
                ip(2, "1164 ec1e 00000000 02 7d 0000", new byte[0]),
                ip(2, "2200 e001 0000 0001 04 00 0001 effffffa 0a000001", new byte[0])),
        WIRELESS(LinkType.IEEE802_11, wireless("08 01 0000 000000000001 000000000002 000000000003 0000", V4)),
        WIRELESS_AGGREGATED(LinkType.IEEE802_11, aggregated()),
        RADIOTAP(
                LinkType.IEEE802_11_RADIOTAP,
                join(
                        hex("0000 0800 00000000"),
                        wireless("08 02 0000 000000000001 000000000002 000000000003 0000", V4)));

        final int linkType;
        final List<byte[]> good;

        Carrier(byte[]... good) {
            this(LinkType.ETHERNET, good);
        }

        Carrier(int linkType, byte[]... good) {
            this.linkType = linkType;
            this.good = List.of(good);
        }

        private static byte[] ip(int protocol, String header, byte[] inside) {
            return PacketBuilder.ip("192.0.2.1", "192.0.2.2", protocol, join(hex(header), inside))
                    .build();
        }

        private static byte[] udp(int port, String header, byte[] inside) {
            return PacketBuilder.udp("192.0.2.1", 40_000, "192.0.2.2", port)
                    .payload(join(hex(header), inside))
                    .build();
        }

        private static byte[] wireless(String header, byte[] inside) {
            return join(hex(header), hex("aaaa03000000 0800"), inside);
        }

        private static byte[] aggregated() {
            byte[] part = join(hex("aaaa03000000 0800"), V4);
            byte[] length = {(byte) (part.length >>> 8), (byte) part.length};
            byte[] subframe = join(hex("000000000001 000000000002"), length, part);
            return join(hex("88 01 0000 000000000001 000000000002 000000000003 0000 8000"), subframe, subframe);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static boolean carriesPackets(Carrier carrier) {
        return carrier != Carrier.GTP_SESSIONS && carrier != Carrier.IGMP;
    }

    @ParameterizedTest
    @EnumSource
    void goodBytesComeThrough(Carrier carrier) {
        for (byte[] good : carrier.good) {
            Shard shard = new Shard().linkType(carrier.linkType).listen(EVENTS);
            shard.send(good).finish();
            assertEquals(List.of(), shard.weirds());
            if (carriesPackets(carrier)) {
                assertTrue(
                        shard.removed().stream()
                                .anyMatch(c -> String.valueOf(c.id() == null ? null : c.id().get(1))
                                        .startsWith("5000/")),
                        "nothing came out of " + HexFormat.of().formatHex(good));
            } else {
                assertTrue(
                        shard.names().stream().anyMatch(n -> n.contains("pdp_ctx") || n.equals("IGMP::message")),
                        shard.names().toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void changedBytesNeitherFailNorLeak(Carrier carrier) {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(1000 * carrier.ordinal() + seed);
            Shard shard = new Shard().linkType(carrier.linkType).listen(EVENTS);
            shard.settings.ip.ignoreChecksums = seed != 3;
            for (int i = 0; i < ROUNDS; i++) {
                byte[] packet = changed(carrier.good.get(random.nextInt(carrier.good.size())), random);
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
