package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static dev.tandem.core.packet.TcpHeader.FIN;
import static dev.tandem.core.packet.TcpHeader.RST;
import static dev.tandem.core.packet.TcpHeader.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.EndpointRecord;
import dev.tandem.core.value.Port;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** End states and histories, by the conn_state that scripts make of them. */
class TcpStatesTest {
    private final Shard shard = new Shard();
    private final Dialogue talk = new Dialogue(shard);

    @Test
    void synAloneIsS0AndAnAttempt() {
        shard.listen("new_connection", "connection_attempt");
        talk.syn();
        shard.finish();
        assertEquals(List.of("new_connection", "connection_attempt", "connection_state_remove"), shard.names());
        assertEquals("SYN_SENT INACTIVE S", shard.story());
    }

    @Test
    void openConnectionIsS1() {
        shard.listen("connection_established", "connection_pending");
        talk.handshake().clientData(10);
        shard.finish();
        assertEquals("ESTABLISHED ESTABLISHED ShAD", shard.story());
        assertEquals(List.of("connection_established", "connection_pending", "connection_state_remove"), shard.names());
    }

    @Test
    void bothFinsAreSf() {
        shard.listen("connection_finished", "connection_first_ACK");
        talk.handshake()
                .clientData(100)
                .serverData(2000)
                .clientFin()
                .serverFin()
                .clientAck();
        shard.finish();
        assertEquals("CLOSED CLOSED ShADdFf", shard.story());
        assertEquals(List.of("connection_first_ACK", "connection_finished", "connection_state_remove"), shard.names());
        assertEquals(100, orig().size);
        assertEquals(2000, resp().size);
        assertEquals(5, orig().packets);
        assertEquals(5 * 40 + 100, orig().ipBytes);
        assertEquals(3, resp().packets);
        assertEquals(3 * 40 + 2000, resp().ipBytes);
    }

    @Test
    void resetAnswerToSynIsRejected() {
        shard.listen("connection_rejected");
        talk.syn().serverRst();
        shard.finish();
        assertEquals("SYN_SENT RESET Sr", shard.story());
        assertEquals("connection_rejected", shard.names().get(0));
    }

    @Test
    void finOfOriginatorOnlyIsS2() {
        talk.handshake().clientFin().serverAck();
        shard.finish();
        assertEquals("CLOSED ESTABLISHED ShAFa", shard.story());
    }

    @Test
    void finOfResponderOnlyIsS3() {
        talk.handshake().serverFin().clientAck();
        shard.finish();
        assertEquals("ESTABLISHED CLOSED ShAf", shard.story());
    }

    @Test
    void resetByOriginatorIsRsto() {
        shard.listen("connection_reset");
        talk.handshake().clientData(5).clientRst();
        shard.finish();
        assertEquals("RESET ESTABLISHED ShADR", shard.story());
        assertEquals("connection_reset", shard.names().get(0));
    }

    @Test
    void resetByResponderIsRstr() {
        talk.handshake().serverRst();
        shard.finish();
        assertEquals("ESTABLISHED RESET ShAr", shard.story());
    }

    @Test
    void synThenResetOfOriginatorIsRstos0() {
        talk.syn().clientRst();
        shard.finish();
        assertEquals("RESET INACTIVE SR", shard.story());
        assertEquals(0, orig().size);
    }

    @Test
    void synAckThenResetOfOneSideIsRstrh() {
        shard.settings.likelyServerPorts.add(Port.of(80, Port.Proto.TCP));
        talk.client++;
        talk.synAck().serverRst();
        shard.finish();
        // The SYN/ACK of a likely server belongs to the responder.
        assertEquals("INACTIVE RESET ^hr", shard.story());
    }

    @Test
    void synThenFinIsSh() {
        talk.syn();
        shard.send(talk.fromClient(FIN).build());
        shard.finish();
        assertEquals("CLOSED INACTIVE SF", shard.story());
    }

    @Test
    void synAckThenFinOfResponderIsShr() {
        shard.settings.likelyServerPorts.add(Port.of(80, Port.Proto.TCP));
        talk.client++;
        talk.synAck();
        shard.send(talk.fromServer(FIN | ACK).build());
        shard.finish();
        assertEquals("INACTIVE CLOSED ^hf", shard.story());
    }

    @Test
    void midStreamDataIsOth() {
        shard.listen("partial_connection", "connection_established");
        talk.clientData(10).serverData(20);
        shard.finish();
        assertEquals("PARTIAL PARTIAL Dd", shard.story());
        assertEquals(List.of("partial_connection", "connection_state_remove"), shard.names());
        assertEquals(10, orig().size);
        assertEquals(20, resp().size);
    }

    @Test
    void midStreamTrafficOfALikelyServerIsFlipped() {
        shard.settings.likelyServerPorts.add(Port.of(80, Port.Proto.TCP));
        shard.listen("connection_flipped");
        talk.serverData(20);
        shard.finish();
        ConnectionRecord c = shard.only();
        assertEquals("^d", c.history.latin1());
        assertEquals("80/tcp", Objects.requireNonNull(c.id()).get(3).toString());
        assertEquals("connection_flipped", shard.names().get(0));
    }

