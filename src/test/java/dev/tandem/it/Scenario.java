package dev.tandem.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A made-up network: two machines with six users each, who all at once and again and again run short programs against one
 * server with workers and one that forks, a browser with many connections at a time to a place outside, and datagrams; and
 * who was behind each connection. Made from a seed.
 */
final class Scenario {
    private static final double START = 1_800_000_000;
    private static final double SECONDS = 120;
    private static final String OUTSIDE = "198.51.100.7";
    private static final String NAMES = "10.20.0.53";
    private static final int WORKERS_PORT = 9443;
    private static final int FORKING_PORT = 5432;

    private final Random random;
    private final List<ScenarioHost> hosts = new ArrayList<>();
    private final TraceBuilder trace = new TraceBuilder();
    private final ScenarioTruth truth = new ScenarioTruth(0.008);
    private int nextPort = 33000;

    private final ScenarioHost server;
    private final List<ScenarioHost.Process> workers = new ArrayList<>();
    private final List<ScenarioHost.Process> warm = new ArrayList<>();
    private final ScenarioHost.Process forking;

    Scenario(long seed) {
        random = new Random(seed);
        // Something that keeps time going, from before the first connection to when all hosts have told.
        for (int i = -20; i < SECONDS + 60; i++) {
            trace.udp(START + i, "192.0.2.1", 7, "192.0.2.2", 7, "x");
        }
        server = host("apps", "10.20.0.10", 120);
        server.user(990, "app");
        server.user(991, "postgres");
        ScenarioHost.Process master = server.daemon(1, 0, "/usr/sbin/appd", "appd: master", START - 5000);
        for (int i = 0; i < 4; i++) {
            workers.add(server.daemon(master.pid(), 990, "/usr/sbin/appd", "appd: worker", START - 4999));
        }
        server.listens(workers.get(3), 6, WORKERS_PORT);
        forking = server.daemon(1, 991, "/usr/lib/postgres", "postgres -D /data", START - 4000);
        server.listens(forking, 6, FORKING_PORT);
        for (int i = 0; i < 2; i++) {
            desktop(host("desk" + i, "10.20.1." + (10 + i), i == 0 ? 60 : 0));
        }
    }

    private ScenarioHost host(String name, String address, double noise) {
        ScenarioHost host = new ScenarioHost(
                name,
                String.format(Locale.ROOT, "5CE0A810-0000-4000-8000-%012d", hosts.size() + 1),
                address,
                noise,
                random);
        hosts.add(host);
        return host;
    }

