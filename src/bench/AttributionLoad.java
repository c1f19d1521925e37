import dev.tandem.core.correlation.Candidate;
import dev.tandem.core.correlation.ConnectionAttributor;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.EndpointRecord;
import dev.tandem.core.record.RecordLayout;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * What attribution costs when many hosts have many sockets: {@code java -cp 'deploy/target/tandem/lib/*'
 * src/bench/AttributionLoad.java [HOSTS [SOCKETS-A-SECOND [SECONDS]]]}, 1000, 50 and 40 without arguments. The engine's part,
 * without packets, logs and scripts: rows into the state of hosts, connections that begin and end, answers.
 *
 * <p>Half of a host's sockets are connections that it begins, to services of eight other hosts of the network; the other half it
 * accepts. One in five of its calls is a new process's. Rows are stamped when the audit's batch ends (1024 records) and come
 * when the event tables are read, every two seconds, a tenth of a second later; one connection in twenty lives long enough to be
 * in the table of sockets.
 *
 * <p>Time is the events' own. Each millisecond's work is timed in CPU, and is done when the core, which has that work only, has
 * got to it: so an answer's delay holds what waits before it, and other processes of the machine do no harm. It is counted from
 * the arrival of what completes the answer: the row, or the second that must pass after a row for its delivery to have ended.
 */
final class AttributionLoad implements ConnectionAttributor.Listener {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double START = 1_700_000_000;
    private static final int PEERS = 8;
    private static final int ROWS_A_BATCH = 1024 / 6;
    private static final double READ_EVERY = 2;
    private static final double LATENCY = 0.1;
    private static final double TICK = 0.001;

    private record Layout(String typeName, int size) implements RecordLayout {
        @Override
        public int slot(String field) {
            return -1;
        }
    }

    private sealed interface Work {
        double time();
    }

    private record Begin(double time, ConnectionRecord c) implements Work {}

    private record End(double time, ConnectionRecord c) implements Work {}

    /** One reading of a host's event tables. */
    private record Rows(double time, Machine host, List<Runnable> rows) implements Work {}

    private record Event(double stamp, java.util.function.DoubleConsumer row) {}

    /** A host that makes events. */
    private final class Machine {
        final String id;
        final Addr address;
        final double phase;
        final List<Event> batch = new ArrayList<>();
        final ArrayDeque<Event> stored = new ArrayDeque<>();
        final Addr[] peers = new Addr[PEERS];
        long eid;
        int pid = 2000;
        int port = 20000;

        Machine(int n) {
            id = "host" + n;
            address = addr(n);
            phase = random.nextDouble() * READ_EVERY;
        }

        void event(double time, java.util.function.DoubleConsumer row) {
            batch.add(new Event(time, row));
            if (batch.size() >= ROWS_A_BATCH) {
                double stamp = Math.floor(time);
                batch.forEach(e -> stored.add(new Event(stamp, e.row)));
                batch.clear();
            }
        }

        int nextPort() {
            port = port == 60000 ? 20000 : port + 1;
            return port;
        }

        int nextPid() {
            pid = pid == 30000 ? 2000 : pid + 1;
            return pid;
        }
    }

    private final SplittableRandom random = new SplittableRandom(7);
    private final ConnectionAttributor attributor = new ConnectionAttributor(this);
    private final Machine[] machines;
    private final PriorityQueue<Work> later = new PriorityQueue<>(Comparator.comparingDouble(Work::time));
    private final List<ConnectionRecord> complete = new ArrayList<>();
    private final double perSecond;
    private long connections;
    private long answers;
    private long named;
    private long revisions;
    private long rows;
    private double[] delays = new double[1 << 16];
    private int delayCount;
    private double coreFree;
    private long worst;

    private AttributionLoad(int hosts, double socketsPerSecond) {
        perSecond = hosts * socketsPerSecond / 2;
        machines = new Machine[hosts];
        for (int i = 0; i < hosts; i++) {
            machines[i] = new Machine(i);
        }
        for (Machine m : machines) {
            for (int p = 0; p < PEERS; p++) {
                m.peers[p] = addr(random.nextInt(hosts));
            }
            settle(m);
            later.add(new Rows(START + m.phase, m, List.of()));
        }
    }

    private static Addr addr(int n) {
        return java.util.Objects.requireNonNull(Addr.parse("10." + (n >> 16) + "." + (n >> 8 & 255) + "." + (n & 255)));
    }

