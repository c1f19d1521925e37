package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped detections on recorded traffic, and on people and connections out of thin air. */
class DetectionsIT {
    private static final Path DEMO = DaemonRunner.CHECKOUT.resolve("deploy/demo");
    private static final Path SCRIPTS = DaemonRunner.CHECKOUT.resolve("src/test/resources/detections");
    private static final Path SHARED =
            DaemonRunner.CHECKOUT.resolve("../shared").normalize();

    /** Of the file that the recording's README says is downloaded and run. */
    private static final String UPDATER_SHA256 = "73d185257576961801b8211d4271708fa0447bc8c3c355bd18eb5987ad73c8cf";

    private static final String ALICE = "4C4C4544-0031-4A10-8052-B1C04F4E3732";

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
    void aDownloadThatRunsIsConfirmedByItsHash() throws IOException {
        Run silent = recording(List.of());
        List<String> told = told(silent, "DownloadExecuted::Download_Executed");
        String what = "alice@alice-laptop runs /home/alice/Downloads/updater,"
                + " downloaded from http://files.example.net/updater ";
        assertEquals(List.of(what + "(unconfirmed)"), told, "no host tells hashes in the demo");
        String evidence = silent.log("notice").rows().stream()
                .filter(row -> row.get("note").equals("DownloadExecuted::Download_Executed"))
                .map(row -> row.get("sub"))
                .findFirst()
                .orElseThrow();
        String sha256 = evidence.substring(evidence.indexOf("sha256 ") + 7);
        assertEquals(64, sha256.length());

        Run confirmed = recording(List.of(hash(sha256)));
        assertEquals(List.of(what + "(confirmed)"), told(confirmed, "DownloadExecuted::Download_Executed"));

        Run other = recording(List.of(hash("0".repeat(64))));
        assertEquals(
                List.of(),
                told(other, "DownloadExecuted::Download_Executed"),
                "a program of the same name that is not the download");
    }

    private static String hash(String sha256) {
        return "{\"name\":\"hash\",\"hostIdentifier\":\"" + ALICE + "\",\"unixTime\":1795487850,\"columns\":{\"path\":"
                + "\"/home/alice/Downloads/updater\",\"md5\":\"\",\"sha1\":\"\",\"sha256\":\"" + sha256
                + "\"},\"action\":\"added\"}";
    }

    /** The demo's traffic and hosts, with a few lines before theirs. */
    private Run recording(List<String> before) throws IOException {
        List<String> lines = new ArrayList<>(before);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DEMO.resolve("osquery.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        }
        List<String> arrivals = new ArrayList<>();
        List<String> recorded = Files.readAllLines(DEMO.resolve("osquery.arrival"));
        before.forEach(line -> arrivals.add(recorded.get(0)));
        arrivals.addAll(recorded);
        Files.write(folder.resolve("hosts.ndjson"), lines);
        Files.write(folder.resolve("hosts.arrival"), arrivals);
        Files.deleteIfExists(folder.resolve("notice.log"));
        return run(
                "-r",
                DEMO.resolve("capture.pcap.gz").toString(),
                "--host-results",
                "hosts.ndjson",
                "--host-arrival",
                "hosts.arrival",
                "policy/detections");
    }

    @Test
    void theRecordingsUploadChainAndDownloadAreToldOnce() {
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
        // No host tells hashes there.
        assertEquals(
                List.of("alice@alice-laptop runs /home/alice/Downloads/updater,"
                        + " downloaded from http://files.example.net/updater (unconfirmed)"),
                told(run, "DownloadExecuted::Download_Executed"));
        assertTrue(
                run.log("notice").select("sub").stream().anyMatch(sub -> sub.endsWith("sha256 " + UPDATER_SHA256)),
                "the file's hash in the scenario's README");
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