    private void desktop(ScenarioHost host) {
        for (int u = 0; u < 6; u++) {
            int uid = 2001 + u;
            host.user(uid, host.name + "-user" + u);
            ScenarioHost.Process shell = host.daemon(1, uid, "/usr/bin/bash", "-bash", START - 600 + u);
            shell(host, shell, 0.4 + random.nextDouble());
        }
        // Everybody at once, four times.
        ScenarioHost.Process cron = host.daemon(1, 0, "/usr/sbin/cron", "cron -f", START - 3000);
        for (int burst = 0; burst < 4; burst++) {
            for (int i = 0; i < 10; i++) {
                double at = START + 20 + 25 * burst + random.nextDouble() * 0.5;
                toWorkers(host, cron, at);
            }
        }
        ScenarioHost.Process browser = host.daemon(1, 2001, "/usr/lib/firefox", "firefox", START - 500);
        for (double at = START + random.nextDouble(); at < START + SECONDS; at += -Math.log(random.nextDouble()) * 2) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                browse(host, browser, at + i * 0.003);
            }
        }
    }

    private void shell(ScenarioHost host, ScenarioHost.Process shell, double pace) {
        for (double at = START + random.nextDouble();
                at < START + SECONDS;
                at += -Math.log(random.nextDouble()) * pace) {
            double kind = random.nextDouble();
            if (kind < 0.6) {
                toWorkers(host, shell, at);
            } else if (kind < 0.8) {
                toForking(host, shell, at);
            } else if (kind < 0.9) {
                lookUp(host, shell, at);
            } else {
                outside(host, shell, at);
            }
        }
    }

    /** When the processor got round to it. */
    private double jitter() {
        return random.nextDouble() * 0.0005;
    }

    /** A client that does not block, after its resolver has tried the server's addresses. */
    private void toWorkers(ScenarioHost host, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = host.run(shell, "/usr/bin/curl", "curl https://apps:9443/" + at, at - 0.01, at + 0.02);
        if (random.nextInt(3) == 0) {
            host.call("connect", p, at - 0.002, "5", "succeeded", server.address, WORKERS_PORT, 0);
            host.call(
                    "connect",
                    p,
                    at - 0.0019,
                    "5",
                    "succeeded",
                    "fd00:0020:0000:0000:0000:0000:0000:0010",
                    WORKERS_PORT,
                    0);
        }
        int port = tcp(at + 0.0001, host.address, server.address, WORKERS_PORT);
        host.call("connect", p, at + jitter(), "5", "in_progress", server.address, WORKERS_PORT, 0);
        host.socket(p, 6, port, server.address, WORKERS_PORT, at, at + 0.008);
        ScenarioHost.Process worker = workers.get(random.nextInt(workers.size()));
        accepted(worker, at, host, port, WORKERS_PORT, worker);
        truth.add(
                "tcp",
                at + 0.0001,
                host.address,
                port,
                server.address,
                WORKERS_PORT,
                new ScenarioTruth.End(host, p),
                new ScenarioTruth.End(server, worker));
    }

    private void toForking(ScenarioHost host, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = host.run(shell, "/usr/bin/psql", "psql -h apps", at - 0.01, at + 0.02);
        int port = tcp(at + 0.0001, host.address, server.address, FORKING_PORT);
        // It blocks until the server has answered.
        host.call("connect", p, at + 0.0012 + jitter(), "3", "succeeded", server.address, FORKING_PORT, 0);
        host.socket(p, 6, port, server.address, FORKING_PORT, at, at + 0.008);
        ScenarioHost.Process child = server.fork(forking, at + 0.003, at + 0.009);
        accepted(forking, at, host, port, FORKING_PORT, child);
        truth.add(
                "tcp",
                at + 0.0001,
                host.address,
                port,
                server.address,
                FORKING_PORT,
                new ScenarioTruth.End(host, p),
                new ScenarioTruth.End(server, forking));
    }

    /** The call of accept that a server waited in when the watching began leaves no record. */
    private void accepted(
            ScenarioHost.Process acceptor,
            double at,
            ScenarioHost from,
            int port,
            int to,
            ScenarioHost.Process holder) {
        if (warm.contains(acceptor)) {
            server.call("accept", acceptor, at + 0.002 + jitter(), "6", "succeeded", from.address, port, 0);
        } else {
            warm.add(acceptor);
        }
        server.socket(holder, 6, to, from.address, port, at + 0.002, at + 0.008);
    }

    private void lookUp(ScenarioHost host, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = host.run(shell, "/usr/bin/dig", "dig apps", at - 0.01, at + 0.01);
        int port = ++nextPort;
        trace.udp(at + 0.0002, host.address, port, NAMES, 53, "question");
        trace.udp(at + 0.0012, NAMES, 53, host.address, port, "answer");
        host.call("connect", p, at + jitter() / 4, "3", "succeeded", NAMES, 53, 0);
        truth.add("udp", at + 0.0002, host.address, port, NAMES, 53, new ScenarioTruth.End(host, p), null);
    }

    private void outside(ScenarioHost host, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = host.run(shell, "/usr/bin/wget", "wget https://example.net", at - 0.01, at + 0.05);
        int port = tcp(at + 0.0001, host.address, OUTSIDE, 443);
        host.call("connect", p, at + 0.0012 + jitter(), "4", "succeeded", OUTSIDE, 443, 0);
        truth.add("tcp", at + 0.0001, host.address, port, OUTSIDE, 443, new ScenarioTruth.End(host, p), null);
    }

    private void browse(ScenarioHost host, ScenarioHost.Process browser, double at) {
        int port = tcp(at + 0.0001, host.address, OUTSIDE, 443);
        host.call("connect", browser, at + jitter(), "2f", "in_progress", OUTSIDE, 443, 0);
        host.socket(browser, 6, port, OUTSIDE, 443, at, at + 0.008);
        truth.add("tcp", at + 0.0001, host.address, port, OUTSIDE, 443, new ScenarioTruth.End(host, browser), null);
    }

    private int tcp(double at, String from, String to, int port) {
        int own = ++nextPort;
        trace.tcp(at, from, own, to, port, "question", "answer");
        return own;
    }

    HostRecording recording() {
        HostRecording recording = new HostRecording();
        for (ScenarioHost host : hosts) {
            host.tell(recording, START - 15, START + SECONDS);
        }
        return recording.inOrder();
    }

    /** Writes {@code capture.pcap}, {@code osquery.ndjson}, {@code osquery.arrival} and {@code truth.tsv}. */
    void write(Path folder) {
        truth.write(folder, trace, recording());
    }

    /** Writes a scenario to a folder: FOLDER [SEED]. */
    public static void main(String[] args) {
        new Scenario(args.length > 1 ? Long.parseLong(args[1]) : 1).write(Path.of(args[0]));
    }
}
