package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.it.DaemonRunner.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts for monitored hosts as people wrote them in 2018 and 2019 (resources/scripts), run as they are. */
class ScriptLanguageIT {
    private static final Path SCRIPTS = DaemonRunner.CHECKOUT.resolve("src/test/resources/scripts");
    private static final double START = 1527437698.622382;

    /** Three hosts, of which h1 is in 10.0.0.0/24, h2 in 10.0.2.0/24, and h3 in 10.0.1.0/24. */
    private static final HostRecording HOSTS = new HostRecording()
            .added(START - 10, "h1", "interface_addresses", "interface", "eth0", "address", "10.0.0.1")
            .added(START - 10, "h1", "users", "uid", "0", "gid", "0", "username", "root")
            .added(START - 10, "h1", "users", "uid", "1000", "gid", "1000", "username", "steffen")
            .added(START - 9, "h2", "interface_addresses", "interface", "eth0", "address", "10.0.2.1")
            .added(START - 9, "h2", "users", "uid", "1000", "gid", "1000", "username", "anna")
            .added(START - 8, "h3", "interface_addresses", "interface", "eth0", "address", "10.0.1.1")
            .added(START - 8, "h3", "users", "uid", "1001", "gid", "1001", "username", "bela")
            .added(START, "h1", "processes", "pid", "29958", "name", "nc", "cmdline", "nc google.de 80", "uid", "1000")
            .added(START + 1, "h2", "processes", "pid", "7", "name", "sh", "cmdline", "", "uid", "1000")
            .removed(START + 2, "h1", "users", "uid", "1000", "gid", "1000", "username", "steffen");

    @TempDir
    Path folder;

    /** What the script printed, line by line. */
    private List<String> prints(String script) {
        return run(script).out().lines().toList();
    }

    private Run run(String script) {
        List<String> args = new ArrayList<>(HOSTS.write(folder));
        args.add("-b");
        args.add(SCRIPTS.resolve(script).toString());
        Run run = new DaemonRunner(folder).run(args.toArray(String[]::new));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        return run;
    }

    @Test
    void theExampleOf2018RunsAsItIs() {
        Run run = run("processes-2018.bro");
        assertEquals("h1 runs nc (29958)\nh2 runs sh (7)\n", run.out());
        assertEquals(
                List.of("t:time", "host:string", "pid:int", "name:string", "cmdline:string", "uid:int"),
                run.log("host-programs").columns());
        assertEquals(
                List.of(
                        "1527437698.622382\th1\t29958\tnc\tnc google.de 80\t1000",
                        "1527437699.622382\th2\t7\tsh\t(empty)\t1000"),
                run.log("host-programs").rowLines());
    }

    @Test
    void eventsMayHaveAPrototypeAndAModule() {
        assertEquals(
                List.of(
                        "osquery::ADD c: 0 is root",
                        "osquery::ADD c: 1000 is steffen",
                        "osquery::SNAPSHOT: 2 users",
                        "osquery::SNAPSHOT: 1 users",
                        "osquery::SNAPSHOT: 1 users",
                        "osquery::REMOVE c: 1000 is steffen",
                        "done"),
                prints("prototype-2018.bro"));
    }

    @Test
    void severalQueriesOf2018GoToHostsAndGroups() {
        assertEquals(
                List.of("h1, user, root", "h1, user, steffen", "h2, user, anna", "h1, program, nc", "h2, program, sh"),
                prints("multiple-2018.bro"));
    }

    @Test
    void aQueryOf2019GoesToHostsAndGroups() {
        assertEquals(
                List.of("h1, user, root", "h1, user, steffen", "h2, user, anna", "h3, user, bela"),
                prints("multiple-2019.zeek"));
    }
}
