package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static dev.tandem.core.packet.TcpHeader.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Port;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** More than there is memory for: what goes, what stays, and what is counted. */
class FloodTest {
    private static final int MOST = 1000;
    private static final int FLOOD = 20_000;

    private final Shard shard = new Shard();
    private final Dialogue talk = new Dialogue(shard);

    private static String source(int number) {
        return "172." + (16 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    private void floodOfSyns() {
        for (int i = 0; i < FLOOD; i++) {
            shard.at(1 + i * 1e-5)
                    .send(PacketBuilder.tcp(source(i), 1024 + i % 50_000, Dialogue.SERVER, 80)
                            .flags(SYN)
                            .build());
        }
    }

    @Test
    void aFloodOfSynsLeavesConnectionsThatTalkAlone() {
        shard.settings.maxConnections = MOST;
        talk.handshake().clientData(100);
        floodOfSyns();
        talk.at(2).serverData(50).clientAck();
        shard.run();

        FlowCounts counts = shard.tracker.counts();
        assertEquals(MOST, shard.tracker.table().size());
        assertEquals(MOST, counts.most(Port.Proto.TCP));
        assertEquals(FLOOD + 1, counts.total(Port.Proto.TCP));
        assertEquals(FLOOD + 1 - MOST, counts.evictedForRoom());
        assertEquals(0, counts.refusedForRoom());

        shard.finish();
        ConnectionRecord kept = shard.removed().stream()
                .filter(c -> Objects.equals(Objects.requireNonNull(c.id()).get(0), Addr.parse(Dialogue.CLIENT)))
                .findFirst()
                .orElseThrow();
        assertEquals("ShADd", kept.history.latin1());
        assertEquals(FLOOD + 1, shard.removed().size(), "a connection that had to go is told of all the same");
    }

    @Test
    void whenAllTalkNewOnesAreRefused() {
        shard.settings.maxConnections = 10;
        for (int i = 0; i < 12; i++) {
            String client = source(i);
            shard.send(
                    PacketBuilder.udp(client, 1000, Dialogue.SERVER, 2000)
                            .payload(1)
                            .build(),
                    PacketBuilder.udp(Dialogue.SERVER, 2000, client, 1000)
                            .payload(1)
                            .build());
        }
        shard.run();
        assertEquals(10, shard.tracker.table().size());
        // Each of the last two hosts sent a packet, and an answer would have begun a connection as well.
        assertEquals(4, shard.tracker.counts().refusedForRoom());
        assertEquals(0, shard.tracker.counts().evictedForRoom());
    }

    @Test
    void earlySegmentsOfAllStreamsTogetherAreBounded() {
        // Settings are read when a tracker is made.
        Shard small = new Shard(s -> s.tcpReassemblyBytes = 100_000);
        for (int i = 0; i < 200; i++) {
            String client = source(i);
            small.send(
                    PacketBuilder.tcp(client, 1000, Dialogue.SERVER, 80)
                            .flags(SYN)
                            .sequence(10)
                            .build(),
                    PacketBuilder.tcp(Dialogue.SERVER, 80, client, 1000)
                            .flags(SYN | ACK)
                            .sequence(20)
                            .acknowledgement(11)
                            .build(),
                    PacketBuilder.tcp(client, 1000, Dialogue.SERVER, 80)
                            .flags(ACK)
                            .sequence(11)
                            .acknowledgement(21)
                            .build());
            for (int piece = 1; piece < 10; piece++) {
                // Never the first byte.
                small.send(PacketBuilder.tcp(client, 1000, Dialogue.SERVER, 80)
                        .flags(ACK)
                        .sequence(11 + 1000 * piece)
                        .acknowledgement(21)
                        .payload(900)
                        .build());
            }
        }
        small.registry.event("tcp_contents").handler((type, arguments) -> {});
        small.settings.tcpContents.allOriginators = true;
        small.run();
        StreamMemory memory = small.tracker.streamMemory();
        assertTrue(memory.bytes() <= 100_000, "held " + memory.bytes());
        assertTrue(memory.bytes() > 50_000, "held " + memory.bytes());
        assertTrue(memory.streamsGivenUp() >= 180, "gave up " + memory.streamsGivenUp());
        assertTrue(small.weirds().contains("stream_memory_exceeded"));
        small.finish();
        assertEquals(0, memory.bytes());
    }

    @Test
    void fragmentsOfAllDatagramsTogetherAreBounded() {
        shard.settings.ip.fragmentBytes = 200_000;
        for (int i = 0; i < FLOOD; i++) {
            byte[][] parts = PacketBuilder.udp(source(i), 1000, Dialogue.SERVER, 53)
                    .id(i)
                    .payload(600)
                    .buildFragments(400);
            // The rest never comes.
            shard.at(i * 1e-5).send(parts[0]);
        }
        byte[][] whole = PacketBuilder.udp(Dialogue.CLIENT, 1000, Dialogue.SERVER, 53)
                .id(7)
                .payload(600)
                .buildFragments(400);
        shard.send(whole);
        shard.run();
        assertTrue(shard.tracker.fragments().heldBytes() <= 200_000);
        assertTrue(shard.tracker.fragments().waiting() < 1000);
        assertEquals(
                FLOOD,
                shard.tracker.fragments().dropped() + shard.tracker.fragments().waiting());
        shard.finish();
        assertEquals(608, Objects.requireNonNull(shard.only().orig()).ipBytes - 20);
    }

    @Test
    void oneConnectionHoldsNoMoreThanItMay() {
        talk.handshake();
        for (int i = 1; i < 30_000; i++) {
            shard.at(i * 1e-4)
                    .send(talk.fromServer(ACK)
                            .sequence(talk.server + 1000L * i)
                            .payload(500)
                            .build());
        }
        shard.run();
        assertTrue(shard.tracker.streamMemory().bytes() < 100_000);
        assertTrue(shard.weirds().contains("above_hole_data_without_any_acks"));
    }
}
