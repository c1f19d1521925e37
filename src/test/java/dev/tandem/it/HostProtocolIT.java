package dev.tandem.it;

import static dev.tandem.it.OsqueryLines.added;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.SimulatedHost.Habits;
import dev.tandem.it.SimulatedHost.Totals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stock osquery and the daemon, from enrolment to the logs. */
class HostProtocolIT {
    private static final String PROCESSES = "OsqueryProcesses::row";

    @TempDir
    Path folder;

    @Test
    void rowsOfAHostComeOutInItsLogs() throws Exception {
        try (HostDaemon daemon = HostDaemon.start(folder);
                AgentNetwork network = daemon.network()) {
            SimulatedHost host = host(network, daemon, "h1");
            host.fetchConfig().get(30, TimeUnit.SECONDS);
            byte[] first = host.configText();
            String query = query(host, PROCESSES);
            host.log(added(
                    query, "h1", 1683584100, 0, "pid", "17", "cmdline", "nc google.de 80", "name", "nc", "cwd", "/"));
            host.log(added(query, "h1", 1683584100, 0, "pid", "18", "cmdline", "sh", "name", "sh", "cwd", ""));
            host.flush().get(30, TimeUnit.SECONDS);
            assertEquals(0, host.unacknowledged());
            List<String> rows = daemon.awaitRows("osq-processes", 2);
            assertTrue(rows.get(0).contains("\th1\t17\tnc\t(empty)\tnc google.de 80\t/\t"), rows.get(0));
            assertTrue(rows.get(1).contains("\th1\t18\tsh\t"), rows.get(1));
            host.fetchConfig().get(30, TimeUnit.SECONDS);
            assertArrayEquals(first, host.configText());
            DaemonRunner.Run run = daemon.stop();
            assertEquals(0, run.status(), run.err());
            assertEquals(2, daemon.rows("osq-processes").size());
        }
    }

    @Test
    void aRestartKeepsHostsAndLogs() throws Exception {
        int port;
        String key;
        String query;
        try (HostDaemon daemon = HostDaemon.start(folder);
                AgentNetwork network = daemon.network()) {
            SimulatedHost host = host(network, daemon, "h1");
            host.fetchConfig().get(30, TimeUnit.SECONDS);
            query = query(host, PROCESSES);
            host.log(added(query, "h1", 1683584100, 0, "pid", "17"));
            host.flush().get(30, TimeUnit.SECONDS);
            daemon.awaitRows("osq-processes", 1);
            port = daemon.port();
            daemon.kill();
            assertFalse(Files.readString(folder.resolve("osq-processes.log")).contains("#close"));
        }
        try (HostDaemon daemon = HostDaemon.startAt(port, folder);
                AgentNetwork network = daemon.network()) {
            Totals totals = new Totals();
            SimulatedHost host = new SimulatedHost(network, "h1", "i-h1", daemon.secret(), new Habits(), totals);
            host.fetchConfig().get(30, TimeUnit.SECONDS);
            assertEquals(query, query(host, PROCESSES), "names stay over a restart");
            // The answer was lost for all it knows: the same line comes again, with more.
            host.log(added(query, "h1", 1683584100, 0, "pid", "17"));
            host.log(added(query, "h1", 1683584110, 1, "pid", "18"));
            host.flush().get(30, TimeUnit.SECONDS);
            List<String> rows = daemon.awaitRows("osq-processes", 2);
            assertEquals(2, rows.size());
            assertTrue(rows.get(0).contains("\th1\t17\t"));
            assertTrue(rows.get(1).contains("\th1\t18\t"));
            assertEquals(0, daemon.stop().status());
            assertEquals(2, daemon.rows("osq-processes").size());
        }
    }

