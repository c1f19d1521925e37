package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.it.DaemonRunner.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The logs that Bro-Osquery's authors showed in May 2018, byte for byte, out of the rows that their host must have sent, and
 * without a packet: what arrives tells the time.
 */
class HostLogsIT {
    private static final String HOST = "4C4C4544-0038-4710-8037-C2C04F504332";
    private static final String NC = "/bin/nc.openbsd";
    private static final double SOCKETS_ARRIVED = 1527439274.704343;

    @TempDir
    static Path folder;

    private static Run run;

    @BeforeAll
    static void replay() {
        HostRecording hosts = new HostRecording()
                .added(1527437650, HOST, "users", "uid", "1000", "gid", "1000", "username", "steffen")
                .added(
                        1527437698.622382,
                        HOST,
                        "processes",
                        "pid",
                        "29958",
                        "name",
                        "nc",
                        "path",
                        NC,
                        "cmdline",
                        "nc google.de 80",
                        "cwd",
                        "/home/steffen",
                        "root",
                        "/",
                        "uid",
                        "1000",
                        "gid",
                        "1000",
                        "on_disk",
                        "1",
                        "start_time",
                        "197522",
                        "parent",
                        "4697",
                        "pgroup",
                        "29958");
        started(hosts, 1527437810.678441, "30576", "/bin/bash", "\"bash\"", "", "1527437809", "4697");
        started(
                hosts,
                1527437810.678441,
                "30576",
                "/usr/bin/curl",
                "curl google.de",
                "/home/steffen",
                "1527437809",
                "4697");
        started(hosts, 1527437810.678441, "30577", "/usr/bin/curl", "\"curl\"", "", "1527437809", "30576");
        started(hosts, SOCKETS_ARRIVED, "6520", NC, "nc google.de 80", "/home/steffen", "1527439273", "4697");
        hosts.callTold(SOCKETS_ARRIVED, 1527439273, "connect", HOST, 1, 6520, 1000, NC, "192.168.137.1", 53);
        hosts.callTold(SOCKETS_ARRIVED, 1527439273, "connect", HOST, 2, 6520, 1000, NC, "172.217.16.67", 80);
        hosts.callTold(SOCKETS_ARRIVED, 1527439273, "connect", HOST, 3, 6520, 1000, NC, "2a00:1450:4005:800::2003", 80);
        hosts.callTold(SOCKETS_ARRIVED, 1527439273, "connect", HOST, 4, 6520, 1000, NC, "172.217.16.67", 80);
        hosts.added(
                1527439300,
                HOST,
                "mounts",
                "device",
                "/dev/sda1",
                "device_alias",
                "/dev/disk/by-uuid/7f\t1",
                "path",
                "/",
                "type",
                "ext4",
                "blocks_size",
                "4096",
                "blocks",
                "1000",
                "flags",
                "rw,relatime");
        List<String> args = new ArrayList<>(hosts.write(folder));
        args.add("-b");
        run = new DaemonRunner(folder).run(args.toArray(String[]::new));
    }

    private static void started(
            HostRecording hosts,
            double arrived,
            String pid,
            String path,
            String cmdline,
            String cwd,
            String time,
            String parent) {
        hosts.added(
                arrived,
                HOST,
                "process_events",
                "pid",
                pid,
                "path",
                path,
                "cmdline",
                cmdline,
                "cwd",
                cwd,
                "uid",
                "1000",
                "gid",
                "1000",
                "time",
                time,
                "parent",
                parent);
    }

    private static void assertRows(String log, String... rows) {
        assertEquals(List.of(rows), run.log(log).rowLines());
    }

    @Test
    void theRunEndsWell() {
        assertEquals("", run.err());
        assertEquals(0, run.status());
    }

    @Test
    void processesAreLogged() {
        assertRows(
                "osq-processes",
                "1527437698.622382\t" + HOST
                        + "\t29958\tnc\t/bin/nc.openbsd\tnc google.de 80\t/home/steffen\t/\t1000\t1000"
                        + "\t1\t197522\t4697\t29958");
    }

    @Test
    void processEventsAreLogged() {
        String start = "1527437810.678441\t" + HOST + "\t";
        assertRows(
                "osq-process_events",
                start + "30576\t/bin/bash\t\"bash\"\t(empty)\t1000\t1000\t1527437809\t4697",
                start + "30576\t/usr/bin/curl\tcurl google.de\t/home/steffen\t1000\t1000\t1527437809\t4697",
                start + "30577\t/usr/bin/curl\t\"curl\"\t(empty)\t1000\t1000\t1527437809\t30576",
                "1527439274.704343\t" + HOST
                        + "\t6520\t/bin/nc.openbsd\tnc google.de 80\t/home/steffen\t1000\t1000\t1527439273\t4697");
    }

    @Test
    void userConnectionsAreLoggedDuplicatesToo() {
        String start = "1527439274.704343\t" + HOST + "\tconnect\t0.0.0.0\t0\t";
        String end = "\t6520\t/bin/nc.openbsd\tnc google.de 80\t1000\tsteffen";
        assertRows(
                "osq-user_connections",
                start + "192.168.137.1\t53" + end,
                start + "172.217.16.67\t80" + end,
                start + "2a00:1450:4005:800::2003\t80" + end,
                start + "172.217.16.67\t80" + end);
    }

    @Test
    void socketEventsOfIpv6HaveAnIpv4WildcardForTheirLocalEnd() {
        assertEquals(
                "1527439274.704343\t" + HOST
                        + "\tconnect\t6520\t/bin/nc.openbsd\t2\t0\t0.0.0.0\t2a00:1450:4005:800::2003\t0\t80"
                        + "\t1527439273\t1",
                run.log("osq-socket_events").rowLines().get(2));
    }

    @Test
    void aTabInAValueIsEscaped() {
        assertRows(
                "osq-mounts",
                "1527439300.000000\t" + HOST
                        + "\t/dev/sda1\t/dev/disk/by-uuid/7f\\x091\t/\text4\t4096\t1000\trw,relatime");
    }
}
