package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static dev.tandem.core.packet.TcpHeader.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.analyzer.Analyzer;
import dev.tandem.core.analyzer.AnalyzerContext;
import dev.tandem.core.analyzer.AnalyzerRegistry;
import dev.tandem.core.analyzer.AnalyzerTag;
import dev.tandem.core.analyzer.ProtocolDetector;
import dev.tandem.core.analyzer.ProtocolDetector.Match;
import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.record.PlainRecords;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payload of a connection that no analyzer wants, or whose analyzer has a fault. */
class UnclaimedPayloadTest {
    private final Shard shard = new Shard();
    private final List<String> log = new ArrayList<>();
    private int looks;
    private long lookedAt;

    /** Tells what it gets, and breaks on some words. */
    private final class Telling extends Analyzer {
        Telling(AnalyzerContext context) {
            super(context);
        }

        @Override
        public void data(boolean fromOriginator, byte[] data, int from, int bytes) {
            String text = new String(data, from, bytes, StandardCharsets.ISO_8859_1);
            log.add((fromOriginator ? "> " : "< ") + text);
            if (text.equals("throw")) {
                throw new IllegalStateException("made to");
            } else if (text.equals("recurse")) {
                data(fromOriginator, data, from, bytes);
            }
        }

        @Override
        public void done() {
            log.add("done");
        }
    }

    private Match match(byte[] data, int from, int to) {
        looks++;
        lookedAt += to - from;
        return switch (data[from]) {
            case 'n' -> Match.NO;
            case 'y' -> Match.YES;
            default -> to - from < 9 || data[from] == 'm' ? Match.MORE : Match.YES;
        };
    }

    private TcpConnection open(boolean attached) {
        ProtocolDetector detector = (fromOriginator, data, from, to) -> match(data, from, to);
        AnalyzerRegistry registry =
                new AnalyzerRegistry(shard.registry, shard.queue, new PlainRecords(), shard.time::now);
        AnalyzerTag tag = new AnalyzerTag(
                "TELL",
                Port.Proto.TCP,
                List.of(shard.registry.event("connection_state_remove")),
                attached ? null : detector,
                Telling::new);
        registry.add(tag);
        if (attached) {
            registry.registerPort(tag, Port.of(80, Port.Proto.TCP));
        }
        shard.tracker.consumers(registry);
        shard.send(side(true).flags(SYN).sequence(1).build());
        shard.send(side(false).flags(SYN | ACK).sequence(100).acknowledgement(2).build());
        shard.send(side(true).flags(ACK).sequence(2).acknowledgement(101).build());
        shard.run();
        List<Connection> found = new ArrayList<>();
        shard.tracker.table().forEach(found::add);
        return (TcpConnection) found.get(0);
    }

    private static PacketBuilder side(boolean originator) {
        return originator
                ? PacketBuilder.tcp("10.0.0.1", 1234, "10.0.0.2", 80)
                : PacketBuilder.tcp("10.0.0.2", 80, "10.0.0.1", 1234);
    }

    private static void say(TcpConnection c, boolean fromOriginator, String text) {
        StreamConsumer consumer = c.consumer();
        if (consumer != null) {
            consumer.data(fromOriginator, text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
        }
    }

    @Test
    void bytesAreNotWantedAnyMoreAfterADetectionWithoutResult() {
        TcpConnection c = open(false);
        assertTrue(c.wantsBytes(c.orig));
        say(c, true, "no");
        assertTrue(c.wantsBytes(c.orig), "the other side may still be it");
        say(c, false, "no");
        assertNull(c.consumer());
        assertFalse(c.wantsBytes(c.orig));
        assertFalse(c.wantsBytes(c.resp));
    }

    @Test
    void aGapEndsDetectionToo() {
        TcpConnection c = open(false);
        say(c, true, "may");
        c.streamGap(c.orig, 4, 10);
        assertFalse(c.wantsBytes(c.orig));
    }

    @Test
    void aLateAnalyzerGetsAllInThePiecesItCameIn() {
        TcpConnection c = open(false);
        say(c, true, "abc");
        say(c, false, "mm");
        say(c, true, "def");
        say(c, true, "ghi");
        say(c, false, "nn");
        assertEquals(List.of("> abc", "< mm", "> def", "> ghi", "< nn"), log);
    }

    @Test
    void singleBytesAreNotAllLookedAtAgainForEach() {
        TcpConnection c = open(false);
        int sent = 0;
        while (c.consumer() != null) {
            say(c, true, "m");
            sent++;
        }
        assertEquals(8193, sent);
        assertTrue(looks < 400 && lookedAt < 600_000, looks + " looks at " + lookedAt + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "recurse"})
    void anAnalyzerWithAFaultEndsAndIsTold(String fault) {
        TcpConnection c = open(true);
        say(c, true, "good");
        say(c, true, fault);
        say(c, true, "more");
        assertEquals("> good", log.getFirst());
        assertEquals("done", log.getLast());
        assertEquals(1, log.stream().filter("done"::equals).count());
        assertFalse(c.wantsBytes(c.orig));
        shard.queue.drain();
        assertEquals(
                Bytes.of("analyzer_fault"), shard.raised.getLast().arguments().get(0));
    }
}
