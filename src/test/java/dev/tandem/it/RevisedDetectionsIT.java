package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.it.DaemonRunner.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the detections make of connections whose hosts tell late who was behind them. */
class RevisedDetectionsIT {
    private static final double START = 1700000000;

    /** Notices of {@code people.zeek}, which are {@link DetectionsIT}'s. */
    private static final int TOLD_OF_PEOPLE = 5;

    private static final String HOST = "laptop";

    @TempDir
    Path folder;

    private Run run(List<String> args) {
        Run run = new DaemonRunner(folder).run(args.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        return run;
    }

    /** The first answer names neither process nor user, so that nothing may be said of it; what follows names the same twice. */
    @Test
    void eachTellsAConnectionOnceItIsNamedAndNeverAgain() {
        Run run = run(List.of(DaemonRunner.CHECKOUT
                .resolve("src/test/resources/detections/revised.zeek")
                .toString()));
        List<String> told = run.out()
                .lines()
                .filter(line -> line.contains("::"))
                .skip(TOLD_OF_PEOPLE)
                .toList();
        assertEquals(
                List.of(
                        "Exfiltration::Exfiltration, ida@laptop sent 6.0 MB to 8.8.4.4,"
                                + " /usr/bin/curl (40): /usr/bin/curl; new destination; limit 5.0 MB",
                        "RootOutside::Root_Outside, root on laptop talks to 7.7.7.9, /usr/bin/wget (41): /usr/bin/wget",
                        "Beacon::Process_Beacon, /tmp/y on laptop calls 9.9.9.11 every 1.0 min,"
                                + " ida@laptop; /tmp/y (42): /tmp/y; jitter 0.00",
                        "GoneExecutable::Gone_Executable, the executable of a process on laptop that connects to"
                                + " 7.7.7.10 is gone, ida@laptop; /tmp/d (43): /tmp/d",
                        "ListeningService::Undeclared_Service, h9 listens on 8000/tcp, and 10.0.0.1 reached it,"
                                + " ida@h9; /usr/bin/python3 (44): /usr/bin/python3"),
                told);
    }

    /** The row is written when the host has kept silent for {@code Attribution::grace}; it speaks half a minute later. */
    @Test
    void rowsThatComeAfterTheConnectionWasWrittenAreLookedAt() {
        TraceBuilder trace = new TraceBuilder();
        trace.tcp(START, "10.0.0.1", 40001, "198.51.100.7", 80, "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n");
        for (int i = -95; i < 120; i++) {
            trace.udp(START + i + 0.5, "10.9.9.9", 100 + i, "10.9.9.8", 2, "x");
        }
        trace.pcap(folder.resolve("trace.pcap"));
        HostRecording hosts = new HostRecording();
        hosts.added(START - 90, HOST, "interface_addresses", "interface", "eth0", "address", "10.0.0.1");
        hosts.added(START - 90, HOST, "system_info", "hostname", HOST);
        hosts.added(START - 90, HOST, "users", "uid", "0", "gid", "0", "username", "root");
        long told = (long) START + 1;
        hosts.programTold(START + 60, told, HOST, 101, 200, 1, 0, "/usr/bin/wget", "wget 198.51.100.7");
        hosts.callTold(START + 60, told, "connect", HOST, 102, 200, 0, "/usr/bin/wget", "198.51.100.7", 80);
        List<String> args = new ArrayList<>(hosts.write(folder));
        args.addAll(List.of("-r", "trace.pcap", "policy/detections"));
        Run run = run(args);

        assertEquals(
                List.of("laptop -"),
                run.log("conn").rows().stream()
                        .filter(row -> row.get("id.resp_p").equals("80"))
                        .map(row -> row.get("orig_host") + " " + row.get("orig_path"))
                        .toList());
        assertEquals(
                List.of("root on laptop talks to 198.51.100.7"),
                run.log("notice").select("msg"));
    }
}
