package dev.tandem.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.control.config.Node;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of a prefix whose program is a shell's: it says that it runs, and sleeps. */
@Timeout(60)
class NodesTest {
    private static final String PROGRAM = "#!/bin/sh\necho RUNNING > .status\nexec sleep 600\n";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void programAndPrefix() throws Exception {
        Path program = folder.resolve("home/bin/tandem");
        Files.createDirectories(program.getParent());
        Files.writeString(program, PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        configure("[tandem]\ntype=standalone\nhost=localhost\n", "");
    }

    private void configure(String nodes, String options) throws Exception {
        Files.createDirectories(folder.resolve("prefix/etc"));
        Files.writeString(folder.resolve("prefix/etc/node.cfg"), nodes);
        Files.writeString(folder.resolve("prefix/etc/tandemctl.cfg"), "Supervisor = own\n" + options);
    }

    private Site site() throws Exception {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return Site.open(folder.resolve("home"), folder.resolve("prefix"), console);
    }

    @AfterEach
    void endNodes() throws Exception {
        Site site = site();
        for (Node node : site.nodes().all()) {
            site.states().running(node).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void optionsForJavaAreTheNodesOwnEvenIfNone() throws Exception {
        Site site = site();
        Node node = site.nodes().logNode();
        Path script = folder.resolve("start");
        StartScript.write(site, node, script);
        assertTrue(Files.readString(script).contains("export TANDEM_JAVA_OPTS=''\n"), Files.readString(script));
    }

    @Test
    void quotedArgumentsStayWhole() throws Exception {
        configure("[tandem]\ntype=standalone\nhost=localhost\n", "TandemArgs = -f 'not port 9100'\n");
        Site site = site();
        List<String> line = new NodeCommandLine(site, site.nodes().logNode()).live();
        assertEquals("not port 9100", line.get(line.indexOf("-f") + 1));
    }

    @Test
    void shardsHaveAProcessorEach() throws Exception {
        configure("[tandem]\ntype=standalone\nhost=localhost\ninterface=eth0\nshards=2\npin_cpus=0, 1\n", "");
        Site site = site();
        List<String> line = new NodeCommandLine(site, site.nodes().logNode()).live();
        assertFalse(line.contains("taskset"), line::toString);
        assertEquals("2", line.get(line.indexOf("--shards") + 1));
        assertEquals("0,1", line.get(line.indexOf("--pin-cpus") + 1));
    }

    @Test
    void stateIsNotBelowWhatCleanupDeletes() throws Exception {
        Site site = site();
        Node node = site.nodes().logNode();
        assertFalse(site.state(node).startsWith(site.directory(node)));
        List<String> line = new NodeCommandLine(site, node).live();
        assertEquals(site.state(node).toString(), line.get(line.indexOf("--state") + 1));
        site.makeDirectories(node);
        assertTrue(Files.isDirectory(site.state(node)));
    }

    @Test
    void nodesOfOtherHostsAreLeftToThem() throws Exception {
        // TEST-NET-3 (RFC 5737) is nobody's.
        configure("[m]\ntype=manager\nhost=203.0.113.201\n[w]\ntype=worker\nhost=203.0.113.202\ninterface=x\n", "");
        Site site = site();
        assertFalse(new NodeControl(site).start(site.nodes().all()));
        assertTrue(
                out.toString(StandardCharsets.UTF_8).contains("m is on 203.0.113.201: start it there"), out.toString());
        assertFalse(new NodeControl(site).stop(site.nodes().all()));
        assertTrue(
                out.toString(StandardCharsets.UTF_8).contains("w is on 203.0.113.202: stop it there"), out.toString());
        for (Node node : site.nodes().all()) {
            assertFalse(site.states().isExpectedToRun(node));
            assertEquals(null, site.states().pid(node));
        }
    }

    @Test
    void aReportThatCannotBeKeptEndsNoSupervisor() throws Exception {
        Site site = site();
        Node node = site.nodes().logNode();
        site.makeDirectories(node);
        site.states().expectRunning(node, true);
        site.states().crashed(node, true);
        Files.writeString(site.temporary(), "where a directory is to be"); // crash reports go below it
        Supervisor supervisor = new Supervisor(site.home(), site.prefix(), site.console());
        FutureTask<Void> watch = new FutureTask<>(() -> {
            supervisor.run();
            return null;
        });
        Thread thread = Thread.ofPlatform().start(watch);
        try {
            while (!err.toString(StandardCharsets.UTF_8).contains("cannot restart tandem")) {
                assertTrue(thread.isAlive(), err.toString(StandardCharsets.UTF_8));
                Thread.sleep(20);
            }
            Files.delete(site.temporary());
            while (site.states().running(node).isEmpty()) {
                assertTrue(thread.isAlive(), err.toString(StandardCharsets.UTF_8));
                Thread.sleep(20);
            }
            assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count(), err.toString());
        } finally {
            site.states().expectRunning(node, false);
            thread.join();
        }
        watch.get();
    }

    @Test
    void aSupervisorDoesNotSetUpAnewWhatIsBeingRemoved() throws Exception {
        Site site = site();
        Node node = site.nodes().logNode();
        site.makeDirectories(node);
        assertTrue(new NodeControl(site).start(List.of(node)));
        FutureTask<Void> watch = new FutureTask<>(() -> {
            new Supervisor(site.home(), site.prefix(), site.console()).run();
            return null;
        });
        Thread thread = Thread.ofPlatform().start(watch);
        while (!Supervisor.isRunning(site)) {
            Thread.sleep(20);
        }
        Directories.delete(site.prefix().resolve("etc"));
        Thread.sleep(1_500); // it reads anew every half second
        assertTrue(thread.isAlive(), "it goes by what it knows");
        site.states().expectRunning(node, false);
        thread.join();
        watch.get();
        assertFalse(Files.exists(site.prefix().resolve("etc")));
        configure("[tandem]\ntype=standalone\nhost=localhost\n", "");
    }

    @Test
    void aReportHasTheEndsOfLongLogs() throws Exception {
        Site site = site();
        Node node = site.nodes().logNode();
        site.makeDirectories(node);
        Path log = site.directory(node).resolve("stderr.log");
        Files.writeString(log, "warning: first\nthe reason\n" + "x".repeat(100_000) + "\nthe end");
        String text = new CrashReport(site, node).text();
        assertTrue(text.contains("==== stderr.log\n[...]\nxxx") && text.contains("xxx\nthe end\n"));
        assertTrue(text.length() < 12_000, () -> "length " + text.length());
        assertFalse(text.contains("the reason"));
        assertEquals("the reason", CrashReport.firstComplaint(site.directory(node)));
    }

    @Test
    void whatNodesTellWithoutComplainingIsNoReason() throws Exception {
        Site site = site();
        Node node = site.nodes().logNode();
        site.makeDirectories(node);
        Path log = site.directory(node).resolve("stderr.log");
        String told = """
            tandem: note: listening for hosts at 127.0.0.1:8443
            tandem: WARN: no usable hardware address
            warning in local.zeek, line 3: deprecated
            1795567820.354000 received termination signal
            """;
        Files.writeString(log, told);
        assertEquals("", CrashReport.firstComplaint(site.directory(node)), "as after kill -9");
        Files.writeString(log, told + "1795567820.354000 error in local.zeek, line 4: no such index\n");
        assertEquals(
                "1795567820.354000 error in local.zeek, line 4: no such index",
                CrashReport.firstComplaint(site.directory(node)));
    }

    @Test
    void whatUsersPutInANodesDirectoryOutlivesACrash() throws Exception {
        Site site = site();
        Node node = site.nodes().logNode();
        site.makeDirectories(node);
        for (String name : List.of("stderr.log", "conn.log", "list-of-my-script.dat")) {
            Files.writeString(site.directory(node).resolve(name), name);
        }
        Path kept = new CrashReport(site, node).keep(4711);
        assertTrue(Files.exists(kept.resolve("stderr.log")));
        assertFalse(Files.exists(site.directory(node).resolve("stderr.log")));
        assertTrue(Files.exists(site.directory(node).resolve("list-of-my-script.dat")));
        assertTrue(Files.exists(site.directory(node).resolve("conn.log")), "for the next start to archive");
    }

    @Test
    void mailIsOffWithoutSendmailAndAFailureIsSaid() throws Exception {
        configure("[tandem]\ntype=standalone\nhost=localhost\n", "SendMail = " + folder.resolve("none") + "\n");
        new Mail(site()).send("subject", "body");
        assertEquals("", out + err.toString(StandardCharsets.UTF_8));
        configure("[tandem]\ntype=standalone\nhost=localhost\n", "SendMail = /bin/false\nMailTo = root\n");
        new Mail(site()).send("subject", "body");
        assertEquals(
                "Error: mail could not be sent:",
                err.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void whatHasNoEffectIsTold() throws Exception {
        configure("[tandem]\ntype=standalone\nhost=localhost\nzone_id=eth0\n", "KeepLogs = 1\nMailHostUpDown = 1\n");
        site().warnOfWithoutEffect();
        assertEquals(
                List.of(
                        "Warning: node tandem: the key zone_id has no effect: addresses of a link's own need none",
                        "Warning: the option KeepLogs has no effect: a stop archives all logs"),
                out.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
