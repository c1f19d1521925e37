package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several engines in one process give what one gives. */
class ShardsIT {
    private static final String DEMO =
            DaemonRunner.CHECKOUT.resolve("deploy/demo/capture.pcap.gz").toString();

    @TempDir
    Path folder;

    private List<String> connections(int shards) throws Exception {
        Path own = Files.createDirectory(folder.resolve("of" + shards));
        DaemonRunner.Run run = new DaemonRunner(own).run("-r", DEMO, "--shards", Integer.toString(shards));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        LogFile log = run.log("conn");
        assertTrue(log.isClosed());
        String[] columns = log.columns().stream()
                .map(c -> c.substring(0, c.indexOf(':')))
                .filter(c -> !c.equals("uid") && !c.equals("tunnel_parents"))
                .toArray(String[]::new);
        return log.select(columns).stream().sorted().toList();
    }

    @Test
    void theSameConnectionsWithOneTwoAndFourShards() throws Exception {
        List<String> one = connections(1);
        assertEquals(277, one.size());
        assertEquals(one, connections(2));
        assertEquals(one, connections(4));
    }

    /** Connections are told to the manager, which has the hosts, and its answers come back. */
    private DaemonRunner.Run withHosts(int shards, String... more) throws Exception {
        Path own = Files.createDirectory(folder.resolve("hosts" + shards));
        Path demo = DaemonRunner.CHECKOUT.resolve("deploy/demo");
        List<String> arguments = new ArrayList<>(List.of(
                "-r",
                DEMO,
                "--host-results",
                demo.resolve("osquery.ndjson.gz").toString(),
                "--host-arrival",
                demo.resolve("osquery.arrival").toString(),
                "--shards",
                Integer.toString(shards)));
        arguments.addAll(List.of(more));
        DaemonRunner.Run run = new DaemonRunner(own).run(arguments.toArray(String[]::new));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        return run;
    }

    private static List<String> rows(DaemonRunner.Run run, String log, String... columns) {
        return run.log(log).select(columns).stream().sorted().toList();
    }

    @Test
    void theSameHostsUsersAndNoticesWithOneTwoAndFourShards() throws Exception {
        String[] people = {
            "ts",
            "id.orig_h",
            "id.orig_p",
            "duration",
            "history",
            "orig_host",
            "orig_pid",
            "orig_path",
            "orig_user",
            "orig_attribution",
            "resp_host",
            "resp_pid",
            "resp_path",
            "resp_cmdline",
            "resp_user",
            "resp_attribution"
        };
        DaemonRunner.Run one = withHosts(1, "policy/detections");
        List<String> connections = rows(one, "conn", people);
        List<String> notices = rows(one, "notice", "note", "msg", "sub");
        assertTrue(connections.stream().filter(row -> row.contains("alice")).count() > 30);
        assertTrue(notices.stream().anyMatch(row -> row.contains("2 SSH hops")), notices::toString);
        assertTrue(notices.stream().anyMatch(row -> row.contains("Download_Executed")), notices::toString);
        for (int shards : new int[] {2, 4}) {
            DaemonRunner.Run run = withHosts(shards, "policy/detections");
            assertEquals(connections, rows(run, "conn", people));
            assertEquals(
                    notices.stream().map(ShardsIT::withoutUids).toList(),
                    rows(run, "notice", "note", "msg", "sub").stream()
                            .map(ShardsIT::withoutUids)
                            .toList());
            for (String log : List.of("osquery", "osquery_queries", "osq-process_events", "attribution")) {
                assertEquals(one.log(log).rows().size(), run.log(log).rows().size(), log);
            }
        }
    }

    /** Uids differ from run to run. */
    private static String withoutUids(String text) {
        return text.replaceAll("\\bC[A-Za-z0-9]{10,}\\b", "C...");
    }

    @Test
    void aWorkersQuestionForAHostIsAskedByTheManager() throws Exception {
        DaemonRunner.Run run = withHosts(2, "-e", """
                        global answer: event(info: osquery::ResultInfo, pid: int);
                        event answer(info: osquery::ResultInfo, pid: int) {}
                        event http_request(c: connection, method: string, original_URI: string, unescaped_URI: string, \
                            version: string) {
                            if ( /updater/ in original_URI )
                                osquery::execute(osquery::Query($ev=answer, $query="SELECT 7 AS pid"));
                        }
                        """);
        assertTrue(
                run.log("osquery_queries").rows().stream()
                        .anyMatch(row -> row.get("action").equals("execute")
                                && row.get("query").equals("SELECT 7 AS pid")
                                && row.get("asker").startsWith("answer")),
                () -> run.log("osquery_queries").rows().toString());
    }

    @Test
    void aScriptErrorIsToldOnceAndEndsAll() {
        DaemonRunner.Run run =
                new DaemonRunner(folder).run("-r", DEMO, "--shards", "2", "-e", "event zeek_init() { x(); }");
        assertEquals(1, run.status());
        assertEquals(
                1,
                run.err()
                        .lines()
                        .filter(l -> l.contains("unknown identifier x"))
                        .count(),
                run.err());
    }
}
