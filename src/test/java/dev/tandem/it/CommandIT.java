package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/tandem} as a command among others. */
class CommandIT {
    @TempDir
    Path folder;

    private DaemonRunner tandem;

    @BeforeEach
    void runner() {
        tandem = new DaemonRunner(folder);
    }

    @Test
    void itStartsByALinkAndWithAJavaHomeThatIsNone() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("linked"), DaemonRunner.CHECKOUT.resolve("bin/tandem"));
        Run run = tandem.by(link).with("JAVA_HOME", "/nonexistent").run("-b", "-e", "print \"up\";");
        // Before the test's folder is, so that nobody need wonder what is deleted with it.
        Files.delete(link);
        assertEquals("up\n", run.out());
        assertEquals(0, run.status());
    }

    @Test
    void prefixedScriptsAndArgumentsReachTheScript() throws IOException {
        Files.writeString(folder.resolve("x.zeek"), "print \"x\", zeek_script_args;\n");
        Files.writeString(folder.resolve("more.x.zeek"), "print \"more\";\n");
        Run run = tandem.run("-b", "-p", "more", "--", "x.zeek", "-r", "none");
        assertEquals("x, [-r, none]\nmore\n", run.out());
        assertEquals("", run.err());
        assertEquals(0, run.status());
    }

    @Test
    void anOptionsValueIsPrinted() {
        Run run = tandem.run("-b", "-I", "udp_inactivity_timeout", "udp_inactivity_timeout=90secs");
        assertEquals("udp_inactivity_timeout : interval = 1.0 min 30.0 secs\n", run.out());
        assertEquals(0, run.status());
    }

    @Test
    void logsOfHostsAloneAreCommitted() {
        Run run = tandem.run(
                "-e",
                "print Hosts::committed_logs in \"osq-users\";"
                        + " print Hosts::committed_logs in \"osquery_status\";"
                        + " print Hosts::committed_logs in \"osquery\", Hosts::committed_logs in \"osquery_queries\";");
        assertEquals("T\nT\nF, F\n", run.out());
    }

    @Test
    void logsThatCannotBeWrittenAreAFailure() {
        new TraceBuilder().udp(1700000000, "10.0.0.1", 1, "10.0.0.2", 2, "x").pcap(folder.resolve("trace.pcap"));
        Run run = tandem.run("-b", "base/protocols/conn", "-r", "trace.pcap", "Log::default_logdir=/nonexistent/logs");
        assertTrue(run.err().contains("/nonexistent/logs/conn.log: No such file or directory"), run.err());
        assertTrue(run.err().contains("/nonexistent/logs/conn.log: 1 rows could not be written"), run.err());
        assertEquals(1, run.status());
    }

    @Test
    void printsThatCannotBeWrittenAreAFailure() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Run run = tandem.printingTo(full).run("-b", "-e", "print \"lost\";");
        assertEquals("tandem: standard output: No space left on device\n", run.err());
        assertEquals(1, run.status());
    }

    @Test
    void theDemoShowsWhoIsBehindConnectionsOnceAFolder() {
        Run run = tandem.run("demo", "logs");
        assertEquals("", run.err());
        assertEquals(0, run.status());
        assertTrue(run.out().contains("\nTIME (UTC) "), run.out());
        assertTrue(
                run.out().matches("(?s).* tcp   10\\.10\\.2\\.30:55112 +alice@\\S+ +10\\.10\\.2\\.20:22 .*"),
                run.out());
        assertTrue(run.out().matches("(?s).*\n277 connections, 2\\d\\d of them attributed: .*"), run.out());
        assertTrue(run.out().endsWith("\nLogs: " + folder.resolve("logs") + "\n"), run.out());
        assertTrue(Files.exists(folder.resolve("logs/conn.log")));

        Run again = tandem.run("demo", "logs");
        assertEquals("tandem: logs: holds files already; name a new or an empty directory\n", again.err());
        assertEquals(1, again.status());
    }
}
