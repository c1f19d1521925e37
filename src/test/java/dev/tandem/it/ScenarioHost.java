package dev.tandem.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A host of a made-up network, and what osquery would say of it. Events are stamped when the audit thread hands a batch on,
 * after 1024 records or 2 s without any; tables are read and events delivered every ten seconds; a call of connect or accept
 * names the other end only, without the protocol (osquery/tables/events/linux, osquery/events/linux).
 */
final class ScenarioHost {
    private static final int BATCH_RECORDS = 1024;
    private static final double IDLE_SECONDS = 2;
    private static final double INTERVAL = 10;

    /** A call with its path, arguments and so on takes about so many records of audit. */
    private static final int RECORDS_A_CALL = 6;

    /** A process; {@code end} is infinity for one that stays. */
    record Process(int pid, int parent, int uid, String path, String cmdline, double start, double end) {}

    private record Event(double time, String table, String[] columns) {}

    private record Line(double arrival, double hostTime, String table, String action, String[] columns) {}

    private record OpenSocket(
            int pid,
            int protocol,
            String local,
            int localPort,
            String remote,
            int remotePort,
            double from,
            double to) {}

    final String uuid;
    final String address;
    final String name;
    private final Random random;
    private final double noise;
    private final double phase;
    private final double latency;
    private final Map<Integer, String> users = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<OpenSocket> sockets = new ArrayList<>();
    private final Map<Process, Double> replacedAt = new HashMap<>();
    private final List<Lease> leases = new ArrayList<>();
    private int nextPid;
    private int firstPid = 900;
    private int lastPid = 3000;
    private boolean areLivePidsSpared;

    /** An address of an interface, from a time to another. */
    private record Lease(String network, String address, double from, double to) {}

