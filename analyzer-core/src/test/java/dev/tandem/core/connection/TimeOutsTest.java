package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.value.Addr;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TimeOutsTest {
    private final Shard shard = new Shard();
    private final Dialogue talk = new Dialogue(shard);

    private void tick(double seconds) {
        shard.at(seconds)
                .send(PacketBuilder.udp("192.0.2.1", 1, "192.0.2.2", 2)
                        .payload(1)
                        .build());
    }

    private double removedAt(int index) {
        return shard.raised.stream()
                        .filter(r -> r.name().equals("connection_state_remove"))
                        .toList()
                        .get(index)
                        .time()
                - Shard.START;
    }

    @Test
    void attemptEndsAfterItsDelay() {
        talk.syn();
        tick(4.9);
        tick(5.1);
        shard.run();
        assertEquals(5.1, removedAt(0), 1e-6);
    }

    @Test
    void establishedConnectionEndsAfterFiveMinutesOfSilence() {
        shard.listen("connection_timeout");
        talk.handshake();
        talk.at(100).clientData(1);
        for (int i = 101; i < 450; i += 10) {
            tick(i);
        }
        shard.run();
        assertEquals(List.of("connection_timeout", "connection_state_remove"), shard.names());
        assertEquals(401, removedAt(0), 1e-6);
    }

    @Test
    void closedConnectionEndsAfterTheCloseDelay() {
        shard.listen("connection_timeout");
        talk.handshake().clientFin().serverFin().clientAck();
        tick(4.5);
        tick(5.5);
        shard.run();
        assertEquals(5.5, removedAt(0), 1e-6);
    }

    @Test
    void halfClosedConnectionThatWasResetEndsAtTheSessionTimer() {
        talk.handshake().clientRst();
        tick(7);
        shard.run();
        assertEquals(7, removedAt(0), 1e-6);
    }

    @Test
    void udpFlowEndsAfterAMinute() {
        tick(0);
        tick(30);
        talk.at(89).syn();
        talk.at(91).clientAck();
        shard.run();
        assertEquals(91, removedAt(0), 1e-6);
    }

    @Test
    void timeOutOfOneConnectionCanBeChanged() {
        shard.registry.event("udp_request").handler((type, arguments) -> {
            Connection c = shard.tracker.find(address("192.0.2.2"), 2, address("192.0.2.1"), 1, 17, -1, -1);
            assertEquals(60, Objects.requireNonNull(c).inactivityTimeout(10));
        });
        tick(0);
        talk.at(9).syn();
        talk.at(11).clientAck();
        shard.run();
        assertEquals(11, removedAt(0), 1e-6);
    }

    @Test
    void aGuardKeepsASilentConnectionForAnotherTimeOut() {
        int[] asked = new int[1];
        shard.tracker.mayTimeOut(c -> ++asked[0] > 1);
        tick(0);
        talk.at(61).syn();
        talk.at(120).clientAck();
        talk.at(122).clientAck();
        shard.run();
        assertEquals(2, asked[0]);
    }

    @Test
    void endOfTheTraceRemovesAttemptsFirstThenTheRestByKey() {
        shard.send(PacketBuilder.udp("9.0.0.1", 5, "1.0.0.1", 6).payload(1).build());
        shard.send(PacketBuilder.udp("2.0.0.1", 5, "3.0.0.1", 6).payload(1).build());
        talk.syn();
        shard.finish();
        assertEquals(
                List.of("10.0.0.1", "9.0.0.1", "2.0.0.1"),
                shard.removed().stream()
                        .map(c -> Objects.requireNonNull(
                                        Objects.requireNonNull(c.id()).get(0))
                                .toString())
                        .toList());
    }

    @Test
    void atMostSoManyTimersFireForOnePacket() {
        shard.settings.maxTimerExpires = 3;
        for (int i = 0; i < 5; i++) {
            shard.send(PacketBuilder.udp("192.0.2.1", 100 + i, "192.0.2.2", 2)
                    .payload(1)
                    .build());
        }
        talk.at(100).syn();
        talk.at(101).clientAck();
        shard.run();
        assertEquals(100, removedAt(2), 1e-6);
        assertEquals(101, removedAt(3), 1e-6);
    }

    @Test
    void timeMayJumpByYears() {
        tick(0);
        talk.at(3e8).syn();
        tick(3e8 + 1);
        shard.run();
        assertEquals(3e8, removedAt(0), 1e-3);
        assertNotNull(shard.tracker.find(address(Dialogue.CLIENT), 40_000, address(Dialogue.SERVER), 80, 6, -1, -1));
    }

    @Test
    void packetsFromThePastDoNotTurnTimeBack() {
        tick(100);
        tick(50);
        shard.finish();
        assertEquals(Shard.START + 100, shard.time.now());
        assertEquals(Shard.START + 100, shard.only().startTime);
        assertEquals(-50, shard.only().duration);
    }

    private static Addr address(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }
}
