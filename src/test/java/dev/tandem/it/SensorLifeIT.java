package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a sensor under tandemctl, on a prefix of an ordinary user: no capture, which needs root, but a script that
 * writes a row five times a second.
 */
class SensorLifeIT {
    private static final String BEATS = """
        module Beat;
        export {
        	redef enum Log::ID += { LOG };
        	type Info: record { ts: time &log; n: count &log; };
        	global beaten = 0;
        }
        event beat()
        	{
        	Log::write(LOG, [$ts=network_time(), $n=++beaten]);
        	schedule 0.2 sec { beat() };
        	}
        event zeek_init()
        	{
        	Log::create_stream(LOG, [$columns=Info, $path="beat"]);
        	event beat();
        	}
        """;

    /** Takes all the memory there is, but only in the first run. */
    private static final String HOARD = """
        global hoard: vector of string;
        global much = "much ";
        event take()
        	{
        	hoard += fmt("%s%d", much, |hoard|);
        	schedule 1 msec { take() };
        	}
        event zeek_init()
        	{
        	if ( file_size("hoarded") >= 0.0 )
        		return;
        	close(open("hoarded"));
        	while ( |much| < 500000 )
        		much += much;
        	event take();
        	}
        """;

    @TempDir
    private Path folder;

    private SensorRunner sensor;

    @BeforeEach
    void configure() {
        sensor = new SensorRunner(folder);
        assertEquals(0, sensor.run("config").status());
        sensor.configure("etc/node.cfg", "interface=", "interface=");
        sensor.configure("etc/tandemctl.cfg", "CommTimeout", "CommTimeout = 2");
        sensor.append("share/tandem/site/local.zeek", BEATS);
    }

    @AfterEach
    void stop() {
        sensor.run("stop");
        SensorRunner.await("the end of the supervisor", this::hasNoSupervisor);
    }

