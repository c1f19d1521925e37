package dev.tandem.it;

import static dev.tandem.it.OsqueryLines.added;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.SimulatedHost.Habits;
import dev.tandem.it.SimulatedHost.Totals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon gets requests that are wrong in every way, on connections that begin and do not go on beside them, and serves its hosts
 * all the while. {@code -Dtandem.bad-requests=100000} for more than the usual few thousand; then it prints what came of them.
 */
class BadInputIT {
    private static final int REQUESTS = Integer.getInteger("tandem.bad-requests", 3000);
    private static final int AT_ONCE = 16;

    /** Rows of the good host before the bad requests begin, and with each so many of those. */
    private static final int QUIET_ROWS = 40;

    private static final int REQUESTS_PER_ROW = 128;

    @TempDir
    Path folder;

    @Test
    void goodHostsAreServedWhateverOthersSend() throws Exception {
        try (HostDaemon daemon = HostDaemon.start(folder);
                AgentNetwork network = daemon.network();
                AgentNetwork strangers = daemon.network();
                Loiterers loiterers = new Loiterers(strangers)) {
            SimulatedHost good = host(network, daemon, "good");
            SimulatedHost bad = host(strangers, daemon, "bad");
            wait(good.fetchConfig());
            wait(bad.fetchConfig());
            String query = good.queriesOf("on_disk").getFirst();
            Waits quiet = new Waits();
            int rows = 0;
            for (int i = 0; i < QUIET_ROWS; i++) {
                quiet.add(logOne(good, query, rows++));
            }
            BadRequests requests = new BadRequests(bad.key(), daemon.secret(), query);
            List<AgentConnection> connections = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                connections.add(new AgentConnection(strangers, strangers.loop()));
            }
            Waits busy = new Waits();
            long started = System.nanoTime();
            for (int done = 0; done < REQUESTS; done += AT_ONCE) {
                List<CompletableFuture<Void>> running = new ArrayList<>();
                connections.forEach(connection -> running.add(requests.sendOne(connection)));
                if (done % REQUESTS_PER_ROW == 0) {
                    loiterers.add();
                    busy.add(logOne(good, query, rows++));
                }
                wait(CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)));
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            // Some of what the other sends are rows too.
            List<String> told = daemon.awaitRows("osq-processes", rows, row -> row.contains("\tgood\t"));
            assertEquals(rows, told.size());
            assertEquals(0, requests.internalErrors());
            assertTrue(requests.answered() > REQUESTS / 2, requests.toString());
            // osquery gives a request 16 seconds.
            assertTrue(busy.longestMillis() < 16_000, busy.toString());
            if (Integer.getInteger("tandem.bad-requests") != null) {
                System.out.printf(
                        "%d bad requests in %.0f s, beside them %s%n%s%ngood host before: %s%nmeanwhile: %s%nserver: %.0f s CPU, %s%n",
                        REQUESTS, seconds, loiterers, requests, quiet, busy, daemon.cpuSeconds(), memory(daemon.pid()));
            }
            DaemonRunner.Run run = daemon.stop();
            assertEquals(0, run.status(), run.err());
            assertTrue(!run.err().contains("please report it"), run.err());
        }
    }

    private static String memory(long pid) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("");
    }

    private static SimulatedHost host(AgentNetwork network, HostDaemon daemon, String id) throws Exception {
        return new SimulatedHost(network, id, "i-" + id, daemon.secret(), new Habits(), new Totals());
    }

    /** Nanoseconds until a row was acknowledged. */
    private static long logOne(SimulatedHost good, String query, int row) throws Exception {
        good.log(added(query, "good", 1, row, "pid", Integer.toString(row)));
        long start = System.nanoTime();
        wait(good.flush());
        return System.nanoTime() - start;
    }

    private static void wait(CompletableFuture<?> running) throws Exception {
        running.get(60, TimeUnit.SECONDS);
    }

    /** How long something took, time and again. */
    private static final class Waits {
        private final List<Long> nanos = new ArrayList<>();

        void add(long wait) {
            nanos.add(wait);
        }

        double longestMillis() {
            return millis(1);
        }

        private double millis(double share) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.get((int) Math.round(share * (sorted.size() - 1))) / 1e6;
        }

        @Override
        public String toString() {
            return "%d rows, acknowledged after p50 %.1f ms, p99 %.1f ms, at most %.1f ms"
                    .formatted(nanos.size(), millis(0.5), millis(0.99), millis(1));
        }
    }
}