    @Test
    void missedSynIsMadeUpForWhenTrafficFollows() {
        talk.client++;
        talk.synAck().clientAck().clientData(7);
        shard.finish();
        ConnectionRecord c = shard.only();
        assertEquals(
                40_000,
                ((Port) Objects.requireNonNull(Objects.requireNonNull(c.id()).get(1))).number());
        assertEquals("^hAD", c.history.latin1());
        assertEquals(7, orig().size);
    }

    @Test
    void retransmissionAddsALetterAndNoSize() {
        talk.handshake();
        byte[] data = talk.fromClient(ACK).payload(50).build();
        shard.send(data, data, data);
        shard.finish();
        assertEquals("ShADT", shard.only().history.latin1());
        assertEquals(50, orig().size);
    }

    @Test
    void recurringLettersAreWrittenAtTenfolds() {
        shard.listen("tcp_multiple_retransmissions");
        talk.handshake();
        byte[] data = talk.fromClient(ACK).payload(50).build();
        for (int i = 0; i < 101; i++) {
            shard.send(data);
        }
        shard.finish();
        assertEquals("ShADTTT", shard.only().history.latin1());
        assertEquals(
                List.of(10L, 100L),
                shard.raised.stream()
                        .filter(r -> r.name().equals("tcp_multiple_retransmissions"))
                        .map(r -> r.arguments().get(2))
                        .toList());
    }

    @Test
    void sequenceNumbersMayWrap() {
        talk.client = 0xffff_ff00L;
        talk.handshake()
                .clientData(200)
                .serverAck()
                .clientData(300)
                .serverAck()
                .clientFin()
                .serverFin()
                .clientAck();
        shard.finish();
        assertEquals(500, orig().size);
        assertEquals("CLOSED CLOSED ShADaFf", shard.story());
        assertEquals(List.of(), shard.weirds());
    }

    @Test
    void zeroWindowIsInTheHistory() {
        talk.handshake();
        shard.send(talk.fromServer(ACK).window(0).build());
        shard.finish();
        assertEquals("ShAaw", shard.only().history.latin1());
    }

    @Test
    void flagsThatDoNotGoTogetherAreInTheHistory() {
        shard.send(
                talk.fromClient(SYN | RST).build(), talk.fromClient(FIN | RST).build());
        shard.finish();
        assertEquals("QI", shard.only().history.latin1());
        assertTrue(shard.weirds().contains("TCP_christmas"));
    }

    @Test
    void badChecksumIsNotCounted() {
        talk.handshake();
        shard.send(talk.fromClient(ACK).payload(10).badTransportChecksum().build());
        shard.finish();
        assertEquals("ShAC", shard.only().history.latin1());
        assertEquals(2, orig().packets);
        assertEquals(List.of("bad_TCP_checksum"), shard.weirds());
    }

    @Test
    void badChecksumIsTakenWhenChecksumsAreIgnored() {
        shard.settings.ip.ignoreChecksums = true;
        talk.handshake();
        shard.send(talk.fromClient(ACK).payload(10).badTransportChecksum().build());
        shard.finish();
        assertEquals("ShAD", shard.only().history.latin1());
        assertEquals(10, orig().size);
    }

    @Test
    void newSynOnAClosedConnectionStartsAnother() {
        shard.listen("connection_reused");
        talk.handshake().clientFin().serverFin().clientAck();
        talk.client = 90_000;
        talk.at(2).syn();
        shard.finish();
        assertEquals(2, shard.removed().size());
        assertTrue(shard.names().contains("connection_reused"));
        assertEquals(List.of("premature_connection_reuse"), shard.weirds());
    }

    @Test
    void repeatedSynIsNoReuse() {
        byte[] syn = talk.fromClient(SYN).build();
        shard.send(syn, syn);
        shard.finish();
        assertEquals("S", shard.only().history.latin1());
        assertEquals(List.of(), shard.weirds());
    }

    @Test
    void synAckBeforeSynIsTurnedRound() {
        talk.client++;
        talk.synAck();
        talk.client--;
        talk.syn().clientAck();
        shard.finish();
        ConnectionRecord c = shard.only();
        assertEquals(
                "80/tcp",
                Objects.requireNonNull(Objects.requireNonNull(c.id()).get(3)).toString());
        assertEquals("ESTABLISHED ESTABLISHED Hs^A", shard.story());
    }

    @Test
    void skippedConnectionTakesNothingMore() {
        shard.listen("connection_established");
        shard.registry
                .event("connection_established")
                .handler((type, arguments) -> Objects.requireNonNull(shard.tracker.find(
                                Objects.requireNonNull(dev.tandem.core.value.Addr.parse(Dialogue.SERVER)),
                                Dialogue.SERVER_PORT,
                                Objects.requireNonNull(dev.tandem.core.value.Addr.parse(Dialogue.CLIENT)),
                                Dialogue.CLIENT_PORT,
                                6,
                                -1,
                                -1))
                        .skipFurtherProcessing());
        talk.handshake().clientData(100);
        shard.finish();
        assertEquals("Sh", shard.only().history.latin1());
        assertFalse(shard.names().contains("connection_finished"));
    }

    private EndpointRecord orig() {
        return Objects.requireNonNull(shard.only().orig());
    }

    private EndpointRecord resp() {
        return Objects.requireNonNull(shard.only().resp());
    }
}
