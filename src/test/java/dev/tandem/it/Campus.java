package dev.tandem.it;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A third made-up network, which nothing was adjusted to: three machines with ten users each at one server with two
 * interfaces, both versions of IP, connections of 2.4 ms, process numbers that are used again within the minute, a machine
 * that gets another address while another machine gets the old one, users who connect to each other's machines, refused and
 * failing calls, resolvers' probes, and datagrams with and without connect. Made from a seed; {@link Scenario} is the second.
 */
final class Campus {
    private static final double START = 1_850_000_000;
    private static final double SECONDS = 150;
    private static final double PACE = 0.0003;
    private static final double LENGTH = 8 * PACE;
    private static final String OUTSIDE = "203.0.113.9";
    private static final String NAMES = "10.61.0.53";
    private static final String GATE = "10.61.0.4";
    private static final String GATE_TOO = "10.62.0.4";
    private static final String GATE_V6 = "fd61::4";
    private static final int METRICS = 8086;
    private static final int FORKING = 2222;
    private static final int WORKERS = 6000;
    private static final int FILES = 873;
    private static final int SYSLOG = 514;
    private static final double MOVE = 70;

    /** A client machine; {@code v4} changes for the one that moves. */
    private final class Lab {
        final ScenarioHost host;
        final String v6;
        final double moveAt;
        final String moveTo;
        final ScenarioHost.Process files;

        Lab(String name, int number, double noise, double moveAt, String moveTo) {
            host = host(name, "10.61.9." + number, noise);
            host.pids(700, 1500);
            v6 = "fd61::9:" + number;
            host.address("eth0", v6, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            this.moveAt = moveAt;
            this.moveTo = moveTo;
            if (moveAt < SECONDS) {
                host.moves(START + moveAt, moveTo);
            }
            files = host.daemon(1, 0, "/usr/bin/rsync", "rsync --daemon", START - 9000);
            host.listens(files, 6, FILES);
        }

        String v4(double at) {
            return at < START + moveAt ? host.address : moveTo;
        }
    }

    private final Random random;
    private final List<ScenarioHost> hosts = new ArrayList<>();
    private final List<Lab> labs = new ArrayList<>();
    private final List<ScenarioHost.Process> warm = new ArrayList<>();
    private final TraceBuilder trace = new TraceBuilder();
    private final ScenarioTruth truth = new ScenarioTruth(LENGTH);
    private final ScenarioHost gate;
    private final ScenarioHost.Process metrics;
    private final ScenarioHost.Process forking;
    private final List<ScenarioHost.Process> workers = new ArrayList<>();
    private final ScenarioHost.Process syslog;
    private int nextPort = 40000;