    /** What is known of a host from before. */
    private void settle(Machine m) {
        attributor.told(m.id, START - 10, START - 10 + LATENCY);
        attributor.addressAdded(m.id, m.address, START - 10);
        var host = attributor.hosts().host(m.id);
        for (int u = 0; u < 10; u++) {
            host.user(1000 + u, "user" + u);
            host.processes().running(new ProcessInfo(100 + u, "/usr/bin/app" + u, "app" + u, 1000 + u, 1000 + u, 1, START - 999, Double.POSITIVE_INFINITY));
        }
        for (int s = 0; s < PEERS; s++) {
            host.processes().running(new ProcessInfo(50 + s, "/usr/sbin/service" + s, "service" + s, 1000, -1, 1, START - 999, Double.POSITIVE_INFINITY));
            host.sockets().listens(6, Addr.V4_ZERO, 8000 + s, 50 + s, START - 999);
        }
    }

    public static void main(String[] args) {
        int hosts = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        double sockets = args.length > 1 ? Double.parseDouble(args[1]) : 50;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 40;
        new AttributionLoad(Math.min(hosts, 100), sockets).run(30, false); // warms up
        new AttributionLoad(hosts, sockets).run(seconds, true);
    }

    private void run(int seconds, boolean isTold) {
        long bare = isTold ? heap() : 0;
        long cpu = 0;
        if (isTold) {
            System.out.printf("a host before its first connection: %,d bytes%n", bare / machines.length);
            System.out.printf("%8s %12s %14s %12s %10s %10s %10s %14s%n",
                    "seconds", "connections", "CPU s a second", "us an end", "p50 ms", "p99 ms", "longest ms", "bytes a conn.");
        }
        double time = START;
        for (int s = 1; s <= seconds; s++) {
            long before = cpu;
            long answersBefore = answers;
            double until = START + s;
            worst = 0;
            delayCount = 0;
            double next = time;
            while (time < until) {
                double end = time + TICK;
                while (next < end) {
                    connect(next);
                    next -= Math.log(1 - random.nextDouble()) / perSecond;
                }
                cpu += tick(end);
                time = end;
            }
            if (isTold && (s % 10 == 0 || s == seconds)) {
                long heap = heap();
                double[] sorted = Arrays.copyOf(delays, delayCount);
                Arrays.sort(sorted);
                System.out.printf("%8d %,12d %14.3f %12.2f %10.2f %10.2f %10.2f %,14d%n",
                        s, connections, (cpu - before) / 1e9, (cpu - before) / 1e3 / (2 * Math.max(1, answers - answersBefore)),
                        1000 * at(sorted, 0.5), 1000 * at(sorted, 0.99), worst / 1e6, (heap - bare) / Math.max(1, connections));
            }
        }
        if (isTold) {
            System.out.printf("%,d connections with two monitored ends and %,d rows in %.1f s of CPU: %,.0f ends a second, and %.1f s of collecting garbage, that of making them too; %.2f %% of the answers name both processes, %,d revised; now %s%n",
                    connections, rows, cpu / 1e9, 2 * answers / (cpu / 1e9), collecting() / 1e3, 100.0 * named / Math.max(1, answers), revisions, attributor.counters());
        }
    }

