package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.it.SimulatedHost.Habits;
import dev.tandem.it.SimulatedHost.Totals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators ask of a daemon that hosts are connected to. */
class OperatorIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private record Answer(int status, String out, String err) {}

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Its output goes to files: one that waits for a reader of a pipe would never end. */
    private Process start(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(
                List.of(DaemonRunner.CHECKOUT.resolve("bin/tandemctl").toString()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--state", folder.resolve("state").toString()));
        int number = started.size();
        Process process = new ProcessBuilder(line)
                .redirectOutput(output(number, "out").toFile())
                .redirectError(output(number, "err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private Path output(int number, String stream) {
        return folder.resolve("tandemctl-" + number + "." + stream);
    }

    private Answer await(Process process) throws Exception {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        int number = started.indexOf(process);
        return new Answer(
                process.exitValue(), Files.readString(output(number, "out")), Files.readString(output(number, "err")));
    }

    private Answer tandemctl(String... arguments) throws Exception {
        return await(start(arguments));
    }

    @Test
    void hostsAreListedAskedAndTold() throws Exception {
        try (HostDaemon daemon = HostDaemon.start(folder);
                AgentNetwork network = daemon.network()) {
            Answer none = tandemctl("hosts");
            assertTrue(none.out().contains("no host has enrolled yet"), none.toString());
            Answer nobody = tandemctl("query", "SELECT 1", "--all");
            assertTrue(nobody.err().contains("no such host is there now"), nobody.toString());
            Answer flags = tandemctl("osquery", "flags");
            assertTrue(flags.out().contains("--tls_hostname=127.0.0.1:" + daemon.port()), flags.out());
            assertTrue(flags.out().contains("--tls_server_certs=" + folder.resolve("state/tls/ca.pem")), flags.out());

            SimulatedHost host = new SimulatedHost(network, "h1", "i1", daemon.secret(), new Habits(), new Totals())
                    .answering(sql -> sql.equals("SELECT name FROM t")
                            ? JSON.valueToTree(List.of(Map.of("name", "a,b"), Map.of("name", "\"c\"")))
                            : JSON.createArrayNode());
            host.fetchConfig().get(30, TimeUnit.SECONDS);
            daemon.awaitRows("osquery", 1);
            Answer hosts = tandemctl("hosts");
            assertTrue(hosts.out().matches("(?s)HOST +STATE.*\nh1 +online .*logs nothing.*"), hosts.out());

            Process asking = start("query", "SELECT name FROM t", "--host", "h1", "--format", "csv", "--timeout", "30");
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (asking.isAlive() && System.nanoTime() < until) { // the shipped scripts ask too
                host.answerQuestions().get(30, TimeUnit.SECONDS);
                Thread.sleep(50);
            }
            Answer answer = await(asking);
            assertEquals("host,name\nh1,\"a,b\"\nh1,\"\"\"c\"\"\"\n", answer.out(), answer.err());
            assertEquals(0, answer.status());

            daemon.awaitRow(
                    "osquery_queries",
                    row -> row.contains("\texecute\toperator\t") && row.contains("\tSELECT name FROM t\thost\th1\t"));
            daemon.awaitRow("osquery_queries", row -> row.contains("\tanswer\thost\th1\tSELECT name FROM t\t"));

            Answer late = tandemctl("query", "SELECT 1", "--all", "--timeout", "1");
            assertEquals(1, late.status());
            assertTrue(late.err().contains("1 of 1 hosts did not answer in time: h1"), late.err());
            assertTrue(tandemctl("query", "SELECT 1").err().contains("one of --host ID, --group NAME and --all"));

            Answer revoked = tandemctl("hosts", "--revoke", "h1");
            assertEquals("h1 is revoked: its key is void, and it may not enrol\n", revoked.out(), revoked.err());
            assertTrue(tandemctl("hosts").out().contains("revoked: it may not enrol"));
            Answer stranger = tandemctl("hosts", "--permit", "h2");
            assertTrue(stranger.out().contains("no host of that name has enrolled"), stranger.toString());
            Answer permitted = tandemctl("hosts", "--permit", "h1");
            assertEquals("h1 is permitted: it may enrol\n", permitted.out(), permitted.err());

            String figures = metrics(daemon);
            assertTrue(figures.contains("# TYPE tandem_hosts_online gauge\ntandem_hosts_online 1\n"), figures);
            assertTrue(figures.contains("# TYPE tandem_lines_refused_total counter\n"), figures);
        }
    }

    private String metrics(HostDaemon daemon) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(PubSubClient.trusting(folder.resolve("state/tls/ca.pem")))
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + daemon.port() + "/metrics"))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        return response.body();
    }
}