    @Test
    void hostsGoOnAfterAnExitAsIfNothingHadBeen() throws Exception {
        try (HostDaemon daemon = HostDaemon.start(folder);
                AgentNetwork network = daemon.network()) {
            Totals totals = new Totals();
            SimulatedHost host = new SimulatedHost(network, "h1", "i-h1", daemon.secret(), new Habits(), totals);
            host.fetchConfig().get(30, TimeUnit.SECONDS);
            String key = host.key();
            String query = query(host, PROCESSES);
            host.log(added(query, "h1", 1683584100, 0, "pid", "17"));
            host.flush().get(30, TimeUnit.SECONDS);
            DaemonRunner.Run run = daemon.stop();
            assertEquals(0, run.status(), run.err());
            host.log(added(query, "h1", 1683584110, 1, "pid", "18"));
            assertThrows(ExecutionException.class, () -> host.flush().get(30, TimeUnit.SECONDS));
            assertEquals(1, host.unacknowledged());
            try (HostDaemon again = HostDaemon.startAt(daemon.port(), folder)) {
                host.flush().get(30, TimeUnit.SECONDS); // before it has fetched anything
                assertEquals(0, host.unacknowledged());
                List<String> rows = again.awaitRows("osq-processes", 2);
                assertTrue(rows.get(0).contains("\th1\t17\t") && rows.get(1).contains("\th1\t18\t"), rows.toString());
                host.fetchConfig().get(30, TimeUnit.SECONDS);
                assertEquals(query, query(host, PROCESSES));
                assertEquals(key, host.key());
                assertEquals(1, totals.enrolments.get());
                assertEquals(0, again.stop().status());
                assertEquals(2, again.rows("osq-processes").size());
            }
        }
    }

    @Test
    void rowsOfPacksAndDecorationsReachScriptsAndTheirLog() throws Exception {
        Path pack = Files.writeString(folder.resolve("web.conf"), """
            {"queries": {"ports": {"query": "SELECT pid, port FROM listening_ports", "interval": 60}}}
            """);
        Path script = folder.resolve("packs.zeek");
        Files.writeString(script, """
            redef Hosts::packs += { ["more"] = "more.conf" };
            redef Hosts::decorators_load += vector("SELECT uuid AS host_uuid FROM system_info");
            redef Hosts::decorators_interval += { [1hr] = vector("SELECT total_seconds AS up FROM uptime") };
            event osquery::pack_row(info: osquery::ResultInfo, pack: string, query: string, columns: table[string] of string)
                { print fmt("%s %s %s %s %s", pack, query, columns["port"], info$utype, info$decorations["host_uuid"]); }
            event OsqueryProcesses::row(info: osquery::ResultInfo, pid: int, name: string, path: string, cmdline: string,
                cwd: string, root: string, uid: int, gid: int, on_disk: int, start_time: int, parent: int, pgroup: int)
                { print fmt("%d of %s", pid, info$decorations["host_uuid"]); }
            """);
        Files.writeString(folder.resolve("more.conf"), """
            {"shard": 10, "queries": {"up": {"query": "SELECT * FROM uptime", "interval": 60, "snapshot": true}}}
            """);
        try (HostDaemon daemon = HostDaemon.start(folder, "--pack", pack.toString(), script.toString());
                AgentNetwork network = daemon.network()) {
            SimulatedHost host = host(network, daemon, "h1");
            host.fetchConfig().get(30, TimeUnit.SECONDS);
            var document = SimulatedHost.JSON.readTree(host.configText());
            assertEquals(
                    "{\"load\":[\"SELECT uuid AS host_uuid FROM system_info\"],\"always\":[],"
                            + "\"interval\":{\"3600\":[\"SELECT total_seconds AS up FROM uptime\"]}}",
                    document.path("decorators").toString());
            assertEquals(10, document.at("/packs/more/shard").asInt());
            assertTrue(document.at("/packs/more/queries/up/snapshot").asBoolean());
            String decorations = "\"decorations\":{\"host_uuid\":\"u-1\"},";
            host.log(added("pack_web_ports", "h1", 1683584100, 0, "port", "443", "pid", "17")
                    .replace("\"columns\"", decorations + "\"columns\""));
            host.log(added(query(host, PROCESSES), "h1", 1683584100, 0, "pid", "5")
                    .replace("\"columns\"", decorations + "\"columns\""));
            host.flush().get(30, TimeUnit.SECONDS);
            List<String> rows = daemon.awaitRows("osq-packs", 1);
            assertTrue(
                    rows.getFirst()
                            .endsWith("\th1\tweb\tports\tADD\t1683584100.000000\tpid,port\t17,443\thost_uuid=u-1"),
                    rows.getFirst());
            daemon.awaitRows("osq-processes", 1);
            DaemonRunner.Run run = daemon.stop();
            assertEquals(0, run.status(), run.err());
            assertEquals("web ports 443 osquery::ADD u-1\n5 of u-1\n", Files.readString(folder.resolve("stdout")));
        }
    }