    Campus(long seed) {
        random = new Random(seed);
        for (int i = -20; i < SECONDS + 60; i++) {
            trace.udp(START + i, "192.0.2.1", 7, "192.0.2.2", 7, "x");
        }
        gate = host("gate", GATE, 200);
        gate.pids(500, 2500);
        gate.address("eth1", GATE_TOO, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        gate.address("eth0", GATE_V6, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        gate.user(480, "influx");
        gate.user(481, "web");
        metrics = gate.daemon(1, 480, "/usr/bin/influxd", "influxd", START - 8000);
        gate.listensDually(metrics, 6, METRICS);
        forking = gate.daemon(1, 0, "/usr/sbin/sshd", "sshd -D -p 2222", START - 8000);
        gate.listensDually(forking, 6, FORKING);
        ScenarioHost.Process master = gate.daemon(1, 481, "/usr/bin/gunicorn", "gunicorn app", START - 8000);
        for (int i = 0; i < 3; i++) {
            workers.add(gate.daemon(master.pid(), 481, "/usr/bin/gunicorn", "gunicorn app", START - 7990));
        }
        gate.listens(workers.get(1), 6, WORKERS);
        syslog = gate.daemon(1, 0, "/usr/sbin/rsyslogd", "rsyslogd -n", START - 8000);
        gate.listens(syslog, 17, SYSLOG);
        labs.add(new Lab("lab1", 21, 0, SECONDS, ""));
        labs.add(new Lab("lab2", 22, 300, MOVE, "10.61.9.77"));
        labs.add(new Lab("lab3", 23, 25, SECONDS, ""));
        for (Lab lab : labs) {
            people(lab, START, 10, 1.3);
        }
        // Another machine gets the address that lab2 gave back.
        Lab late = new Lab("late", 24, 10, MOVE + 25, "10.61.9.22");
        people(late, START + MOVE + 30, 3, 2);
    }

    private ScenarioHost host(String name, String address, double noise) {
        ScenarioHost host = new ScenarioHost(
                name,
                String.format(Locale.ROOT, "CA3B05E0-0000-4000-8000-%012d", hosts.size() + 1),
                address,
                noise,
                random);
        hosts.add(host);
        return host;
    }

    private void people(Lab lab, double from, int users, double pace) {
        List<ScenarioHost.Process> shells = new ArrayList<>();
        for (int u = 0; u < users; u++) {
            lab.host.user(1500 + u, lab.host.name + "-" + (char) ('a' + u));
            shells.add(lab.host.daemon(1, 1500 + u, "/usr/bin/zsh", "-zsh", START - 700 + u));
        }
        for (ScenarioHost.Process shell : shells) {
            for (double at = from + random.nextDouble() * pace;
                    at < START + SECONDS;
                    at -= Math.log(1 - random.nextDouble()) * pace) {
                something(lab, shell, at);
            }
            // Everybody at once, three times each.
            for (double burst = 30; START + burst < START + SECONDS; burst += 30) {
                for (int i = 0; i < 3 && START + burst > from; i++) {
                    toMetrics(lab, shell, START + burst + random.nextDouble() * 0.2);
                }
            }
        }
    }

    private void something(Lab lab, ScenarioHost.Process shell, double at) {
        double kind = random.nextDouble();
        if (kind < 0.35) {
            toMetrics(lab, shell, at);
        } else if (kind < 0.55) {
            toForking(lab, shell, at);
        } else if (kind < 0.75) {
            toWorkers(lab, shell, at);
        } else if (kind < 0.82) {
            toNeighbour(lab, shell, at);
        } else if (kind < 0.88) {
            outside(lab, shell, at);
        } else if (kind < 0.94) {
            lookUp(lab, shell, at);
        } else if (kind < 0.96) {
            refused(lab, shell, at);
        } else if (kind < 0.98) {
            noWay(lab, shell, at);
        } else {
            toSyslog(lab, shell, at);
        }
    }

    private double jitter() {
        return random.nextDouble() * 0.0004;
    }

    private ScenarioHost.Process program(Lab lab, ScenarioHost.Process shell, String path, String cmdline, double at) {
        return lab.host.run(shell, path, cmdline, at - 0.006, at + 0.01);
    }

    /** By name: the resolver tries the addresses of both versions with datagram sockets, of which no packet comes. */
    private void toMetrics(Lab lab, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/curl", "curl http://gate:8086/ping", at);
        boolean isV6 = random.nextInt(3) == 0;
        String to = isV6 ? GATE_V6 : GATE;
        if (random.nextInt(4) == 0) {
            lab.host.call("connect", p, at - 0.0012, "6", "succeeded", full(GATE_V6), METRICS, 0);
            lab.host.call("connect", p, at - 0.0011, "6", "succeeded", GATE, METRICS, 0);
        }
        String from = isV6 ? lab.v6 : lab.v4(at);
        int port = tcp(at, from, to, METRICS);
        lab.host.call("connect", p, at + jitter(), "6", "in_progress", isV6 ? full(to) : to, METRICS, 0);
        lab.host.socket(p, 6, from, port, to, METRICS, at, at + LENGTH);
        accepted(metrics, metrics, at, mapped(to), METRICS, mapped(from), port);
        truth.add(
                "tcp",
                at,
                from,
                port,
                to,
                METRICS,
                new ScenarioTruth.End(lab.host, p),
                new ScenarioTruth.End(gate, metrics));
    }

    private void toForking(Lab lab, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/ssh", "ssh -p 2222 gate uptime", at);
        boolean isV6 = random.nextInt(4) == 0;
        String to = isV6 ? GATE_V6 : GATE_TOO;
        String from = isV6 ? lab.v6 : lab.v4(at);
        int port = tcp(at, from, to, FORKING);
        lab.host.call("connect", p, at + PACE + jitter(), "3", "succeeded", isV6 ? full(to) : to, FORKING, 0);
        lab.host.socket(p, 6, from, port, to, FORKING, at, at + LENGTH);
        ScenarioHost.Process child = gate.fork(forking, at + 0.001, at + LENGTH);
        accepted(forking, child, at, mapped(to), FORKING, mapped(from), port);
        truth.add(
                "tcp",
                at,
                from,
                port,
                to,
                FORKING,
                new ScenarioTruth.End(lab.host, p),
                new ScenarioTruth.End(gate, forking));
    }

    private void toWorkers(Lab lab, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/python3.11", "python3 report.py", at);
        String to = random.nextBoolean() ? GATE : GATE_TOO;
        String from = lab.v4(at);
        int port = tcp(at, from, to, WORKERS);
        lab.host.call("connect", p, at + PACE + jitter(), "4", "succeeded", to, WORKERS, 0);
        lab.host.socket(p, 6, from, port, to, WORKERS, at, at + LENGTH);
        ScenarioHost.Process worker = workers.get(random.nextInt(workers.size()));
        accepted(worker, worker, at, to, WORKERS, from, port);
        truth.add(
                "tcp",
                at,
                from,
                port,
                to,
                WORKERS,
                new ScenarioTruth.End(lab.host, p),
                new ScenarioTruth.End(gate, worker));
    }

    private void toNeighbour(Lab lab, ScenarioHost.Process shell, double at) {
        Lab other = labs.get(random.nextInt(labs.size()));
        if (other == lab || other.host.name.equals(lab.host.name)) {
            return;
        }
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/rsync", "rsync neighbour::home .", at);
        String from = lab.v4(at);
        String to = other.v4(at);
        int port = tcp(at, from, to, FILES);
        lab.host.call("connect", p, at + PACE + jitter(), "3", "succeeded", to, FILES, 0);
        lab.host.socket(p, 6, from, port, to, FILES, at, at + LENGTH);
        accepted(other.host, other.files, other.files, at, to, FILES, from, port);
        truth.add(
                "tcp",
                at,
                from,
                port,
                to,
                FILES,
                new ScenarioTruth.End(lab.host, p),
                new ScenarioTruth.End(other.host, other.files));
    }

    private void outside(Lab lab, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/git", "git fetch", at);
        String from = lab.v4(at);
        int port = tcp(at, from, OUTSIDE, 443);
        lab.host.call("connect", p, at + jitter(), "5", "in_progress", OUTSIDE, 443, 0);
        truth.add("tcp", at, from, port, OUTSIDE, 443, new ScenarioTruth.End(lab.host, p), null);
    }

    private void lookUp(Lab lab, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/host", "host gate", at);
        String from = lab.v4(at);
        int port = ++nextPort;
        trace.udp(at, from, port, NAMES, 53, "question");
        trace.udp(at + 0.001, NAMES, 53, from, port, "answer");
        lab.host.call("connect", p, at - 0.0002, "3", "succeeded", NAMES, 53, 0);
        truth.add("udp", at, from, port, NAMES, 53, new ScenarioTruth.End(lab.host, p), null);
    }

    private void refused(Lab lab, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/nc", "nc gate 8086", at);
        String from = lab.v4(at);
        int port = ++nextPort;
        trace.refused(at, from, port, GATE_TOO, METRICS + 1);
        lab.host.call("connect", p, at + 0.001 + jitter(), "3", "failed", GATE_TOO, METRICS + 1, 0);
        truth.add("tcp", at, from, port, GATE_TOO, METRICS + 1, new ScenarioTruth.End(lab.host, p), null);
    }

    /** A call that fails before any packet is sent. */
    private void noWay(Lab lab, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/nc", "nc gate 8086", at);
        lab.host.call("connect", p, at, "3", "failed", full(GATE_V6), METRICS, 0);
    }

    /** Sent without connect: nothing tells who it was. */
    private void toSyslog(Lab lab, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = program(lab, shell, "/usr/bin/logger", "logger -n gate hello", at);
        String from = lab.v4(at);
        int port = ++nextPort;
        trace.udp(at, from, port, GATE, SYSLOG, "hello");
        truth.add(
                "udp",
                at,
                from,
                port,
                GATE,
                SYSLOG,
                new ScenarioTruth.End(lab.host, p),
                new ScenarioTruth.End(gate, syslog));
    }

    private void accepted(
            ScenarioHost.Process acceptor,
            ScenarioHost.Process holder,
            double at,
            String own,
            int to,
            String from,
            int port) {
        accepted(gate, acceptor, holder, at, own, to, from, port);
    }

    /** The call of accept that a server waited in when the watching began leaves no record. */
    private void accepted(
            ScenarioHost server,
            ScenarioHost.Process acceptor,
            ScenarioHost.Process holder,
            double at,
            String own,
            int to,
            String from,
            int port) {
        if (warm.contains(acceptor)) {
            server.call("accept", acceptor, at + 2 * PACE + jitter(), "9", "succeeded", full(from), port, 0);
        } else {
            warm.add(acceptor);
        }
        server.socket(holder, 6, own, to, from, port, at + 2 * PACE, at + LENGTH);
    }

    private int tcp(double at, String from, String to, int port) {
        int own = ++nextPort;
        trace.tcpPaced(at, PACE, from, own, to, port, "question", "answer");
        return own;
    }

    /** At a socket of version 6 that takes version 4 too. */
    private static String mapped(String address) {
        return address.contains(":") ? address : "::ffff:" + address;
    }

    /** Addresses of version 6 have eight groups of four digits in events of calls. */
    private static String full(String address) {
        if (!address.contains(":")) {
            return address;
        }
        byte[] bytes = new byte[16];
        try {
            byte[] read = InetAddress.getByName(address).getAddress();
            if (read.length == 4) {
                bytes[10] = -1;
                bytes[11] = -1;
            }
            System.arraycopy(read, 0, bytes, 16 - read.length, read.length);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            text.append(i > 0 && i % 2 == 0 ? ":" : "").append(String.format(Locale.ROOT, "%02x", bytes[i]));
        }
        return text.toString();
    }

    /** Writes {@code capture.pcap}, {@code osquery.ndjson}, {@code osquery.arrival} and {@code truth.tsv}. */
    void write(Path folder) {
        HostRecording recording = new HostRecording();
        for (ScenarioHost host : hosts) {
            host.tell(recording, START - 15, START + SECONDS);
        }
        truth.write(folder, trace, recording);
    }

    /** Writes it to a folder: FOLDER [SEED]. */
    public static void main(String[] args) {
        new Campus(args.length > 1 ? Long.parseLong(args[1]) : 1).write(Path.of(args[0]));
    }
}
