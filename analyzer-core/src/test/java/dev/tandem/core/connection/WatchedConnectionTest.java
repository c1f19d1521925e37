package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What scripts ask to be told, or to be kept, of single connections. */
class WatchedConnectionTest {
    private final Shard shard = new Shard();
    private final Dialogue talk = new Dialogue(shard);

    /** Does something to the connection when its handshake is complete. */
    private void onEstablished(Consumer<TcpConnection> action) {
        shard.registry
                .event("connection_established")
                .handler((type, arguments) -> shard.tracker.table().forEach(c -> action.accept((TcpConnection) c)));
    }

    /** Name and further arguments of each event, that of removal left out. */
    private List<String> told() {
        return shard.raised.stream()
                .filter(r -> !r.name().equals("connection_state_remove"))
                .map(r -> r.name() + r.arguments().subList(1, r.arguments().size()))
                .toList();
    }

    @Test
    void thresholdsAreToldOnce() {
        shard.listen(
                "conn_bytes_threshold_crossed", "conn_packets_threshold_crossed", "conn_duration_threshold_crossed");
        onEstablished(c -> {
            c.bytesThreshold(true, 200);
            c.packetsThreshold(false, 2);
            c.durationThreshold(1.5);
            assertEquals(200, c.bytesThreshold(true));
            assertEquals(0, c.bytesThreshold(false));
        });
        talk.handshake()
                .clientData(50)
                .clientData(50)
                .at(1)
                .serverData(10)
                .at(2)
                .clientData(50)
                .serverData(10);
        shard.finish();
        assertEquals(
                List.of(
                        "conn_bytes_threshold_crossed[200, true]",
                        "conn_packets_threshold_crossed[2, false]",
                        "conn_duration_threshold_crossed[1.5, true]"),
                told());
    }

    @Test
    void aThresholdThatWasPassedIsToldAtOnce() {
        shard.listen("conn_packets_threshold_crossed");
        onEstablished(c -> c.packetsThreshold(true, 1));
        talk.syn().synAck();
        shard.finish();
        assertEquals(List.of("conn_packets_threshold_crossed[1, true]"), told());
    }

    @Test
    void genericThresholdsCountPacketsOfBothSides() {
        shard.settings.genericPacketThresholds = new long[] {2, 4};
        shard.listen("conn_generic_packet_threshold_crossed");
        talk.handshake().clientData(1).serverData(1);
        shard.finish();
        assertEquals(
                List.of("conn_generic_packet_threshold_crossed[2]", "conn_generic_packet_threshold_crossed[4]"),
                told());
    }

    @Test
    void recordingHasBytesInOrderAndGapsNoted() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        boolean[] closed = new boolean[1];
        onEstablished(c -> c.recorder(false, new StreamRecorder() {
            @Override
            public boolean write(byte[] data, int from, int bytes) {
                kept.write(data, from, bytes);
                return true;
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        }));
        talk.handshake().serverData(3).serverDataLost(4).serverData(2);
        shard.finish();
        assertEquals("3 bytes <<gap 4>> 2 bytes", summary(kept));
        assertTrue(closed[0]);
    }

    private static String summary(ByteArrayOutputStream kept) {
        String text = kept.toString(StandardCharsets.ISO_8859_1);
        int note = text.indexOf("\n<<gap");
        int end = text.indexOf(">>\n");
        return note + " bytes " + text.substring(note + 1, end + 2) + " " + (text.length() - end - 3) + " bytes";
    }

    @Test
    void contentsOfAServersPortAreHandedOut() {
        shard.settings.tcpContents.originators = port -> port == Dialogue.SERVER_PORT;
        shard.listen("tcp_contents");
        talk.handshake().clientData(3).serverData(5).clientData(2);
        shard.finish();
        assertEquals(
                List.of(List.of(true, 1L, 3), List.of(true, 4L, 2)),
                shard.raised.stream()
                        .filter(r -> r.name().equals("tcp_contents"))
                        .map(r -> List.of(
                                r.arguments().get(1),
                                r.arguments().get(2),
                                r.arguments().get(3).toString().length()))
                        .toList());
    }

    @Test
    void udpContentsGoByPortsOfEitherEndOrTheDestination() {
        shard.settings.udpContents.eitherEnd = port -> port == 9;
        shard.settings.udpContents.responders = port -> port == 1000;
        shard.listen("udp_contents");
        for (int port : new int[] {9, 10}) {
            shard.send(PacketBuilder.udp("192.0.2.1", 1000, "192.0.2.2", port)
                    .payload(2)
                    .build());
            shard.send(PacketBuilder.udp("192.0.2.2", port, "192.0.2.1", 1000)
                    .payload(3)
                    .build());
        }
        shard.finish();
        assertEquals(
                List.of("true 2", "false 3", "false 3"),
                shard.raised.stream()
                        .filter(r -> r.name().equals("udp_contents"))
                        .map(r -> r.arguments().get(1) + " "
                                + r.arguments().get(2).toString().length())
                        .toList());
    }
}