    /** @param noise records a second of audit that make no row */
    ScenarioHost(String name, String uuid, String address, double noise, Random random) {
        this.name = name;
        this.uuid = uuid;
        this.address = address;
        this.noise = noise;
        this.random = random;
        this.phase = random.nextDouble() * INTERVAL;
        this.latency = 0.05 + random.nextDouble() * 0.4;
        this.nextPid = 900 + random.nextInt(200);
        users.put(0, "root");
        leases.add(new Lease("eth0", address, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    /** One more address of an interface. */
    void address(String network, String another, double from, double to) {
        leases.add(new Lease(network, another, from, to));
    }

    /** The address that it began with is its own no longer; another is. */
    void moves(double at, String to) {
        Lease first = leases.get(0);
        leases.set(0, new Lease(first.network(), first.address(), first.from(), at));
        address(first.network(), to, at, Double.POSITIVE_INFINITY);
    }

    /** Process numbers from one to another, none of them twice at a time. */
    void pids(int first, int last) {
        firstPid = first;
        lastPid = last;
        nextPid = first + random.nextInt(last - first);
        areLivePidsSpared = true;
    }

    void user(int uid, String user) {
        users.put(uid, user);
    }

    String userName(int uid) {
        return users.getOrDefault(uid, "-");
    }

    /** Numbers run out soon, so that they are used again. */
    private int pid(double start) {
        do {
            nextPid = nextPid >= lastPid ? firstPid : nextPid + 1 + random.nextInt(3);
        } while (areLivePidsSpared && isLive(nextPid, start));
        return nextPid;
    }

    private boolean isLive(int pid, double at) {
        return processes.stream().anyMatch(p -> p.pid() == pid && p.end() >= at - 1 && p.start() <= at + 1);
    }

    /** A process from before the watching. */
    Process daemon(int parent, int uid, String path, String cmdline, double start) {
        Process p = new Process(pid(start), parent, uid, path, cmdline, start, Double.POSITIVE_INFINITY);
        processes.add(p);
        return p;
    }

    /** A shell's child that runs a program: a fork and an exec. */
    Process run(Process shell, String path, String cmdline, double start, double end) {
        Process p = new Process(pid(start), shell.pid(), shell.uid(), path, cmdline, start, end);
        processes.add(p);
        process(p, shell.path(), "", start - 0.002, "clone");
        process(p, path, cmdline, start - 0.001, "execve");
        return p;
    }

    /** The same, which changes its user as a login does. */
    Process runAs(Process parent, int uid, String path, String cmdline, double start, double end) {
        Process p = new Process(pid(start), parent.pid(), uid, path, cmdline, start, end);
        processes.add(p);
        process(p, path, cmdline, start - 0.001, "execve");
        return p;
    }

    /** From a time on the process's program is another file than what runs. */
    void replaced(Process p, double at) {
        replacedAt.put(p, at);
    }

    /** A service that is stopped. */
    void stop(Process p, double at) {
        Process stopped = new Process(p.pid(), p.parent(), p.uid(), p.path(), p.cmdline(), p.start(), at);
        processes.set(processes.indexOf(p), stopped);
        sockets.replaceAll(s -> s.pid() == p.pid() && Double.isInfinite(s.to())
                ? new OpenSocket(
                        s.pid(), s.protocol(), s.local(), s.localPort(), s.remote(), s.remotePort(), s.from(), at)
                : s);
        Double replaced = replacedAt.remove(p);
        if (replaced != null) {
            replacedAt.put(stopped, replaced);
        }
    }

    /** A service that begins while the host is watched, with a call of bind and its listening socket. */
    Process service(Process parent, int uid, String path, String cmdline, int port, double start, double end) {
        Process p = runAs(parent, uid, path, cmdline, start, end);
        call("bind", p, start + 0.01, "7", "succeeded", "0.0.0.0", 0, port);
        sockets.add(new OpenSocket(p.pid(), 6, "0.0.0.0", port, "0.0.0.0", 0, start + 0.01, end));
        return p;
    }

    /** A server's child for one connection: a fork alone. */
    Process fork(Process server, double start, double end) {
        Process p = new Process(pid(start), server.pid(), server.uid(), server.path(), server.cmdline(), start, end);
        processes.add(p);
        process(p, server.path(), "", start, "clone");
        return p;
    }

    private void process(Process p, String path, String cmdline, double time, String call) {
        events.add(new Event(time, "process_events", new String[] {
            "pid",
            "" + p.pid(),
            "path",
            path,
            "cmdline",
            cmdline,
            "cwd",
            "",
            "auid",
            auid(p.uid()),
            "uid",
            "" + p.uid(),
            "gid",
            "" + p.uid(),
            "parent",
            "" + p.parent(),
            "syscall",
            call
        }));
    }

    /** Services were started by no login. */
    private static String auid(int uid) {
        return uid >= 1000 ? "" + uid : "4294967295";
    }

    /** @param time when the call ended */
    void call(String action, Process p, double time, String fd, String status, String remote, int port, int localPort) {
        boolean isBind = action.equals("bind");
        events.add(new Event(time, "socket_events", new String[] {
            "action",
            action,
            "pid",
            "" + p.pid(),
            "path",
            p.path(),
            "fd",
            fd,
            "auid",
            auid(p.uid()),
            "status",
            status,
            "family",
            family(remote),
            "protocol",
            "0",
            "local_address",
            isBind ? "0.0.0.0" : "",
            "local_port",
            isBind ? "" + localPort : "0",
            "remote_address",
            isBind ? "" : remote,
            "remote_port",
            isBind ? "0" : "" + port,
            "success",
            "1"
        }));
    }

    void socket(Process p, int protocol, int localPort, String remote, int port, double from, double to) {
        socket(p, protocol, address, localPort, remote, port, from, to);
    }

    /** The same at one of several addresses. */
    void socket(Process p, int protocol, String local, int localPort, String remote, int port, double from, double to) {
        sockets.add(new OpenSocket(p.pid(), protocol, local, localPort, remote, port, from, to));
    }

    /** A listening socket for both versions of IP: connections of version 4 have mapped addresses there. */
    void listensDually(Process p, int protocol, int port) {
        sockets.add(new OpenSocket(p.pid(), protocol, "::", port, "::", 0, p.start(), Double.POSITIVE_INFINITY));
    }

    /** Of several processes that share a listening socket, one is in the table. */
    void listens(Process p, int protocol, int port) {
        sockets.add(
                new OpenSocket(p.pid(), protocol, "0.0.0.0", port, "0.0.0.0", 0, p.start(), Double.POSITIVE_INFINITY));
    }

    // ---- what osquery says

    /** Writes all lines of the time between the two. */
    void tell(HostRecording recording, double from, double to) {
        List<Line> lines = new ArrayList<>();
        Map<String, String[]> known = new LinkedHashMap<>();
        List<Event> stored = stamped(from, to);
        int told = 0;
        for (double at = from - INTERVAL + phase; at < to + 3 * INTERVAL; at += INTERVAL) {
            double arrival = at + latency;
            while (told < stored.size() && storedAt[told] <= at) {
                Event e = stored.get(told);
                lines.add(new Line(arrival + lines.size() * 1e-6, at, e.table(), "added", e.columns()));
                told++;
            }
            differences(lines, known, at, arrival);
        }
        lines.sort(Comparator.comparingDouble(Line::arrival));
        for (Line l : lines) {
            recording.row(l.arrival(), l.hostTime(), uuid, l.table(), l.action(), l.columns());
        }
    }

    private double[] storedAt = new double[0];

    private List<Event> stamped(double from, double to) {
        events.removeIf(e -> e.time() < from);
        events.sort(Comparator.comparingDouble(Event::time));
        storedAt = new double[events.size()];
        List<Event> out = new ArrayList<>();
        int first = 0;
        int records = 0;
        double last = from;
        for (int i = 0; i <= events.size(); i++) {
            double now = i < events.size() ? events.get(i).time() : to + 60;
            // What makes no row fills batches too; without it a batch ends when nothing comes.
            double filled = noise > 0 ? last + (BATCH_RECORDS - records) / noise : Double.POSITIVE_INFINITY;
            if (noise > 0) {
                while (filled < now) {
                    store(first, i, filled);
                    first = i;
                    records = 0;
                    last = filled;
                    filled = last + BATCH_RECORDS / noise;
                }
                records += (int) ((now - last) * noise);
            } else if (now > last + IDLE_SECONDS) {
                store(first, i, last + IDLE_SECONDS);
                first = i;
                records = 0;
            }
            last = now;
            records += RECORDS_A_CALL;
            if (records >= BATCH_RECORDS && i < events.size()) {
                store(first, i + 1, now);
                first = i + 1;
                records = 0;
            }
        }
        store(first, events.size(), to + 60);
        long socketEid = 0;
        long processEid = 0;
        for (int i = 0; i < events.size(); i++) {
            Event e = events.get(i);
            long eid = e.table().equals("socket_events") ? ++socketEid : ++processEid;
            String[] columns = Arrays.copyOf(e.columns(), e.columns().length + 4);
            columns[columns.length - 4] = "time";
            columns[columns.length - 3] = "" + (long) storedAt[i];
            columns[columns.length - 2] = "eid";
            columns[columns.length - 1] = String.format(Locale.ROOT, "%010d", eid);
            out.add(new Event(e.time(), e.table(), columns));
        }
        return out;
    }

    private void store(int from, int to, double at) {
        for (int i = from; i < to; i++) {
            storedAt[i] = at;
        }
    }

    private static String family(String address) {
        return address.contains(":") ? "10" : "2";
    }

    private void differences(List<Line> lines, Map<String, String[]> known, double at, double arrival) {
        Map<String, String[]> now = new LinkedHashMap<>();
        for (Lease l : leases) {
            if (l.from() <= at && l.to() > at) {
                now.put("a" + l, new String[] {"interface_addresses", "interface", l.network(), "address", l.address()
                });
            }
        }
        users.forEach((uid, user) ->
                now.put("u" + uid, new String[] {"users", "uid", "" + uid, "gid", "" + uid, "username", user}));
        for (Process p : processes) {
            if (p.start() <= at && p.end() > at) {
                String isOnDisk = replacedAt.getOrDefault(p, Double.POSITIVE_INFINITY) > at ? "1" : "0";
                now.put("p" + p.pid() + "/" + p.start() + isOnDisk, new String[] {
                    "processes",
                    "pid",
                    "" + p.pid(),
                    "path",
                    p.path(),
                    "cmdline",
                    p.cmdline(),
                    "uid",
                    "" + p.uid(),
                    "parent",
                    "" + p.parent(),
                    "start_time",
                    "" + (long) p.start(),
                    "on_disk",
                    isOnDisk
                });
            }
        }
        for (OpenSocket s : sockets) {
            if (s.from() <= at && s.to() > at) {
                boolean isListening = s.remotePort() == 0;
                now.put(
                        "s" + s,
                        isListening
                                ? new String[] {
                                    "listening_ports",
                                    "pid",
                                    "" + s.pid(),
                                    "port",
                                    "" + s.localPort(),
                                    "protocol",
                                    "" + s.protocol(),
                                    "family",
                                    family(s.local()),
                                    "address",
                                    s.local()
                                }
                                : new String[] {
                                    "process_open_sockets",
                                    "pid",
                                    "" + s.pid(),
                                    "family",
                                    family(s.local()),
                                    "protocol",
                                    "" + s.protocol(),
                                    "local_address",
                                    s.local(),
                                    "local_port",
                                    "" + s.localPort(),
                                    "remote_address",
                                    s.remote(),
                                    "remote_port",
                                    "" + s.remotePort(),
                                    "state",
                                    "ESTABLISHED"
                                });
            }
        }
        now.forEach((key, row) -> {
            if (!known.containsKey(key)) {
                lines.add(line(arrival, at, row, "added", lines.size()));
            }
        });
        known.forEach((key, row) -> {
            if (!now.containsKey(key)) {
                lines.add(line(arrival, at, row, "removed", lines.size()));
            }
        });
        known.clear();
        known.putAll(now);
    }

    private static Line line(double arrival, double at, String[] row, String action, int order) {
        return new Line(arrival + order * 1e-6, at, row[0], action, Arrays.copyOfRange(row, 1, row.length));
    }
}
