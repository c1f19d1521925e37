package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.RecordValue;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets in packets, to the connection inside. */
class TunnelsTest {
    private static final byte[] INNER_V4 =
            PacketBuilder.udp("10.9.0.1", 5000, "10.9.0.2", 6000).payload(7).buildIp();
    private static final byte[] INNER_V6 = PacketBuilder.udp("2001:db8::1", 5000, "2001:db8::2", 6000)
            .payload(7)
            .buildIp();
    private static final byte[] INNER_FRAME =
            PacketBuilder.udp("10.9.0.1", 5000, "10.9.0.2", 6000).payload(7).build();

    private final Shard shard = new Shard();

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] ip(int protocol, byte[]... payload) {
        return PacketBuilder.ip("192.0.2.1", "192.0.2.2", protocol, join(payload))
                .build();
    }

    private static byte[] udp(int port, byte[]... payload) {
        return PacketBuilder.udp("192.0.2.1", 40_000, "192.0.2.2", port)
                .payload(join(payload))
                .build();
    }

    /** The tunnels of the connection between the inner addresses, outermost first, as kind and uid's presence. */
    private List<String> tunnelsOfInner() {
        shard.finish();
        for (ConnectionRecord c : shard.removed()) {
            if (String.valueOf(Objects.requireNonNull(c.id()).get(1)).startsWith("5000/")) {
                return ((List<?>) Objects.requireNonNull(c.get(8)))
                        .stream()
                                .map(t -> (RecordValue) t)
                                .map(t -> t.get(1) + " "
                                        + Objects.requireNonNull((RecordValue) t.get(0))
                                                .get(3))
                                .toList();
            }
        }
        throw new AssertionError("nothing inside; weirds " + shard.weirds());
    }

    @ParameterizedTest
    @CsvSource({
        "4, '', 4, Tunnel::IP 0/unknown",
        "41, '', 6, Tunnel::IP 0/unknown",
        // Plain, with key and sequence number, PPTP.
        "47, 0000 0800, 4, Tunnel::GRE 0/unknown",
        "47, 3000 86dd 00000001 00000002, 6, Tunnel::GRE 0/unknown",
        "47, 3001 880b 0000 0000 00000002 ff03 0021, 4, Tunnel::GRE 0/unknown",
        // Bridged Ethernet, ERSPAN of each version.
        "47, 0000 6558, frame, Tunnel::GRE 0/unknown",
        "47, 0000 88be, frame, Tunnel::GRE 0/unknown",
        "47, 1000 88be 00000001 1001000100000000, frame, Tunnel::GRE 0/unknown",
        "47, 1000 22eb 00000001 200100010000000000000000, frame, Tunnel::GRE 0/unknown",
        "47, 1000 22eb 00000001 200100010000000000000001 0000000000000000, frame, Tunnel::GRE 0/unknown",
    })
    void packetsDirectlyOnIp(int protocol, String header, String inner, String tunnel) {
        shard.send(ip(protocol, hex(header), packet(inner)));
        assertEquals(List.of(tunnel), tunnelsOfInner());
    }

    private static byte[] packet(String kind) {
        return switch (kind) {
            case "4" -> INNER_V4;
            case "6" -> INNER_V6;
            default -> INNER_FRAME;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "4789, 0800000000002a00, frame, Tunnel::VXLAN, VXLAN",
        "6081, 0000655800002a00, frame, Tunnel::GENEVE, GENEVE",
        "6081, 0100080000002a00 00000000, 4, Tunnel::GENEVE, GENEVE",
        "5072, 1052 1129 00000000 0000 0000000000000000000000000000000000000000, 6, Tunnel::AYIYA, AYIYA",
        "3544, '', 6, Tunnel::TEREDO, ''",
        "3544, 0001 0000 0000000000000000 00 0000 0000 00000000, 6, Tunnel::TEREDO, ''",
        "2152, 30ff 0000 00000001, 4, Tunnel::GTPv1, GTPV1",
        "2152, 34ff 0000 00000001 00000085 01 0000 00, 6, Tunnel::GTPv1, GTPV1",
        "4754, 0000 0800, 4, Tunnel::GRE, ''",
        // By looks only.
        "999, 1052 1129 00000000 0000 0000000000000000000000000000000000000000, 6, Tunnel::AYIYA, AYIYA",
        "999, 0000 0000 00000000, 6, Tunnel::TEREDO, ''",
    })
    void packetsInUdp(int port, String header, String inner, String kind, String confirmed) {
        shard.listen("analyzer_confirmation_info");
        shard.send(udp(port, hex(header), packet(inner)));
        String carrier = kind.equals("Tunnel::GRE") ? "0/unknown" : port + "/udp";
        assertEquals(List.of(kind + " " + carrier), tunnelsOfInner());
        // Teredo is believed only once both sides have spoken it.
        assertEquals(
                confirmed.isEmpty() ? List.of() : List.of("PacketAnalyzer::ANALYZER_" + confirmed),
                shard.raised.stream()
                        .filter(r -> r.name().equals("analyzer_confirmation_info"))
                        .map(r -> r.arguments().get(0))
                        .toList());
    }

    @Test
    void tunnelsInTunnelsGoTillTheLimit() {
        shard.settings.tunnelMaxDepth = 2;
        byte[] two =
                PacketBuilder.ip("198.51.100.1", "198.51.100.2", 4, INNER_V4).buildIp();
        byte[] three = PacketBuilder.ip("203.0.113.1", "203.0.113.2", 4, two).buildIp();
        shard.send(ip(4, two));
        assertEquals(2, tunnelsOfInner().size());

        Shard deeper = new Shard();
        deeper.settings.tunnelMaxDepth = 2;
        deeper.send(ip(4, three)).finish();
        assertEquals(List.of("exceeded_tunnel_max_depth_in_tunnel"), deeper.weirds());
    }

    @Test
    void aPairOfAddressesIsOneTunnelBothWays() {
        shard.listen("tunnel_changed");
        shard.send(ip(4, INNER_V4));
        shard.send(PacketBuilder.ip(
                        "192.0.2.2",
                        "192.0.2.1",
                        4,
                        PacketBuilder.udp("10.9.0.2", 6000, "10.9.0.1", 5000)
                                .payload(1)
                                .buildIp())
                .build());
        assertEquals(1, tunnelsOfInner().size());
        assertEquals(List.of("connection_state_remove"), shard.names());
    }

    private static byte[] tunnelled(String from, int innerPort) {
        byte[] inner = PacketBuilder.udp("10.9.0.1", innerPort, "10.9.0.2", 6000)
                .payload(1)
                .buildIp();
        return PacketBuilder.ip(from, "192.0.2.2", 4, inner).build();
    }

    /** The uid of the tunnel that the connection from that inner port came through. */
    private Object uidOfTunnel(int innerPort) {
        ConnectionRecord c = shard.removed().stream()
                .filter(r ->
                        String.valueOf(Objects.requireNonNull(r.id()).get(1)).startsWith(innerPort + "/"))
                .findFirst()
                .orElseThrow();
        List<?> tunnels = (List<?>) Objects.requireNonNull(c.get(8));
        return Objects.requireNonNull(((RecordValue) Objects.requireNonNull(tunnels.get(0))).get(2));
    }

    @Test
    void ofTooManyTunnelsThoseInUseAreKept() {
        shard.send(tunnelled("192.0.2.1", 1), tunnelled("192.0.2.3", 2), tunnelled("192.0.2.1", 1));
        for (int i = 1; i < IpTunnels.MOST; i++) {
            shard.send(tunnelled("10.1." + (i >> 8) + "." + (i & 0xff), 9));
        }
        shard.send(tunnelled("192.0.2.1", 3), tunnelled("192.0.2.3", 4));
        shard.finish();
        assertEquals(uidOfTunnel(1), uidOfTunnel(3), "the older, and in use");
        assertNotEquals(uidOfTunnel(2), uidOfTunnel(4), "used longest ago");
    }

    @Test
    void changesOfTunnelAreToldUpToTheLimit() {
        shard.settings.tunnelMaxChanges = 1;
        shard.listen("tunnel_changed");
        shard.send(
                PacketBuilder.udp("10.9.0.1", 5000, "10.9.0.2", 6000).payload(1).build());
        shard.send(ip(4, INNER_V4));
        shard.send(
                PacketBuilder.udp("10.9.0.1", 5000, "10.9.0.2", 6000).payload(1).build());
        shard.finish();
        assertEquals(1, shard.names().stream().filter("tunnel_changed"::equals).count());
        assertEquals(List.of("tunnel_max_changes_per_connection_exceeded"), shard.weirds());
        assertEquals("DX", shard.only().history.latin1());
    }

    @ParameterizedTest
    @CsvSource({
        "4, 60, invalid_inner_IP_version",
        "41, 60, truncated_inner_IP",
        "47, 0000, truncated_GRE",
        "47, 0003 0800, unknown_gre_version",
        "47, 4000 0800 00000000, gre_routing",
        "47, 0001 0800, egre_protocol_type",
        "47, 2001 880b 00000000 ff03 c021, non_ip_packet_in_encap",
    })
    void brokenOnes(int protocol, String payload, String weird) {
        shard.send(ip(protocol, hex(payload))).finish();
        assertEquals(List.of(weird), shard.weirds());
    }

    @Test
    void whatViolatesATunnelIsNotLookedAtAgain() {
        shard.listen("analyzer_violation_info");
        shard.send(udp(4789, hex("0000000000002a00"), INNER_FRAME));
        shard.send(udp(4789, hex("0800000000002a00"), INNER_FRAME));
        shard.finish();
        assertEquals(List.of("analyzer_violation_info", "connection_state_remove"), shard.names());
    }

    @Test
    void wirelessFramesMayHoldSeveralPackets() {
        byte[] snap = hex("aaaa030000000800");
        byte[] first = join(new byte[12], length(snap.length + INNER_V4.length), snap, INNER_V4);
        byte[] padding = new byte[(snap.length + INNER_V4.length) % 4];
        byte[] other =
                PacketBuilder.udp("10.9.0.3", 1, "10.9.0.4", 2).payload(1).buildIp();
        byte[] second = join(new byte[12], length(snap.length + other.length), snap, other);
        byte[] header = hex("8802 0000 020000000001 020000000002 020000000003 0000 8000");
        byte[] radiotap = hex("00000800 00000000");
        shard.linkType(LinkType.IEEE802_11_RADIOTAP);
        shard.send(join(radiotap, header, first, padding, second)).finish();
        assertEquals(2, shard.removed().size());
        assertTrue(shard.weirds().isEmpty(), shard.weirds().toString());
        assertEquals(
                "02:00:00:00:00:03",
                String.valueOf(Objects.requireNonNull(shard.removed().get(0).orig()).linkAddress));
    }

    private static byte[] length(int bytes) {
        return new byte[] {(byte) (bytes >>> 8), (byte) bytes};
    }

    @Test
    void cutAnywhereNothingBreaks() {
        byte[][] whole = {
            udp(4789, hex("0800000000002a00"), INNER_FRAME),
            udp(6081, hex("0100655800002a00 00000000"), INNER_FRAME),
            udp(3544, hex("0001 0000 0000000000000000 00 0000 0000 00000000"), INNER_V6),
            udp(2152, hex("34ff 0000 00000001 00000085 01 0000 00"), INNER_V6),
            udp(5072, hex("1052 1129 00000000 0000 0000000000000000000000000000000000000000"), INNER_V6),
            ip(47, hex("1000 22eb 00000001 200100010000000000000001 0000000000000000"), INNER_FRAME),
        };
        for (byte[] packet : whole) {
            for (int bytes = 1; bytes < packet.length; bytes++) {
                shard.send(Arrays.copyOf(packet, bytes), packet.length);
            }
        }
        shard.finish();
        assertEquals(0, shard.tracker.table().size());
    }
}
