package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped detections on recorded traffic, and on people and connections out of thin air. */
class DetectionsIT {
    private static final Path DEMO = DaemonRunner.CHECKOUT.resolve("deploy/demo");
    private static final Path SCRIPTS = DaemonRunner.CHECKOUT.resolve("src/test/resources/detections");
    private static final Path SHARED =
            DaemonRunner.CHECKOUT.resolve("../shared").normalize();

    @TempDir
    Path folder;

    private Run run(String... args) {
        Run run = new DaemonRunner(folder).run(args);
        assertEquals(0, run.status(), run.err());
        return run;
    }

    private static List<String> told(Run run, String note) {
        List<String> messages = new ArrayList<>();
        for (Map<String, String> row : run.log("notice").rows()) {
            if (row.get("note").equals(note)) {
                messages.add(row.get("msg"));
            }
        }
        return messages;
    }

    private static List<String> printed(Run run, String user) {
        return run.out().lines().filter(line -> line.contains(user)).toList();
    }

    @Test
    void theDemoHoldsOneChainAndAServerOfAUser() {
        Run run = run(
                "-r",
                DEMO.resolve("capture.pcap.gz").toString(),
                "--host-results",
                DEMO.resolve("osquery.ndjson.gz").toString(),
                "--host-arrival",
                DEMO.resolve("osquery.arrival").toString(),
                "policy/detections");
        assertEquals("", run.err());
        assertEquals(
                List.of("2 SSH hops: alice@alice-laptop -> alice@jump-host -> deploy@web-server"),
                told(run, "SSHChain::SSH_Chain"));
        assertTrue(told(run, "ListeningService::Undeclared_Service")
                .contains("alice-laptop listens on 8000/tcp, and 203.0.113.80 reached it"));
        assertEquals(List.of(), told(run, "Exfiltration::Exfiltration"), "its uploads are small");
        assertFalse(run.hasLog("reporter"));
    }

    @Test
    void theRecordingsUploadAndChainAreToldOnce() {
        Path open = SHARED.resolve("scenario/open");
        Assumptions.assumeTrue(Files.isDirectory(open), "no ../shared/scenario/open beside the checkout");
        Run run = run(
                "-r",
                open.resolve("capture.pcap").toString(),
                "--host-results",
                open.resolve("osquery.ndjson").toString(),
                "--host-arrival",
                open.resolve("osquery.arrival").toString(),
                "policy/detections");
        assertEquals(
                List.of("2 SSH hops: alice@alice-laptop -> alice@jump-host -> deploy@web-server"),
                told(run, "SSHChain::SSH_Chain"));
        assertEquals(List.of("bob@bob-laptop sent 7.0 MB to 203.0.113.80"), told(run, "Exfiltration::Exfiltration"));
    }

    @Test
    void eachTellsWhatItIsAboutAndNothingElse() {
        Run run = run(SCRIPTS.resolve("people.zeek").toString());
        assertEquals("", run.err());
        List<String> lines = printed(run, "::").stream()
                .map(line ->
                        line.substring(0, line.lastIndexOf(", /usr") < 0 ? line.length() : line.lastIndexOf(", /usr")))
                .toList();
        assertEquals(5, lines.size(), String.join("\n", lines));
        assertEquals("Exfiltration::Exfiltration, eve@laptop sent 6.0 MB to 8.8.8.8", lines.get(0));
        assertTrue(lines.get(1).startsWith("Beacon::Process_Beacon, /tmp/x on laptop calls 9.9.9.9 every 1.0 min"));
        assertEquals("RootOutside::Root_Outside, root on laptop talks to 7.7.7.7", lines.get(2));
        assertTrue(lines.get(3).contains("eve@laptop; /tmp/a (20)"));
        assertTrue(lines.get(4).contains("eve@laptop; /tmp/b (21)"));
    }

    @Test
    void whatAUserUsuallySendsIsNoExfiltration() {
        Run run = run(SCRIPTS.resolve("past.zeek").toString());
        List<String> lines = printed(run, "ann@laptop");
        assertEquals(1, lines.size(), String.join("\n", lines));
        assertTrue(lines.get(0).contains("sent 30.0 MB to 8.8.1.2"));
        assertTrue(lines.get(0).contains("new destination; limit 20.0 MB by the user's past"), lines.get(0));
    }
}
