package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the detections tell of recorded traffic of all protocols, the traces of {@code ../shared/oracle} (see {@link OracleIT}),
 * when whoever begins a connection in them is a monitored host.
 */
class OracleSilenceIT {
    private static final Path TRACES = Path.of(System.getProperty(
                    "tandem.oracle",
                    DaemonRunner.CHECKOUT
                            .resolve("../shared/oracle")
                            .normalize()
                            .toString()))
            .resolve("traces");

    @TempDir
    Path folder;

    private final Map<String, ScenarioHost> hosts = new HashMap<>();
    private final Map<String, ScenarioHost.Process> clients = new HashMap<>();

    private Run run(String... more) {
        List<String> args = new ArrayList<>(List.of("-C", "-r", "joined.pcap"));
        args.addAll(List.of(more));
        Run run = new DaemonRunner(folder).run(args.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        return run;
    }

    private void calls(JoinedTraces traces, LogFile conn) {
        Random random = new Random(1);
        for (Map<String, String> row : conn.rows()) {
            String address = row.get("id.orig_h");
            if (row.get("proto").equals("icmp") || address.contains(":")) {
                continue;
            }
            ScenarioHost host = hosts.computeIfAbsent(
                    address,
                    a -> new ScenarioHost(
                            "at-" + a,
                            String.format(Locale.ROOT, "5CE0A810-0000-4000-9000-%012d", hosts.size()),
                            a,
                            0,
                            random));
            ScenarioHost.Process client = clients.computeIfAbsent(address, a -> {
                host.user(1000, "ann");
                return host.daemon(1, 1000, "/usr/bin/client", "client", traces.start() - 600);
            });
            double at = Double.parseDouble(row.get("ts"));
            host.call(
                    "connect",
                    client,
                    at,
                    "5",
                    "succeeded",
                    row.get("id.resp_h"),
                    Integer.parseInt(row.get("id.resp_p")),
                    0);
        }
    }

    @Test
    void whatUsersDidThereIsNothingToTellOf() throws IOException {
        assumeTrue(Files.isDirectory(TRACES), "no detection was tried on recorded traffic: there is no " + TRACES);
        JoinedTraces traces = JoinedTraces.of(TRACES, folder.resolve("joined.pcap"));
        assertTrue(traces.count() > 100, traces.count() + " traces");
        calls(traces, run().log("conn"));
        HostRecording recording = new HostRecording();
        hosts.values().forEach(host -> host.tell(recording, traces.start(), traces.end()));
        List<String> options = recording.inOrder().write(folder);
        List<String> args = new ArrayList<>(options);
        args.add("policy/detections");
        Run run = run(args.toArray(String[]::new));
        // They had something to look at.
        long named = run.log("conn").rows().stream()
                .filter(row -> row.get("orig_user").equals("ann"))
                .count();
        assertTrue(named > 150, named + " connections have a user");
        assertEquals(List.of(), run.notices());
        args.add("Exfiltration::absolute=1000");
        assertFalse(run(args.toArray(String[]::new)).notices().isEmpty(), "they listened");
    }
}
