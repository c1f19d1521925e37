package dev.tandem.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.control.config.Node;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of systemd, with answers as systemd 257 gives them. */
class SystemdUnitsTest {
    private static final String ID = "2be3cd2b35fb4271a8be5b59c261f893";

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();
    private String lastMessage = "";
    private String mainPid = "0\n";
    private Site site;
    private Node node;

    @BeforeEach
    void site() throws Exception {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/node.cfg"), "[tandem]\ntype=standalone\nhost=localhost\n");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        site = Site.open(folder, folder, new Console(nowhere, nowhere));
        node = site.nodes().logNode();
        site.makeDirectories(node);
    }

    private SystemdUnits units() {
        return new SystemdUnits(site, line -> {
            String whole = String.join(" ", line);
            asked.add(whole);
            if (whole.contains("-o json")) {
                return new Command.Result(true, lastMessage);
            }
            if (whole.contains("-o cat")) {
                return new Command.Result(true, "warning: first\ntandem: nosuch0: no such interface\n");
            }
            return new Command.Result(true, whole.contains("MainPID") ? mainPid : "");
        });
    }

    @Test
    void reportsHaveTheJournalsMessagesOfTheLastRun() throws Exception {
        lastMessage =
                "{\"_SYSTEMD_INVOCATION_ID\":\"" + ID + "\",\"MESSAGE\":\"tandem: nosuch0: no such interface\"}\n";
        units().fetchMessages(node);
        assertTrue(asked.getLast().endsWith("_SYSTEMD_INVOCATION_ID=" + ID), asked.toString());
        assertEquals("tandem: nosuch0: no such interface", CrashReport.firstComplaint(site.directory(node)));
        assertTrue(new CrashReport(site, node).text().contains("==== stderr.log\nwarning: first\ntandem: nosuch0"));
    }

    @Test
    void aNodeThatSaidNothingHasNoMessages() throws Exception {
        units().fetchMessages(node);
        assertFalse(Files.exists(site.directory(node).resolve("stderr.log")));
    }

    @Test
    void aNodeRunsWhenItsUnitHasAProcess() {
        assertTrue(units().running(node).isEmpty());
        mainPid = ProcessHandle.current().pid() + "\n";
        assertEquals(ProcessHandle.current(), units().running(node).orElseThrow());
        assertTrue(asked.getLast().endsWith("tandem@tandem.service"), asked.toString());
    }

    @Test
    void whoIsStoppedDoesNotComeUpWithTheMachine() throws Exception {
        units().stop(node);
        assertEquals(
                List.of(
                        "systemctl disable --quiet tandem@tandem.service",
                        "systemctl stop --no-block tandem@tandem.service"),
                asked);
    }
}