    @Test
    void badPacksStopTheStart() throws Exception {
        Files.writeString(folder.resolve("bad.conf"), "{\"queries\": {\"a\": {\"query\": \"SELECT FROM\"}}}");
        DaemonRunner runner = new DaemonRunner(folder);
        DaemonRunner.Run run = runner.await(runner.start(
                "--hosts", "127.0.0.1:0", "--state", "state", "--pack", "bad.conf", "--pack", "gone.conf"));
        assertEquals(1, run.status());
        assertTrue(run.err().contains("bad.conf: query a: near \"FROM\": syntax error: correct the SQL"), run.err());
        assertTrue(run.err().contains("bad.conf: query a: has no \"interval\": give a number from 1 to"), run.err());
        assertTrue(run.err().contains("gone.conf: cannot read the pack"), run.err());
    }

    @Test
    void aQuestionIsAnsweredOnce() throws Exception {
        Path script = folder.resolve("ask.zeek");
        Files.writeString(script, """
            event answer(info: osquery::ResultInfo, name: string, pid: int)
                { print fmt("row %s %s %d %s", info$host, name, pid, info$utype); }
            event osquery::host_connected(host_id: string)
                { osquery::execute([$ev=answer, $query="SELECT name, pid FROM processes WHERE name = 'x; \\"y\\"'"]); }
            event osquery::query_finished(host_id: string, query: string, cookie: string, rows: count, error: string)
                { if ( /^SELECT name/ in query ) { print fmt("finished %s %d %s", host_id, rows, error); terminate(); } }
            """);
        try (HostDaemon daemon = HostDaemon.start(folder, script.toString());
                AgentNetwork network = daemon.network()) {
            SimulatedHost host = host(network, daemon, "h1").answering(sql -> {
                if (!sql.equals("SELECT name, pid FROM processes WHERE name = 'x; \"y\"'")) {
                    return SimulatedHost.JSON.createArrayNode(); // the shipped scripts ask too
                }
                return SimulatedHost.JSON
                        .createArrayNode()
                        .add(SimulatedHost.JSON
                                .createObjectNode()
                                .put("name", "x")
                                .put("pid", "5"));
            });
            host.fetchConfig().get(30, TimeUnit.SECONDS);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (host.answerQuestions().get(30, TimeUnit.SECONDS) == 0 && System.nanoTime() < until) {
                Thread.sleep(20);
            }
            String out = Files.readString(folder.resolve("stdout"));
            for (int i = 0; i < 500 && !out.contains("finished"); i++) {
                Thread.sleep(20);
                out = Files.readString(folder.resolve("stdout"));
            }
            assertEquals("row h1 x 5 osquery::SNAPSHOT\nfinished h1 1 \n", out);
        }
    }

    private static SimulatedHost host(AgentNetwork network, HostDaemon daemon, String id) throws Exception {
        return new SimulatedHost(network, id, "i-" + id, daemon.secret(), new Habits(), new Totals());
    }

    private static String query(SimulatedHost host, String event) {
        for (var names = host.schedule().fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.startsWith("tandem/" + event + "/")) {
                return name;
            }
        }
        throw new AssertionError("no query for " + event + " in " + host.schedule());
    }
}
