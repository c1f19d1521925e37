package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.PacketBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More connections and fragments than a small heap can hold: the run goes on to its end, and stats.log says what was given up. */
class FloodIT {
    private static final double START = 1700000000;
    private static final int FLOOD = 40_000;
    private static final int SYN = 2;

    @TempDir
    Path folder;

    private static String source(int number) {
        return "172." + (16 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    private static TraceBuilder floods() {
        TraceBuilder trace = new TraceBuilder();
        for (int i = 0; i < FLOOD; i++) {
            trace.packet(
                    START + i * 1e-5,
                    PacketBuilder.tcp(source(i), 1024, "10.0.0.2", 80).flags(SYN));
        }
        for (int i = 0; i < FLOOD; i++) {
            // Each begins a datagram whose rest never comes.
            trace.packet(
                    START + 2 + i * 1e-5,
                    PacketBuilder.udp(source(i), 1024, "10.0.0.2", 53)
                            .payload(592)
                            .fragment(0, true));
        }
        // Time goes on until the counters have been looked at.
        return trace.udp(START + 10, "10.0.0.1", 1024, "10.0.0.2", 5353, "end");
    }

    private static long sum(LogFile log, String column) {
        return log.rows().stream()
                .mapToLong(row -> Long.parseLong(row.get(column)))
                .sum();
    }

    @Test
    void floodsStayWithinTheHeapAndAreCounted() {
        DaemonRunner.Run run = new DaemonRunner(folder)
                .with("TANDEM_JAVA_OPTS", "-Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1")
                .run(
                        "-b",
                        "-r",
                        floods().pcap(folder.resolve("floods.pcap")).toString(),
                        "base/protocols/conn",
                        "policy/misc/stats",
                        "Stats::report_interval=1sec");
        assertEquals(0, run.status(), run.err());
        LogFile stats = run.log("stats");
        assertTrue(sum(stats, "conns_given_up") > FLOOD / 2, stats::toString);
        assertTrue(sum(stats, "datagrams_given_up") > FLOOD / 2, stats::toString);
        assertEquals(FLOOD + 1, run.log("conn").rows().size(), "a connection that had to go is logged all the same");
    }
}
