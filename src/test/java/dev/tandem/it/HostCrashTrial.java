package dev.tandem.it;

import dev.tandem.it.SimulatedHost.Habits;
import dev.tandem.it.SimulatedHost.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Kills the daemon at random moments while hosts log, and counts what its logs have in the end. Every row is told apart by its
 * command line, so a lost one and one that is there twice are both seen. By hand: {@code HostCrashTrial FOLDER KILLS HOSTS}.
 */
final class HostCrashTrial {
    /**
     * What came of it.
     *
     * @param acknowledged rows whose hosts were told that they are safe: in the end all that were sent
     * @param logged different rows in the log
     * @param lost acknowledged rows that are not in the log
     * @param twice rows that are in the log more than once
     */
    record Outcome(int kills, long acknowledged, long logged, long lost, long twice) {
        @Override
        public String toString() {
            return "kills %d, rows sent and acknowledged %d, in the logs %d, duplicates %d, losses %d"
                    .formatted(kills, acknowledged, logged, twice, lost);
        }
    }

    private static final int ROWS_PER_TICK = 2;
    private static final int TICK_MILLIS = 1000;

    private final Path folder;
    private final int hosts;
    private final Random random;
    private HostDaemon daemon;

    HostCrashTrial(Path folder, int hosts, long seed) {
        this.folder = folder;
        this.hosts = hosts;
        random = new Random(seed);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder);
        System.out.println(new HostCrashTrial(folder, Integer.parseInt(args[2]), 1).run(Integer.parseInt(args[1])));
        System.exit(0);
    }

    Outcome run(int kills) throws Exception {
        daemon = HostDaemon.start(folder);
        try {
            return run(kills, daemon.port());
        } finally {
            daemon.close(); // nothing when it has ended
        }
    }

    private Outcome run(int kills, int port) throws Exception {
        Totals totals = new Totals();
        Habits habits = new Habits();
        habits.loggerSeconds = 1;
        habits.mostBackoffSeconds = 1;
        habits.configSeconds = 10;
        habits.lostAnswers = 0.05;
        List<SimulatedHost> all = new ArrayList<>();
        AtomicLong sent = new AtomicLong();
        try (AgentNetwork network = daemon.network();
                ScheduledExecutorService rows = Executors.newSingleThreadScheduledExecutor()) {
            try {
                for (int i = 0; i < hosts; i++) {
                    SimulatedHost host =
                            new SimulatedHost(network, "host" + i, "i" + i, daemon.secret(), habits, totals);
                    all.add(host);
                    host.run();
                }
                rows.scheduleAtFixedRate(
                        () -> all.forEach(host -> log(host, sent)), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
                await("hosts are not configured", all, host -> host.schedule().isEmpty());
                for (int kill = 0; kill < kills; kill++) {
                    awaitMore(totals);
                    Thread.sleep(random.nextInt(3000));
                    daemon.kill();
                    daemon = HostDaemon.startAt(port, folder);
                    System.err.printf("kill %d: %d rows sent%n", kill + 1, sent.get());
                }
                awaitMore(totals);
                rows.shutdownNow();
                await("hosts have rows that nobody takes", all, host -> host.unacknowledged() > 0);
            } finally {
                all.forEach(SimulatedHost::stop); // while their event loops run
            }
        }
        DaemonRunner.Run run = daemon.stop();
        if (run.status() != 0) {
            throw new AssertionError(run.err());
        }
        return count(kills, sent.get());
    }

    private final Map<SimulatedHost, String> queries = new HashMap<>();
    private final Map<SimulatedHost, Integer> counters = new HashMap<>();

    private void log(SimulatedHost host, AtomicLong sent) {
        String query = queries.computeIfAbsent(
                host,
                h -> h.queriesOf("on_disk").stream()
                        .filter(name -> name.contains("OsqueryProcesses"))
                        .findFirst()
                        .orElse(null));
        if (query == null) {
            return; // not configured yet
        }
        int counter = counters.merge(host, 1, Integer::sum);
        for (int i = 0; i < ROWS_PER_TICK; i++) {
            host.log(OsqueryLines.added(
                    query,
                    host.id,
                    System.currentTimeMillis() / 1000,
                    counter,
                    "pid",
                    Integer.toString(i),
                    "cmdline",
                    "row-" + sent.getAndIncrement()));
        }
    }

    /** A kill says little before hosts have come back and rows are acknowledged again. */
    private static void awaitMore(Totals totals) throws InterruptedException {
        long before = totals.linesAcknowledged.get();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
        while (totals.linesAcknowledged.get() == before) {
            if (System.nanoTime() > until) {
                throw new AssertionError("no rows are taken any more");
            }
            Thread.sleep(20);
        }
    }

    private static void await(String otherwise, List<SimulatedHost> all, Predicate<SimulatedHost> missing)
            throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (all.stream().anyMatch(missing)) {
            if (System.nanoTime() > until) {
                throw new AssertionError(otherwise);
            }
            Thread.sleep(50);
        }
    }

    private Outcome count(int kills, long sent) throws IOException {
        int[] times = new int[(int) sent];
        for (String line : Files.readAllLines(folder.resolve("osq-processes.log"))) {
            int at = line.indexOf("\trow-");
            if (at >= 0) {
                times[Integer.parseInt(line.substring(at + 5, line.indexOf('\t', at + 5)))]++;
            }
        }
        long logged = 0;
        long twice = 0;
        for (int n : times) {
            logged += n > 0 ? 1 : 0;
            twice += n > 1 ? 1 : 0;
        }
        return new Outcome(kills, sent, logged, sent - logged, twice);
    }
}
