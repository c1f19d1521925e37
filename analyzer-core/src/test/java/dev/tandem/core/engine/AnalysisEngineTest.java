package dev.tandem.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AnalysisEngineTest {
    private final List<String> log = new ArrayList<>();
    private final EventRegistry registry = new EventRegistry();
    private final EventQueue queue = new EventQueue();
    private final EngineSettings settings = new EngineSettings();
    private final EngineMetrics metrics = new EngineMetrics();
    private double clock = 50;
    private NetworkTime time = NetworkTime.replay();

    /** Work whose items are just names. */
    private class Work implements PacketProcessor {
        private record Item(double due, String name) {}

        private final PriorityQueue<Item> items = new PriorityQueue<>((a, b) -> Double.compare(a.due, b.due));

        Work at(double due, String name) {
            items.add(new Item(due, name));
            return this;
        }

        @Override
        public double nextDue() {
            return items.isEmpty() ? Double.POSITIVE_INFINITY : items.peek().due;
        }

        @Override
        public int runUntil(double until, int most) {
            int ran = 0;
            while (ran < most && nextDue() <= until) {
                log.add(items.remove().name);
                ran++;
            }
            return ran;
        }

        @Override
        public void expireNext() {
            log.add("expire " + items.remove().name);
        }

        @Override
        public void process(PacketBatch batch, int packet) {
            log.add("packet " + time.now());
        }

        @Override
        public void drain() {
            log.add("drain");
        }
    }

    private static class Packets implements PacketSource {
        private final double[] times;
        private int next;
        private boolean live;
        private int batch = 1;

        Packets(double... times) {
            this.times = times;
        }

        @Override
        public int fill(PacketBatch batch) {
            batch.begin(1);
            if (next == times.length) {
                return live ? 0 : END;
            }
            int filled = 0;
            while (filled < this.batch && next < times.length) {
                batch.add((long) (times[next++] * 1e9), 0, 100);
                filled++;
            }
            return filled;
        }

        @Override
        public boolean waitForPackets(int millis) {
            return false;
        }

        @Override
        public boolean live() {
            return live;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public void close() {}
    }

    private final Work tracker = new Work();

    private AnalysisEngine engine() {
        return new AnalysisEngine(settings, registry, queue, time, metrics, tracker);
    }

    @Test
    void timersOfAllWorkFireInOrderBeforeThePacket() throws IOException {
        tracker.at(2, "c2").at(4, "c4").at(9, "c9");
        Work scripts = new Work().at(1, "s1").at(3, "s3").at(5, "s5");
        engine().timed(scripts).source(new Packets(0.5, 4.5, 6)).run();
        assertEquals(List.of("packet 0.5", "s1", "c2", "s3", "c4", "packet 4.5", "s5", "packet 6.0"), log);
    }

    @Test
    void withoutPacketsTimeGoesByOtherRecordedInput() throws IOException {
        Work hosts = new Work().at(3, "h3").at(7, "h7");
        engine().timed(new Work().at(5, "s5").at(9, "s9"))
                .recorded(hosts)
                .everyTurn(() -> log.add("at " + time.now()))
                .run();
        assertEquals(List.of("h3", "at 3.0", "s5", "h7", "at 7.0", "at 7.0"), log);
    }

    @Test
    void withPacketsOtherRecordedInputWaitsForThem() throws IOException {
        engine().recorded(new Work().at(3, "h3").at(7, "h7"))
                .source(new Packets(2, 4))
                .run();
        assertEquals(List.of("packet 2.0", "h3", "packet 4.0"), log);
    }

    @Test
    void whatRecordedInputLeadsToComesBeforeLaterTimersThoughNoPacketCame() throws IOException {
        var told = registry.event("told");
        told.handler((type, arguments) -> log.add("told " + time.now()));
        Work hosts = new Work() {
            @Override
            public int runUntil(double until, int most) {
                int ran = super.runUntil(until, most);
                if (ran > 0) {
                    queue.add(told);
                }
                return ran;
            }
        };
        hosts.at(3, "h3").at(6, "h6");
        engine().timed(new Work().at(4, "s4"))
                .recorded(hosts)
                .source(new Packets(2, 8))
                .run();
        assertEquals(List.of("packet 2.0", "h3", "told 3.0", "s4", "h6", "told 6.0", "packet 8.0"), log);
    }

    @Test
    void whereOthersTellTheTimeNothingRecordedIsPassedOver() throws IOException {
        Packets others = new Packets() {
            private int told;

            @Override
            public long reachedNanos() {
                return List.of(4_000_000_000L, 9_000_000_000L).get(Math.min(told++, 1));
            }
        };
        engine().recorded(new Work().at(3, "h3").at(7, "h7"))
                .recorded(new Work().at(5, "m5").at(11, "m11"))
                .source(others)
                .everyTurn(() -> log.add("at " + time.now()))
                .run();
        assertEquals(List.of("h3", "at 3.0", "m5", "at 5.0", "h7", "at 7.0", "at 9.0"), log);
    }

    @Test
    void eventsThatRaiseEventsHaveFourRoundsBeforeTheNextPacket() throws IOException {
        int[] left = {7};
        registry.event("again").handler((type, arguments) -> {
            log.add("again " + time.now());
            if (--left[0] > 0) {
                queue.add(type);
            }
        });
        registry.event("network_time_init").handler((type, arguments) -> queue.add(registry.event("again")));
        Packets packets = new Packets(1, 2);
        packets.batch = 2;
        engine().source(packets).run();
        // The first of the four rounds at the first packet is network_time_init's.
        assertEquals(
                List.of(
                        "packet 1.0",
                        "again 1.0",
                        "again 1.0",
                        "again 1.0",
                        "packet 2.0",
                        "again 2.0",
                        "again 2.0",
                        "again 2.0",
                        "again 2.0"),
                log);
    }

    @Test
    void theEndOfAFileIsTold() throws IOException {
        registry.event("Pcap::file_done").handler((type, arguments) -> log.add("done " + arguments[0]));
        engine().source(new Packets(1, 2)).run();
        assertEquals(List.of("packet 1.0", "packet 2.0", "done test"), log);
    }

    @Test
    void sourcesAreMergedByTime() throws IOException {
        engine().source(new Packets(1, 4, 5)).source(new Packets(2, 3, 6)).run();
        assertEquals(List.of("packet 1.0", "packet 2.0", "packet 3.0", "packet 4.0", "packet 5.0", "packet 6.0"), log);
        assertEquals(6, metrics.packets());
        assertEquals(600, metrics.bytes());
    }

    @Test
    void eventsRunAfterEachPacket() throws IOException {
        registry.event("network_time_init").handler((type, arguments) -> log.add("network_time_init"));
        engine().source(new Packets(1, 2)).run();
        assertEquals(List.of("packet 1.0", "network_time_init", "packet 2.0"), log);
    }

    @Test
    void theEndRunsInSteps() throws IOException {
        registry.event("zeek_done").handler((type, arguments) -> log.add("zeek_done"));
        registry.event("net_done").handler((type, arguments) -> log.add("net_done " + arguments[0]));
        tracker.at(100, "late");
        AnalysisEngine engine =
                engine().whenInputEnds(() -> log.add("input ended")).source(new Packets(1));
        engine.run();
        engine.finishTraffic();
        queue.add(registry.event("zeek_done"));
        engine.finishEvents();
        assertEquals(List.of("packet 1.0", "input ended", "net_done 1.0", "expire late", "drain", "zeek_done"), log);
    }

    @Test
    void suspendedEngineTakesNoPackets() throws IOException {
        AnalysisEngine engine = engine().source(new Packets(1, 2));
        engine.suspend();
        engine.everyTurn(() -> {
            log.add("turn");
            engine.resume();
        });
        engine.run();
        assertEquals("turn", log.get(0));
        assertEquals("packet 1.0", log.get(1));
    }

    @Test
    void idleLiveEngineGoesWithTheClock() throws IOException {
        time = NetworkTime.live(() -> clock);
        time.tick();
        Packets packets = new Packets(40, 60);
        packets.live = true;
        tracker.at(45, "c45").at(70, "c70");
        AnalysisEngine engine = engine().source(packets);
        engine.everyTurn(() -> {
            clock += 5;
            if (clock > 90) {
                engine.stop();
            }
        });
        engine.run();
        assertEquals(List.of("c45", "packet 50.0", "packet 60.0", "c70"), log);
        assertEquals(90, time.now());
    }

    @Test
    void timersFireThoughNothingIsTakenOfWhatComes() throws IOException {
        time = NetworkTime.live(() -> clock);
        time.tick();
        Packets packets = new Packets(51, 52, 53, 54, 55, 56);
        packets.live = true;
        tracker.at(60, "c60");
        AnalysisEngine engine = engine().source(packets);
        engine.accept((batch, packet) -> false);
        engine.everyTurn(() -> {
            clock += 5;
            log.add("turn");
            if (packets.next == packets.times.length) {
                engine.stop();
            }
        });
        engine.run();
        assertEquals(List.of("turn", "turn", "c60", "turn", "turn", "turn", "turn"), log);
        assertEquals(75, time.now());
        assertEquals(0, metrics.packets());
    }

    @Test
    void stoppedLiveEngineTakesWhatHadComeByThen() throws IOException {
        time = NetworkTime.live(() -> clock);
        time.tick();
        Packets packets = new Packets(51, 52, 53, 54, 61, 62);
        packets.live = true;
        packets.batch = 3;
        AnalysisEngine engine = engine();
        registry.event("network_time_init").handler((type, arguments) -> engine.stop());
        engine.source(packets).run();
        assertEquals(List.of("packet 51.0"), log);
        clock = 60;
        engine.takeArrived(2_000);
        assertEquals(List.of("packet 51.0", "packet 52.0", "packet 53.0", "packet 54.0"), log);
    }

    @Test
    void whatTheKernelStillKeptToItselfIsWaitedForAMoment() throws IOException {
        time = NetworkTime.live(() -> clock);
        time.tick();
        Packets packets = new Packets(40, 41) {
            private int looks;

            @Override
            public int fill(PacketBatch batch) {
                if (looks++ == 0) {
                    batch.begin(1);
                    return 0;
                }
                return super.fill(batch);
            }
        };
        packets.live = true;
        AnalysisEngine engine = engine().source(packets);
        engine.stop();
        engine.run();
        engine.takeArrived(2_000);
        assertEquals(List.of("packet 50.0", "packet 50.0"), log);
    }

    @Test
    void takingWhatHadComeIsBounded() throws IOException {
        time = NetworkTime.live(() -> clock);
        time.tick();
        Packets packets = new Packets() {
            @Override
            public int fill(PacketBatch batch) {
                batch.begin(1);
                batch.add(40_000_000_000L, 0, 100);
                return 1;
            }
        };
        packets.live = true;
        AnalysisEngine engine = engine().source(packets);
        engine.stop();
        engine.takeArrived(20);
        assertTrue(log.size() >= 1, "took " + log.size());
    }

    @Test
    void stoppedReplayTakesNoMore() throws IOException {
        AnalysisEngine engine = engine().source(new Packets(1, 2));
        engine.stop();
        engine.takeArrived(2_000);
        assertEquals(List.of(), log);
    }

    @Test
    void anotherThreadMayStopAnEngineWithoutSources() throws Exception {
        settings.exitOnlyAfterTerminate = true;
        AnalysisEngine engine = engine();
        Thread thread = new Thread(() -> {
            try {
                engine.run();
            } catch (IOException e) {
                log.add(e.toString());
            }
        });
        thread.start();
        engine.stop();
        thread.join(5000);
        assertFalse(thread.isAlive());
        assertTrue(engine.isStopped());
        assertEquals(List.of(), log);
    }

    @Test
    void timeStampsAreCutToMicroseconds() {
        assertEquals(1_700_000_000.123456, NetworkTime.seconds(1_700_000_000_123_456_789L));
        assertEquals(-0.5, NetworkTime.seconds(-500_000_000L));
    }
}
