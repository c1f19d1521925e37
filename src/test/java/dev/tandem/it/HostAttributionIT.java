package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of a trace joined with what hosts said. */
class HostAttributionIT {
    private static final Path DEMO = DaemonRunner.CHECKOUT.resolve("deploy/demo");

    private static final List<String> ADDED_COLUMNS = List.of(
            "orig_host:string",
            "orig_pid:int",
            "orig_path:string",
            "orig_cmdline:string",
            "orig_user:string",
            "orig_attribution:string",
            "resp_host:string",
            "resp_pid:int",
            "resp_path:string",
            "resp_cmdline:string",
            "resp_user:string",
            "resp_attribution:string");

    /** Columns behind {@code t:time} and {@code host:string}, as in 2018. */
    private static final Map<String, String> OSQUERY_LOGS = new TreeMap<>(Map.of(
            "osq-processes",
            "pid:int name:string path:string cmdline:string cwd:string root:string uid:int gid:int on_disk:int"
                    + " start_time:int parent:int pgroup:int",
            "osq-process_events",
            "pid:int path:string cmdline:string cwd:string uid:int gid:int start_time:int parent:int",
            "osq-socket_events",
            "action:string pid:int path:string family:int protocol:int local_address:addr remote_address:addr"
                    + " local_port:int remote_port:int start_time:int success:int",
            "osq-user_connections",
            "action:string local_address:addr local_port:int remote_address:addr remote_port:int pid:int path:string"
                    + " cmdline:string uid:int username:string"));

    @TempDir
    Path folder;

    private Run run(List<String> options, String... more) {
        List<String> args = new ArrayList<>(options);
        args.addAll(List.of(more));
        Run run = new DaemonRunner(folder).run(args.toArray(String[]::new));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        return run;
    }

    @Test
    void theDemoNamesWhoIsBehindItsConnections() {
        Run run = run(List.of(
                "-r",
                DEMO.resolve("capture.pcap.gz").toString(),
                "--host-results",
                DEMO.resolve("osquery.ndjson.gz").toString(),
                "--host-arrival",
                DEMO.resolve("osquery.arrival").toString()));
        LogFile conn = run.log("conn");
        List<String> columns = conn.columns();
        assertEquals(ADDED_COLUMNS, columns.subList(columns.size() - ADDED_COLUMNS.size(), columns.size()));
        assertEquals(277, conn.rows().size());
        assertEquals(277, new HashSet<>(conn.select("uid")).size(), "every connection has one row");
        assertTrue(conn.isClosed());

        // The two users of the jump host, who fetch the same page at the same moment.
        List<String> big = conn.rows().stream()
                .filter(row -> row.get("id.orig_h").equals("10.10.2.30")
                        && row.get("id.resp_p").equals("80")
                        && row.get("resp_bytes").length() == 6)
                .map(row -> row.get("orig_user") + " " + row.get("orig_path") + " " + row.get("resp_user"))
                .sorted()
                .toList();
        assertEquals(List.of("alice /usr/bin/curl www-data", "bob /usr/bin/curl www-data"), big);
        // The download that runs: three connections of a program that was fetched.
        assertEquals(
                3,
                conn.select("id.resp_p", "orig_user", "orig_cmdline").stream()
                        .filter("8443 alice /home/alice/Downloads/updater 203.0.113.80 8443 3"::equals)
                        .count());

        OSQUERY_LOGS.forEach((name, rest) -> {
            LogFile log = run.log(name);
            assertEquals("t:time host:string " + rest, String.join(" ", log.columns()), name);
            assertFalse(log.rows().isEmpty(), name);
            assertTrue(log.isClosed(), name);
        });
        for (String name : List.of("osq-users", "osq-listening_ports", "osq-interface_addresses")) {
            assertEquals(List.of("t", "host"), run.log(name).fields().subList(0, 2), name);
            assertFalse(run.log(name).rows().isEmpty(), name);
        }
        assertTrue(run.log("osquery").rowLines().stream().anyMatch(line -> line.endsWith("Osquery host connected")));
    }

    private static final String HOST = "11111111-2222-3333-4444-555555555555";
    private static final double START = 1700000000;