    /** It holds this lock as long as it runs, and may write to the folder that is about to be deleted. */
    private boolean hasNoSupervisor() {
        try (FileChannel lock = FileChannel.open(
                sensor.prefix().resolve("spool/supervisor.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            return lock.tryLock() != null;
        } catch (IOException e) {
            return false;
        }
    }

    private long pid() {
        return Long.parseLong(sensor.read("spool/tandem/.pid").strip());
    }

    private boolean isRunning() {
        return sensor.run("status").status() == 0;
    }

    private long beats() {
        Path log = sensor.prefix().resolve("logs/current/beat.log");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.startsWith("#")).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private List<Path> archives(String log) throws IOException {
        try (Stream<Path> files = Files.walk(sensor.prefix().resolve("logs"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(log + "."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void deployedSensorSurvivesAKillAndKeepsItsLogs() throws IOException {
        SensorRunner.Result first = sensor.run("deploy");
        assertEquals("", first.err());
        assertEquals("""
            checking configurations ...
            installing ...
            creating policy directories ...
            installing site policies ...
            generating standalone-layout.zeek ...
            generating local-networks.zeek ...
            generating tandemctl-config.zeek ...
            generating tandemctl-config.sh ...
            stopping ...
            stopping tandem ...
            starting ...
            starting tandem ...
            """, first.out());

        SensorRunner.Result status = sensor.run("status");
        assertEquals(0, status.status());
        assertTrue(
                status.out()
                        .matches("Name         Type       Host          Status    Pid    Started\n"
                                + "tandem       standalone localhost     running   [0-9]+ +[0-9]{2} [A-Z][a-z]{2}"
                                + " [0-9:]{8}\n"),
                status.out());
        SensorRunner.await("rows in the log", () -> beats() > 2);
        assertEquals(
                "      tandem   Log::default_rotation_interval = 1.0 hr\n",
                sensor.run("print", "Log::default_rotation_interval").out());

        long before = pid();
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        SensorRunner.await("another process", () -> pid() != before && isRunning());
        assertTrue(sensor.read("spool/supervisor.log").contains("tandem crashed"));
        String revived = Files.readString(Path.of("/proc/" + pid() + "/cmdline"));
        assertTrue(revived.contains("TandemCommand") || revived.contains("tandem.jar"), revived);
        assertFalse(revived.contains("-Xmx24m"), "the supervisor's small heap is not the node's");

        assertEquals("stopping tandem ...\n", sensor.run("stop").out());
        SensorRunner.Result stopped = sensor.run("status");
        assertEquals(1, stopped.status());
        assertTrue(stopped.out().contains("tandem       standalone localhost     stopped\n"), stopped.out());

        List<Path> archives = archives("beat");
        assertEquals(2, archives.size(), "one log of each process: " + archives);
        for (Path archive : archives) {
            assertTrue(
                    archive.toString().matches(".*/logs/[0-9-]{10}/beat\\.[0-9:]{8}-[0-9:]{8}(-2)?\\.log\\.gz"),
                    archive.toString());
            List<String> rows = new ArrayList<>(
                    sensor.run(DaemonRunner.CHECKOUT.resolve("bin/tandem-cut"), List.of("n", archive.toString()))
                            .out()
                            .lines()
                            .toList());
            assertFalse(rows.isEmpty());
            for (int i = 0; i < rows.size(); i++) {
                assertEquals(Integer.toString(i + 1), rows.get(i), "no row is missing or torn in " + archive);
            }
        }
        assertEquals(0, beats(), "nothing is left in the node's directory");
    }

    @Test
    void logsRotateWhileTheSensorRuns() throws IOException {
        sensor.configure("etc/tandemctl.cfg", "LogRotationInterval", "LogRotationInterval = 1");
        sensor.configure("etc/tandemctl.cfg", "CompressExtension", "CompressExtension = zst");
        assertEquals(0, sensor.run("start").status(), "start installs by itself");
        SensorRunner.await("three archives", () -> {
            try {
                return archives("beat").size() >= 3;
            } catch (IOException e) {
                return false;
            }
        });
        sensor.run("stop");
        List<String> arguments = new ArrayList<>(List.of("n"));
        archives("beat").forEach(archive -> arguments.add(archive.toString()));
        SensorRunner.Result cut = sensor.run(DaemonRunner.CHECKOUT.resolve("bin/tandem-cut"), arguments);
        assertEquals(0, cut.status(), cut.err());
        List<String> rows = cut.out().lines().toList();
        assertTrue(rows.size() >= 3, "each of three archives has a row: " + rows);
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(Integer.toString(i + 1), rows.get(i));
        }
    }

    @Test
    void aNodeThatHangsHoldsUpNobody() {
        assertEquals(0, sensor.run("start").status());
        long node = pid();
        signal("-STOP", node);
        try {
            SensorRunner.Result netstats = sensor.run("netstats");
            assertEquals(1, netstats.status());
            assertTrue(netstats.err().startsWith("     tandem: <error: no answer within 2 s"), netstats.err());
            assertEquals(0, sensor.run("status").status(), "asks no node");
        } finally {
            signal("-CONT", node);
        }
        assertEquals(0, sensor.run("netstats").status());
        signal("-HUP", node);
        assertEquals(0, sensor.run("netstats").status(), "SIGHUP does not end it");
        assertEquals(node, pid());
    }

    @Test
    void aNodeThatHangsIsKilledByARestart() {
        sensor.configure("etc/tandemctl.cfg", "StopTimeout", "StopTimeout = 1");
        assertEquals(0, sensor.run("start").status());
        long node = pid();
        signal("-STOP", node);
        SensorRunner.Result restart = sensor.run("restart");
        assertTrue(restart.out().contains("tandem did not terminate ... killing ...\n"), restart.out());
        assertEquals(0, restart.status(), restart.err());
        assertTrue(pid() != node && isRunning());
    }

    /** A command that has the lock and does not come to its end. */
    @Test
    void commandsThatLookNeedNoLock() throws IOException {
        sensor.configure("etc/tandemctl.cfg", "CommandTimeout", "CommandTimeout = 1");
        assertEquals(0, sensor.run("install").status());
        Path lock = sensor.prefix().resolve("spool/lock");
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            held.lock();
            for (String command : List.of("status", "netstats", "top", "diag", "df", "nodes", "config", "check")) {
                SensorRunner.Result look = sensor.run(command);
                assertFalse((look.out() + look.err()).contains("lock"), command + ": " + look.out() + look.err());
            }
            SensorRunner.Result change = sensor.run("deploy");
            assertEquals(1, change.status());
            assertTrue(change.out().startsWith("waiting for lock (owned by PID "), change.out());
            assertTrue(change.err().contains("has not finished within 1 s"), change.err());
        }
    }

    @Test
    void aNodeOutOfMemoryEndsAtOnceSaysWhyAndIsStartedAgain() throws IOException {
        sensor.configure("etc/tandemctl.cfg", "MemLimit", "MemLimit = 64");
        sensor.append("share/tandem/site/local.zeek", HOARD);
        assertEquals(0, sensor.run("start").status());
        SensorRunner.await(
                "the reason",
                () -> sensor.read("spool/supervisor.log")
                        .contains("tandem crashed: Terminating due to java.lang.OutOfMemoryError: Java heap space"));
        SensorRunner.await("its return", this::isRunning);
        try (Stream<Path> kept = Files.list(sensor.prefix().resolve("spool/tmp"))) {
            Path crash = kept.filter(one -> one.toString().endsWith("-crash"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(Files.readString(crash.resolve("stdout.log")).startsWith("Terminating due to"));
            assertTrue(Files.readString(crash.resolve(".crash-diag.out")).contains("OutOfMemoryError"));
        }
    }

    @Test
    void theStatusOfARunOutOfMemoryIsItsOwn() {
        SensorRunner.Result run = sensor.run(
                Path.of("/usr/bin/env"),
                List.of(
                        "-C",
                        folder.toString(),
                        "TANDEM_JAVA_OPTS=-Xmx64m",
                        DaemonRunner.CHECKOUT.resolve("bin/tandem").toString(),
                        "-b",
                        "-e",
                        HOARD,
                        "exit_only_after_terminate=T"));
        assertEquals(3, run.status(), run.err());
        assertEquals("Terminating due to java.lang.OutOfMemoryError: Java heap space\n", run.out());
    }

    private void signal(String signal, long process) {
        sensor.run(Path.of("/bin/kill"), List.of(signal, Long.toString(process)));
    }

    @Test
    void whatIsWrongIsToldAtOnceAndTouchesNothing() {
        assertEquals(0, sensor.run("start").status());
        long node = pid();
        sensor.append("share/tandem/site/local.zeek", "event nonsense(\n");
        SensorRunner.Result check = sensor.run("deploy");
        assertEquals(1, check.status());
        assertTrue(check.out().endsWith("checking configurations ...\ntandem scripts failed.\n"), check.out());
        assertTrue(check.err().contains("local.zeek"), check.err());
        assertEquals(node, pid());
        assertTrue(isRunning());
        assertEquals(0, sensor.run("stop").status());

        sensor.configure("etc/node.cfg", "interface=", "interface=nosuch0");
        SensorRunner.Result start = sensor.run("start");
        assertEquals(1, start.status());
        assertTrue(
                start.out()
                        .contains("tandem terminated immediately after starting; check output with \"diag\"\n"
                                + "   tandem: "),
                start.out());
        // In between it is tried again.
        SensorRunner.await("crashed", () -> sensor.run("status").out().contains("crashed"));
    }
}
