package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.it.DaemonRunner.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A download and what its host runs, in small recordings. */
class DownloadExecutedIT {
    private static final double START = 1700000000;
    private static final String HOST = "laptop";
    private static final String ABC_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    private final TraceBuilder trace = new TraceBuilder();
    private final HostRecording hosts = new HostRecording();
    private int lastEid = 100;

    private void download(String uri) {
        hosts.added(START - 90, HOST, "interface_addresses", "interface", "eth0", "address", "10.0.0.1");
        hosts.added(START - 90, HOST, "users", "uid", "1000", "gid", "1000", "username", "anna");
        trace.tcp(
                START,
                "10.0.0.1",
                40001,
                "198.51.100.7",
                80,
                "GET /" + uri + " HTTP/1.1\r\nHost: a.example\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
    }

    private void runs(double seconds, String path, String cmdline) {
        int eid = ++lastEid;
        hosts.program(START + seconds, HOST, eid, 100 + eid, 1, 1000, path, cmdline);
    }

    private void hash(String path, String sha256) {
        hosts.added(START + 1, HOST, "hash", "path", path, "md5", "", "sha1", "", "sha256", sha256);
    }

    private List<String> told() {
        for (int i = -95; i < 60; i++) {
            trace.udp(START + i + 0.5, "10.9.9.9", 100 + i, "10.9.9.8", 2, "x");
        }
        trace.pcap(folder.resolve("trace.pcap"));
        List<String> args = new ArrayList<>(hosts.write(folder));
        args.addAll(List.of("-r", "trace.pcap", "policy/detections"));
        Run run = new DaemonRunner(folder).run(args.toArray(String[]::new));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        return run.hasLog("notice") ? run.log("notice").select("msg") : List.of();
    }

    private static List<String> one(String path, String uri, String state) {
        return List.of("anna@laptop runs " + path + ", downloaded from http://a.example/" + uri + " (" + state + ")");
    }

    @Test
    void aFileUnderAnotherNameIsKnownByItsContent() {
        download("tool");
        runs(20, "/home/anna/it's mine", "./it's mine");
        hash("/home/anna/it's mine", ABC_SHA256);
        assertEquals(one("/home/anna/it's mine", "tool", "confirmed"), told());
    }

    @Test
    void aScriptRunsWhenAnInterpreterIsGivenIt() {
        download("setup.sh?x=1");
        runs(20, "/usr/bin/bash", "bash -c /tmp/setup.sh");
        runs(20, "/usr/bin/bash", "bash -x /tmp/setup.sh now");
        hash("/tmp/setup.sh", ABC_SHA256);
        assertEquals(one("/tmp/setup.sh", "setup.sh?x=1", "confirmed"), told());
    }

    @Test
    void aScriptNamedWithoutItsFolderStaysUnconfirmed() {
        download("setup.py");
        runs(20, "/usr/bin/python3.11", "python3 setup.py");
        assertEquals(one("setup.py", "setup.py", "unconfirmed"), told());
    }

    @Test
    void theSystemsOwnProgramsAreNotThePagesOfTheirName() {
        download("date");
        runs(20, "/usr/bin/date", "date");
        assertEquals(List.of(), told());
    }

    @Test
    void whatRanLongBeforeIsNotTheDownload() {
        hosts.added(START - 90, HOST, "interface_addresses", "interface", "eth0", "address", "10.0.0.1");
        runs(-60, "/home/anna/tool", "./tool");
        download("tool");
        assertEquals(List.of(), told());
    }
}
