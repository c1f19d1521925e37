package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DatagramFlowsTest {
    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";

    private final Shard shard = new Shard();

    private static String ends(ConnectionRecord c) {
        var id = Objects.requireNonNull(c.id());
        return id.get(0) + " " + id.get(1) + " " + id.get(2) + " " + id.get(3) + " " + id.get(4);
    }

    private static String counts(ConnectionRecord c) {
        var o = Objects.requireNonNull(c.orig());
        var r = Objects.requireNonNull(c.resp());
        return o.size + "/" + o.packets + "/" + o.ipBytes + " " + r.size + "/" + r.packets + "/" + r.ipBytes;
    }

    @Test
    void udpRequestAndReplyAreOneFlow() {
        shard.listen("new_connection", "udp_request", "udp_reply");
        shard.send(
                PacketBuilder.udp(A, 1111, B, 53).payload(30).build(),
                PacketBuilder.udp(B, 53, A, 1111).payload(90).build());
        shard.finish();
        assertEquals(List.of("new_connection", "udp_request", "udp_reply", "connection_state_remove"), shard.names());
        assertEquals("10.0.0.1 1111/udp 10.0.0.2 53/udp 17", ends(shard.only()));
        assertEquals("30/1/58 90/1/118", counts(shard.only()));
        assertEquals("Dd", shard.only().history.latin1());
    }

    @Test
    void udpFromALikelyServerIsFlippedButNotToBroadcast() {
        shard.settings.likelyServerPorts.add(Port.of(53, Port.Proto.UDP));
        shard.send(PacketBuilder.udp(B, 53, A, 1111).payload(9).build());
        shard.send(PacketBuilder.udp(B, 53, "255.255.255.255", 1111).payload(9).build());
        shard.finish();
        assertEquals(
                List.of("10.0.0.1 1111/udp 10.0.0.2 53/udp 17", "10.0.0.2 53/udp 255.255.255.255 1111/udp 17"),
                shard.removed().stream().map(DatagramFlowsTest::ends).toList());
    }

    @Test
    void badUdpChecksumCountsNothing() {
        shard.send(
                PacketBuilder.udp(A, 1, B, 2).payload(30).badTransportChecksum().build());
        shard.finish();
        assertEquals("C", shard.only().history.latin1());
        assertEquals("0/0/0 0/0/0", counts(shard.only()));
        assertEquals(List.of("bad_UDP_checksum"), shard.weirds());
    }

    @Test
    void paddingIsNotPayload() {
        shard.send(PacketBuilder.udp(A, 1, B, 2).payload(3).padding(15).build());
        shard.finish();
        assertEquals("3/1/31 0/0/0", counts(shard.only()));
        assertEquals(List.of(), shard.weirds());
    }

    @Test
    void echoRequestAndReplyAreOneFlow() {
        shard.listen("icmp_echo_request", "icmp_echo_reply");
        shard.send(
                PacketBuilder.icmp(A, B, 8, 0).payload(56).build(),
                PacketBuilder.icmp(B, A, 0, 0).payload(56).build());
        shard.finish();
        assertEquals("10.0.0.1 8/icmp 10.0.0.2 0/icmp 1", ends(shard.only()));
        assertEquals("56/1/84 56/1/84", counts(shard.only()));
        assertEquals(List.of("icmp_echo_request", "icmp_echo_reply", "connection_state_remove"), shard.names());
        assertEquals(56, ((Bytes) shard.raised.get(0).arguments().get(4)).length());
    }

    @Test
    void neighbourSolicitationAndAdvertisementAreOneFlow() {
        shard.send(
                PacketBuilder.icmp("fe80::1", "fe80::2", 135, 0).payload(16).build(),
                PacketBuilder.icmp("fe80::2", "fe80::1", 136, 0).payload(16).build());
        shard.finish();
        assertEquals("fe80::1 135/icmp fe80::2 136/icmp 58", ends(shard.only()));
    }

    @Test
    void unreachableTellsOfThePacketItIsAbout() {
        shard.listen("icmp_unreachable");
        byte[] about = PacketBuilder.udp(A, 1111, B, 53).payload(4).buildIp();
        shard.send(PacketBuilder.icmp(B, A, 3, 3).payload(about).build());
        shard.send(PacketBuilder.icmp(A, B, 3, 3).payload(about).build());
        shard.finish();
        assertEquals(2, shard.removed().size());
        assertEquals("10.0.0.1 3/icmp 10.0.0.2 3/icmp 1", ends(shard.removed().get(0)));
        RecordValue context = (RecordValue) shard.raised.get(0).arguments().get(3);
        assertEquals(
                "53/udp",
                ((RecordValue) Objects.requireNonNull(context.get(0))).get(3).toString());
        assertEquals(32L, context.get(1));
        assertEquals(false, context.get(4));
        assertEquals(false, context.get(5));
    }

    @Test
    void protocolsNobodyKnowsAreFlowsOfTheirNumber() {
        shard.listen("unknown_protocol");
        shard.send(PacketBuilder.ip(A, B, 132, new byte[20]).build());
        shard.send(PacketBuilder.ip(B, A, 132, new byte[24]).build());
        shard.finish();
        assertEquals("10.0.0.1 0/unknown 10.0.0.2 0/unknown 132", ends(shard.only()));
        assertEquals("0/1/40 0/1/44", counts(shard.only()));
        assertEquals("unknown_protocol", shard.names().get(0));
        assertEquals(
                "UNKNOWN_IP_TRANSPORT", shard.raised.get(0).arguments().get(0).toString());
    }

    @Test
    void vlanTagsAndLinkAddressesAreOnTheRecord() {
        shard.send(PacketBuilder.udp(A, 1, B, 2).payload(1).vlans(100, 7).build());
        shard.finish();
        ConnectionRecord c = shard.only();
        assertEquals(100, c.vlan);
        assertEquals(7, c.innerVlan);
        assertEquals("02:00:00:00:00:01", String.valueOf(Objects.requireNonNull(c.orig()).linkAddress));
        assertEquals("02:00:00:00:00:02", String.valueOf(Objects.requireNonNull(c.resp()).linkAddress));
    }

    @Test
    void changedFlowLabelIsToldOnce() {
        shard.listen("connection_flow_label_changed");
        PacketBuilder packet = PacketBuilder.udp("fe80::1", 1, "fe80::2", 2).payload(1);
        shard.send(
                packet.flowLabel(5).build(),
                packet.flowLabel(5).build(),
                packet.flowLabel(6).build());
        shard.finish();
        assertEquals(List.of("connection_flow_label_changed", "connection_state_remove"), shard.names());
        assertEquals(List.of(true, 5L, 6L), shard.raised.get(0).arguments().subList(1, 4));
    }

    @Test
    void truncatedTransportHeaderIsNoFlow() {
        byte[] frame = PacketBuilder.udp(A, 1, B, 2).payload(10).build();
        shard.send(java.util.Arrays.copyOf(frame, 38), frame.length);
        shard.send(PacketBuilder.ip(A, B, 6, new byte[12]).build());
        shard.finish();
        assertEquals(List.of("internally_truncated_header", "truncated_header"), shard.weirds());
        assertTrue(shard.removed().isEmpty());
        assertEquals(2, shard.metrics.unprocessed());
    }

    @Test
    void frequentWeirdsAreSampled() {
        for (int i = 0; i < 2000; i++) {
            shard.send(PacketBuilder.udp(A, 1, B, 2)
                    .payload(1)
                    .badTransportChecksum()
                    .build());
        }
        shard.finish();
        assertEquals(26, shard.weirds().size());
        assertEquals(2000, shard.metrics.weirds());
        assertEquals("CCCC", shard.only().history.latin1());
    }
}