    private static double at(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (part * (sorted.length - 1))];
    }

    /** A connection begins; its calls are told later. */
    private void connect(double time) {
        Machine from = machines[random.nextInt(machines.length)];
        int service = random.nextInt(PEERS);
        Addr to = from.peers[service];
        Machine server = machines[(to.v4Bits() & 0xffffff)];
        int port = from.nextPort();
        ConnectionRecord c = new ConnectionRecord(
                new Layout("connection", 32),
                new ConnIdRecord(new Layout("conn_id", 8)),
                new EndpointRecord(new Layout("endpoint", 8)),
                new EndpointRecord(new Layout("endpoint", 8)),
                new java.util.HashSet<>());
        c.id().fill(from.address, Port.of(port, Port.Proto.TCP), to, Port.of(8000 + service, Port.Proto.TCP), 6);
        c.uid = Bytes.of("C" + ++connections);
        c.history = Bytes.of("ShADadFf");
        c.startTime = time;
        boolean isLong = random.nextInt(20) == 0;
        c.duration = isLong ? 3 + random.nextDouble() * 20 : 0.005 + random.nextDouble() * 0.2;
        later.add(new Begin(time, c));
        later.add(new End(time + c.duration, c));
        boolean isNew = random.nextInt(5) == 0;
        int user = random.nextInt(10);
        int pid = isNew ? from.nextPid() : 100 + user;
        String path = isNew ? "/usr/bin/curl" : "/usr/bin/app" + user;
        if (isNew) {
            from.event(time - 0.002, at -> {
                var h = attributor.hosts().host(from.id);
                h.order().stamped(at);
                h.processes().started(new ProcessInfo(pid, path, "curl http://" + to, 1000 + user, 1000 + user, 1, at, Double.POSITIVE_INFINITY), false);
                attributor.processTold(from.id);
            });
        }
        long connectEid = ++from.eid;
        from.event(time, at -> call(from, SocketCall.Action.CONNECT, pid, path, 1000 + user, to, 8000 + service, at, connectEid));
        long acceptEid = ++server.eid;
        server.event(time, at -> call(server, SocketCall.Action.ACCEPT, 50 + service, "/usr/sbin/service" + service, -1, from.address, port, at, acceptEid));
        if (isLong) {
            var socket = new dev.tandem.core.host.SocketTable.FiveTuple(6, from.address, port, to, 8000 + service);
            later.add(new Rows(Math.ceil((time + 0.1) / READ_EVERY) * READ_EVERY, from, List.of(() -> attributor.socketOpened(from.id, socket, pid, now))));
        }
    }

    private double now;

    private void call(Machine m, SocketCall.Action action, int pid, String path, long auid, Addr remote, int port, double stamp, long eid) {
        attributor.called(m.id, new SocketCall(action, pid, path, auid, 0, Addr.V4_ZERO, 0, remote, port, stamp, now,
                "5", action == SocketCall.Action.CONNECT ? SocketCall.Outcome.IN_PROGRESS : SocketCall.Outcome.SUCCEEDED), eid);
    }

    /** Does what is due, and returns the CPU time of it in ns. */
    private long tick(double until) {
        List<Work> due = new ArrayList<>();
        while (!later.isEmpty() && later.peek().time() < until) {
            Work w = later.poll();
            if (w instanceof Rows r && r.rows.isEmpty()) {
                later.add(read(r)); // on its way for longer than a tick
            } else {
                due.add(w);
            }
        }
        if (due.isEmpty()) {
            return 0;
        }
        double first = due.get(0).time();
        long begun = THREADS.getCurrentThreadCpuTime();
        for (Work w : due) {
            now = w.time();
            switch (w) {
                case Begin b -> attributor.begin(b.c);
                case End e -> {
                    if (attributor.end(e.c, now) == ConnectionAttributor.Expectation.ANSWER) {
                        complete.add(e.c);
                    }
                }
                case Rows r -> {
                    for (Runnable row : r.rows) {
                        attributor.told(r.host.id, Math.floor(now - LATENCY), now);
                        row.run();
                        rows++;
                    }
                }
            }
            int n = 0;
            for (; n < complete.size(); n++) { // to answer for one may complete others
                answer(complete.get(n));
            }
            complete.clear();
            if (n > 0) {
                // Done when the core has got to it.
                double done = Math.max(coreFree, first) + (THREADS.getCurrentThreadCpuTime() - begun) / 1e9;
                for (int i = 0; i < n; i++) {
                    delay(Math.max(0, done - now));
                }
            }
        }
        long took = THREADS.getCurrentThreadCpuTime() - begun;
        worst = Math.max(worst, took);
        coreFree = Math.max(coreFree, first) + took / 1e9;
        return took;
    }

    private void delay(double seconds) {
        if (delayCount == delays.length) {
            delays = Arrays.copyOf(delays, 2 * delayCount);
        }
        delays[delayCount++] = seconds;
    }

    private Rows read(Rows r) {
        List<Runnable> told = new ArrayList<>();
        while (!r.host.stored.isEmpty() && r.host.stored.peek().stamp <= r.time) {
            Event e = r.host.stored.poll();
            told.add(() -> e.row.accept(e.stamp));
        }
        later.add(new Rows(r.time + READ_EVERY, r.host, List.of()));
        // The table of processes tells something every time.
        told.add(() -> attributor.processTold(r.host.id));
        return new Rows(r.time + LATENCY, r.host, told);
    }

    private void answer(ConnectionRecord c) {
        List<Candidate> orig = attributor.candidates(c, true, now);
        List<Candidate> resp = attributor.candidates(c, false, now);
        attributor.answered(c);
        answers++;
        if (isSure(orig) && isSure(resp)) {
            named++;
        }
    }

    private static boolean isSure(List<Candidate> candidates) {
        return !candidates.isEmpty() && candidates.get(0).pid() >= 0 && candidates.get(0).confidence() >= 0.6;
    }

    @Override
    public void ready(ConnectionRecord c) {
        complete.add(c);
    }

    @Override
    public void revised(ConnectionRecord c) {
        revisions++;
    }

    /** Milliseconds of collecting garbage since the start, but for what was asked for to see how much is left. */
    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(b -> b.getCollectionTime()).sum() - asked;
    }

    private static long asked;

    private static long heap() {
        long before = collecting();
        System.gc();
        asked += collecting() - before;
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