    /** A host at 10.0.0.1 whose user anna runs a program for each of two connections, told that many seconds later. */
    private static HostRecording host(double firstDelay, double secondDelay) {
        HostRecording hosts = new HostRecording()
                .added(START - 50, HOST, "interface_addresses", "interface", "eth0", "address", "10.0.0.1")
                .added(START - 50, HOST, "users", "uid", "1000", "gid", "1000", "username", "anna");
        program(hosts, START + firstDelay, 101, "first", 80, 1);
        program(hosts, START + secondDelay, 102, "second", 443, 2);
        return hosts;
    }

    private static void program(HostRecording hosts, double told, int pid, String name, int port, int eid) {
        String path = "/bin/" + name;
        hosts.programTold(told, (long) START, HOST, 10 + eid, pid, 1, 1000, path, name + " it");
        hosts.callTold(told, (long) START, "connect", HOST, 20 + eid, pid, 1000, path, "10.0.0.2", port);
    }

    /** Two connections of that host, and datagrams of others that keep time going. */
    private void trace() {
        TraceBuilder trace = new TraceBuilder()
                .udp(START - 60, "10.9.9.9", 1, "10.9.9.8", 2, "x")
                .tcp(START + 0.1, "10.0.0.1", 40001, "10.0.0.2", 80, "a", "b")
                .tcp(START + 0.2, "10.0.0.1", 40002, "10.0.0.2", 443, "a", "b");
        for (int i = 1; i < 200; i++) {
            trace.udp(START + i, "10.9.9.9", i, "10.9.9.8", 2, "x");
        }
        trace.pcap(folder.resolve("trace.pcap"));
    }

    private static List<String> ends(Run run) {
        return run.log("conn").select("id.resp_p", "orig_host", "orig_pid", "orig_cmdline", "orig_user").stream()
                .filter(row -> row.startsWith("80 ") || row.startsWith("443 "))
                .toList();
    }

    @Test
    void whatIsToldWithinTheGraceCountsAndWhatComesLaterDoesNot() {
        trace();
        List<String> args = host(20, 90).write(folder);
        Run run = run(args, "-b", "-r", "trace.pcap");
        assertEquals(List.of("80 " + HOST + " 101 first it anna", "443 " + HOST + " - - -"), ends(run));

        run = run(args, "-b", "-r", "trace.pcap", "Attribution::grace=2min");
        assertEquals(List.of("80 " + HOST + " 101 first it anna", "443 " + HOST + " 102 second it anna"), ends(run));

        run = run(args, "-b", "-r", "trace.pcap", "Attribution::grace=0secs");
        assertEquals(List.of("80 " + HOST + " - - -", "443 " + HOST + " - - -"), ends(run));
    }

    @Test
    void whatArrivesAfterTheLastPacketIsStillUsed() {
        new TraceBuilder()
                .tcp(START + 0.1, "10.0.0.1", 40001, "10.0.0.2", 80, "a", "b")
                .tcp(START + 0.2, "10.0.0.1", 40002, "10.0.0.2", 443, "a", "b")
                .pcap(folder.resolve("trace.pcap"));
        Run run = run(host(20, 25).write(folder), "-b", "-r", "trace.pcap");
        assertEquals(
                List.of("80 " + HOST + " 101 first it anna", "443 " + HOST + " 102 second it anna"),
                ends(run).stream().sorted(Comparator.reverseOrder()).toList());
    }

    @Test
    void withoutHostResultsLogsAreWhatZeeksAre() {
        new TraceBuilder()
                .tcp(START + 0.1, "10.0.0.1", 40001, "10.0.0.2", 80, "a", "b")
                .pcap(folder.resolve("trace.pcap"));
        Run run = run(List.of("-r", "trace.pcap"));
        assertTrue(
                run.log("conn").fields().stream()
                        .noneMatch(name -> name.startsWith("orig_host") || name.startsWith("resp_host")),
                run.log("conn").fields().toString());
        assertFalse(run.hasLog("osquery"));
        assertTrue(Stream.of(folder.toFile().list()).noneMatch(name -> name.startsWith("osq")));
    }
}
