package dev.tandem.it;

import dev.tandem.it.SimulatedHost.Habits;
import dev.tandem.it.SimulatedHost.Totals;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Thousands of hosts from one process, each with its three connections, polling and logging as osqueryd does. Rows are those of a
 * recorded file of osquery's lines, one host after the other taking the next, with the time of sending in place of {@code
 * start_time}: a script can tell how long they took. Rows begin when all hosts have their configuration. Prints a line every 5
 * seconds.
 *
 * <p>By hand, once {@code mvn package} has built the tests: {@code LoadAgent ADDRESS PORT CA-FILE SECRET HOSTS ROWS-PER-SECOND BATCH
 * SECONDS [RECORDING]}. A batch is what a host logs at once; hosts take turns so that all of them together give the rows.
 */
final class LoadAgent {
    private static final int STARTS_PER_SECOND = 50;

    private final Totals totals = new Totals();
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final Map<SimulatedHost, Integer> counters = new HashMap<>();
    private final Map<SimulatedHost, String> queries = new HashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final List<String> rows;
    private int turn;

    private LoadAgent(List<String> rows) {
        this.rows = rows;
    }

    public static void main(String[] args) throws Exception {
        InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        int count = Integer.parseInt(args[4]);
        double rate = Double.parseDouble(args[5]);
        int batch = Integer.parseInt(args[6]);
        int seconds = Integer.parseInt(args[7]);
        List<String> rows = args.length > 8 ? columnsOf(Path.of(args[8])) : List.of();
        try (AgentNetwork network = new AgentNetwork(server, Path.of(args[2]))) {
            new LoadAgent(rows).run(network, args[3], count, rate, batch, seconds);
        }
        System.exit(0);
    }

    /** The columns of each line of a recording that has some. */
    private static List<String> columnsOf(Path recording) throws java.io.IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(recording)) {
            var columns = SimulatedHost.JSON.readTree(line).path("columns");
            if (columns.isObject()) {
                rows.add(columns.toString());
            }
        }
        return rows;
    }

    private void run(AgentNetwork network, String secret, int count, double rate, int batch, int seconds)
            throws InterruptedException {
        Habits habits = new Habits();
        habits.configSeconds = 10;
        habits.distributedSeconds = 10;
        habits.loggerSeconds = 3600; // logTurn sends at once what it has logged: its time is that of the request
        habits.mostBackoffSeconds = 10;
        AtomicLong failuresTold = new AtomicLong();
        totals.firstFailure = message -> {
            if (failuresTold.incrementAndGet() <= 3) {
                System.out.println("failure: " + message);
            }
        };
        for (int i = 0; i < count; i++) {
            SimulatedHost host = new SimulatedHost(network, "load" + i, "i" + i, secret, habits, totals);
            hosts.add(host);
        }
        startSlowly(network);
        awaitConfigured();
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            if (rate > 0) {
                double perSecond = rate / batch;
                timer.scheduleAtFixedRate(() -> logTurn(batch), 0, (long) (1e6 / perSecond), TimeUnit.MICROSECONDS);
            }
            long started = System.nanoTime();
            for (int i = 5; i <= seconds; i += 5) {
                Thread.sleep(Math.max(0, i * 1000L - (System.nanoTime() - started) / 1_000_000));
                report(i);
            }
            timer.shutdownNow();
        }
        hosts.forEach(SimulatedHost::stop);
    }

    /** As machines of a real network do: their handshakes are not all at once. */
    private void startSlowly(AgentNetwork network) {
        var loop = network.loop();
        for (int i = 0; i < hosts.size(); i++) {
            loop.schedule(hosts.get(i)::run, i * 1000L / STARTS_PER_SECOND, TimeUnit.MILLISECONDS);
        }
    }

    /** Enrolment costs both sides far more than rows: measured apart. */
    private void awaitConfigured() throws InterruptedException {
        long started = System.nanoTime();
        while (hosts.stream().anyMatch(host -> host.configText().length == 0)) {
            Thread.sleep(5000);
            System.out.print("enrolling: ");
            report((int) ((System.nanoTime() - started) / 1_000_000_000));
        }
    }

    private void logTurn(int batch) {
        for (int tries = 0; tries < hosts.size(); tries++) {
            SimulatedHost host = hosts.get(turn++ % hosts.size());
            String query = queries.computeIfAbsent(host, h -> first(h.queriesOf("load_row")));
            if (query != null && host.unacknowledged() == 0) {
                int counter = counters.merge(host, 1, Integer::sum);
                double now = System.currentTimeMillis() / 1000.0;
                for (int i = 0; i < batch; i++) {
                    host.log(line(host.id, query, counter, now, sent.getAndIncrement()));
                }
                host.flush().whenComplete((done, e) -> {
                    if (e != null) {
                        totals.failures.incrementAndGet();
                        totals.firstFailure.accept(String.valueOf(e.getMessage()));
                    }
                });
                return;
            }
        }
    }

    private static String first(List<String> names) {
        return names.isEmpty() ? null : names.getFirst();
    }

    private String line(String host, String query, int counter, double now, long number) {
        String columns = rows.isEmpty()
                ? "{\"cmdline\":\"/usr/bin/python3 /opt/service/worker.py --queue high --id " + number
                        + "\",\"cwd\":\"/opt/service\",\"euid\":\"1000\",\"gid\":\"1000\",\"name\":\"python3\",\"parent\":\"1\","
                        + "\"path\":\"/usr/bin/python3.11\",\"pid\":\"" + number % 32768 + "\",\"uid\":\"1000\"}"
                : rows.get((int) (number % rows.size()));
        return "{\"name\":\"" + query + "\",\"hostIdentifier\":\"" + host
                + "\",\"calendarTime\":\"Mon May  8 22:15:00 2023 UTC\",\"unixTime\":" + (long) now
                + ",\"epoch\":0,\"counter\":" + counter + ",\"numerics\":false,\"columns\":"
                + columns.substring(0, columns.length() - 1) + ",\"load_row\":\"" + number + "\",\"start_time\":\""
                + now
                + "\"},\"action\":\"added\"}";
    }

    private void report(int second) {
        long configured =
                hosts.stream().filter(host -> host.configText().length > 0).count();
        long waiting = hosts.stream().mapToLong(SimulatedHost::unacknowledged).sum();
        double cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(d -> d.toMillis() / 1000.0)
                .orElse(0.0);
        System.out.printf(
                "%d s: hosts %d, requests %d, failures %d, rows sent %d, acknowledged %d, waiting %d; own CPU %.1f s,"
                        + " heap %d MB%n",
                second,
                configured,
                totals.requests.get(),
                totals.failures.get(),
                sent.get(),
                totals.linesAcknowledged.get(),
                waiting,
                cpu,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
    }
}
