package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several engines in one process: what is written of the packets, rotation, and the ends that a run can have. */
class ShardsLifeIT {
    private static final String DEMO =
            DaemonRunner.CHECKOUT.resolve("deploy/demo/capture.pcap.gz").toString();

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsTheWholeTrace() throws Exception {
        DaemonRunner.Run run = new DaemonRunner(folder).run("-r", DEMO, "--shards", "2", "-w", "copy.pcap");
        assertEquals("", run.err());
        List<String> first = rows(run);
        Path again = Files.createDirectory(folder.resolve("again"));
        DaemonRunner.Run copy =
                new DaemonRunner(again).run("-r", folder.resolve("copy.pcap").toString());
        assertEquals(first, rows(copy));
    }

    private static List<String> rows(DaemonRunner.Run run) {
        return run
                .log("conn")
                .select("id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "history", "orig_pkts", "resp_pkts")
                .stream()
                .sorted()
                .toList();
    }

    @Test
    void logsThatRotateLoseNoRow() throws Exception {
        DaemonRunner.Run run =
                new DaemonRunner(folder).run("-r", DEMO, "--shards", "3", "Log::default_rotation_interval=20secs");
        assertEquals("", run.err());
        long rows = 0;
        int files = 0;
        try (var all = Files.list(folder)) {
            for (Path log : all.filter(file -> file.getFileName().toString().startsWith("conn."))
                    .toList()) {
                files++;
                List<String> lines = Files.readAllLines(log);
                assertTrue(lines.getLast().startsWith("#close"), "whole: " + log);
                rows += lines.stream().filter(line -> !line.startsWith("#")).count();
            }
        }
        assertTrue(files > 1, "it rotated");
        assertEquals(277, rows);
    }

    @Test
    void aWorkerThatExitsEndsAllWithItsStatus() {
        DaemonRunner.Run run = new DaemonRunner(folder)
                .run(
                        "-r",
                        DEMO,
                        "--shards",
                        "2",
                        "-e",
                        "event http_request(c: connection, method: string, original_URI: string, unescaped_URI: string,"
                                + " version: string) { exit(7); }");
        assertEquals(7, run.status(), run.err());
        assertTrue(run.hasLog("conn"), "what was logged before stays");
        assertTrue(run.log("conn").isClosed());
    }

    /** The first packets are given when all engines capture; what is open then has no end but the process's. */
    @Test
    void onSigtermWhatIsOpenIsLogged() throws Exception {
        byte[] trace = Files.readAllBytes(new TraceBuilder()
                .tcp(1700000000, "10.0.0.1", 40001, "10.0.0.2", 80, "GET /", "four")
                .tcp(1700000001, "10.0.0.3", 40002, "10.0.0.4", 80, "GET /", "four")
                .udp(1700000002, "10.0.0.5", 40003, "10.0.0.6", 53, "x")
                .udp(1700000003, "10.0.0.7", 40004, "10.0.0.8", 53, "x")
                .pcap(folder.resolve("trace.pcap")));
        DaemonRunner tandem = new DaemonRunner(folder);
        Process process = tandem.start(
                "-r",
                "-",
                "--shards",
                "2",
                "-e",
                "event new_connection(c: connection) { close(open(fmt(\"seen-%s\", c$id$orig_h))); }");
        try {
            OutputStream packets = process.getOutputStream();
            packets.write(trace);
            packets.flush();
            long begun = System.nanoTime();
            while (!seenAll()) {
                assertTrue(System.nanoTime() - begun < 60_000_000_000L, "no packets");
                Thread.sleep(20);
            }
            long asked = System.nanoTime();
            process.destroy(); // SIGTERM
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertTrue((System.nanoTime() - asked) / 1e9 < 10, "within ten seconds");
            LogFile log = LogFile.read(folder.resolve("conn.log"));
            assertTrue(log.isClosed());
            assertEquals(4, log.rows().size());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether each engine has had its share. */
    private boolean seenAll() {
        return List.of(1, 3, 5, 7).stream().allMatch(i -> Files.exists(folder.resolve("seen-10.0.0." + i)));
    }
}
