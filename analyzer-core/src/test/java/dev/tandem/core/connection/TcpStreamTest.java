package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpStreamTest {
    private final Shard shard = new Shard();
    private final Dialogue talk = new Dialogue(shard);
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private final List<String> said = new ArrayList<>();

    private void takeStreams() {
        shard.registry
                .event("new_connection")
                .handler((type, arguments) -> shard.tracker
                        .table()
                        .forEach(c -> ((TcpConnection) c).consumer(new StreamConsumer() {
                            @Override
                            public void data(boolean fromOriginator, byte[] data, int from, int bytes) {
                                if (!fromOriginator) {
                                    got.write(data, from, bytes);
                                }
                            }

                            @Override
                            public void gap(boolean fromOriginator, long sequence, long bytes) {
                                said.add("gap " + sequence + " " + bytes);
                                for (int i = 0; i < bytes; i++) {
                                    got.write('?');
                                }
                            }

                            @Override
                            public void endOfStream(boolean fromOriginator) {
                                said.add("end " + (fromOriginator ? "orig" : "resp"));
                            }

                            @Override
                            public void reset() {
                                said.add("reset");
                            }
                        })));
    }

    @Test
    void aResetIsToldOnce() {
        takeStreams();
        talk.handshake().clientData(5).clientRst();
        shard.finish();
        assertEquals(1, Collections.frequency(said, "reset"), said.toString());
    }

    @Test
    void aResetBehindAFinIsToldOnceAndAtOnce() {
        shard.listen("connection_reset");
        takeStreams();
        talk.handshake().clientFin().clientRst();
        shard.run();
        assertEquals(List.of("end orig", "reset"), said);
        shard.finish();
        assertEquals(List.of("connection_reset", "connection_state_remove"), shard.names());
        assertEquals(1, Collections.frequency(said, "reset"), said.toString());
    }

    @Test
    void acknowledgedBytesThatNobodySawAreAGap() {
        shard.listen("content_gap");
        takeStreams();
        talk.handshake().serverData(10).serverDataLost(30).serverData(5).clientAck();
        shard.finish();
        assertEquals("ShAdg", shard.only().history.latin1());
        Shard.Raised gap = shard.raised.get(0);
        assertEquals(List.of(false, 11L, 30L), gap.arguments().subList(1, 4));
        assertEquals(45, got.size());
        assertEquals(List.of("gap 11 30"), said);
    }

    @Test
    void missedBytesAreCounted() {
        long[] missed = new long[1];
        talk.handshake().serverDataLost(30).clientAck();
        shard.registry
                .event("content_gap")
                .handler((type, arguments) -> shard.tracker.table().forEach(c -> missed[0] = c.missedBytes()));
        shard.finish();
        assertEquals(30, missed[0]);
    }

    @Test
    void gapsOfPartialConnectionsAreNotReported() {
        shard.listen("content_gap");
        talk.serverData(10).clientAck().serverDataLost(30).clientAck();
        shard.finish();
        assertEquals(List.of("connection_state_remove"), shard.names());
    }

    @Test
    void closeWaitsForMissingData() {
        shard.listen("connection_finished");
        talk.handshake().clientFin().serverDataLost(100).serverFin();
        shard.at(1).send(talk.fromClient(ACK).build());
        shard.finish();
        assertEquals(Shard.START + 1, shard.raised.get(0).time());
        assertEquals("connection_finished", shard.names().get(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderOfSegmentsGivesTheSameStream(long seed) {
        Random random = new Random(seed);
        byte[] stream = new byte[3000];
        random.nextBytes(stream);
        takeStreams();
        talk.handshake();
        long start = talk.server;
        List<byte[]> segments = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int bytes = Math.min(stream.length - at, 1 + random.nextInt(300));
            segments.add(segment(stream, start, at, bytes));
            // Some bytes come twice, cut differently.
            int again = Math.max(0, at - random.nextInt(200));
            segments.add(segment(stream, start, again, at + bytes - again));
            at += bytes;
        }
        Collections.shuffle(segments, random);
        segments.forEach(shard::send);
        talk.server = start + stream.length;
        talk.serverFin().clientFin().serverAck();
        shard.finish();
        assertArrayEquals(stream, got.toByteArray());
        assertEquals(stream.length, Objects.requireNonNull(shard.only().resp()).size);
        assertEquals(List.of("end resp", "end orig"), said);
    }

    private byte[] segment(byte[] stream, long start, int at, int bytes) {
        return talk.fromServer(ACK)
                .sequence(start + at)
                .payload(java.util.Arrays.copyOfRange(stream, at, at + bytes))
                .build();
    }

    @Test
    void dataFarAboveAHoleWithoutAcknowledgementGivesUp() {
        talk.syn().synAck();
        talk.serverDataLost(10);
        for (int i = 0; i < 14; i++) {
            talk.serverData(1400);
        }
        shard.finish();
        assertTrue(
                shard.weirds().contains("above_hole_data_without_any_acks"),
                shard.weirds().toString());
    }

    @Test
    void otherBytesUnderTheSameNumbersAreInconsistent() {
        shard.listen("rexmit_inconsistency");
        talk.handshake();
        talk.shard.send(talk.fromServer(ACK).payload(new byte[] {1, 2, 3, 4}).build());
        // The same again says nothing; other bytes do, as far as they overlap what was not acknowledged.
        talk.shard.send(talk.fromServer(ACK).payload(new byte[] {1, 2, 3, 4}).build());
        talk.shard.send(talk.fromServer(ACK)
                .sequence(talk.server + 2)
                .payload(new byte[] {3, 9, 9})
                .build());
        talk.server += 5;
        talk.clientAck();
        talk.shard.send(talk.fromServer(ACK)
                .sequence(talk.server - 5)
                .payload(new byte[] {7, 7, 7, 7, 7})
                .build());
        shard.finish();
        List<String> told = shard.raised.stream()
                .filter(r -> r.name().equals("rexmit_inconsistency"))
                .map(r -> r.arguments().subList(1, 4).stream()
                        .map(b -> ((dev.tandem.core.value.Bytes) b).latin1())
                        .toList()
                        .toString())
                .toList();
        assertEquals(List.of("[\u0003\u0004, \u0003\t, A]"), told);
    }
}
