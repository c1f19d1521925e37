package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tail -f} sees while a run goes on. */
class TailIT {
    private static final long MOST_NANOS = 30_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void aRowIsInTheFileWithinASecondWhileTheRunGoesOn() throws IOException, InterruptedException {
        // The datagram moves time on, past the moment at which the first is forgotten and logged.
        byte[] trace = Files.readAllBytes(new TraceBuilder()
                .tcp(1700000000, "10.0.0.1", 40001, "10.0.0.2", 80, "GET /", "four")
                .udp(1700000100, "10.0.0.1", 40002, "10.0.0.3", 53, "x")
                .pcap(folder.resolve("trace.pcap")));
        DaemonRunner tandem = new DaemonRunner(folder);
        Process process = tandem.start(
                "-b", "base/protocols/conn", "-r", "-", "-e", "event zeek_init() { close(open(\"ready\")); }");
        Path log = folder.resolve("conn.log");
        try {
            OutputStream packets = process.getOutputStream();
            packets.write(trace, 0, trace.length / 2);
            packets.flush();
            // What the row needs is given only when the scripts are read, so that the wait is the log's alone.
            await(folder.resolve("ready"));
            long given = System.nanoTime();
            packets.write(trace, trace.length / 2, trace.length - trace.length / 2);
            packets.flush();
            await(log);
            while (LogFile.read(log).rowLines().isEmpty()) {
                assertTrue(System.nanoTime() - given < MOST_NANOS, "no row");
                Thread.sleep(20);
            }
            double seconds = (System.nanoTime() - given) / 1e9;
            assertTrue(process.isAlive());
            assertTrue(seconds < 2, seconds + " s");
            assertEquals(1, LogFile.read(log).rows().size());
            packets.close();
            Run run = tandem.await(process);
            assertEquals("", run.err());
            assertEquals(0, run.status());
            assertEquals(2, run.log("conn").rows().size());
            assertTrue(run.log("conn").isClosed());
        } finally {
            process.destroyForcibly();
        }
    }

    private static void await(Path file) throws InterruptedException {
        long begun = System.nanoTime();
        while (!Files.exists(file)) {
            assertTrue(System.nanoTime() - begun < MOST_NANOS, "no " + file);
            Thread.sleep(20);
        }
    }
}
