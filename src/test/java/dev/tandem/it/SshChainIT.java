package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains of logins in small recordings: packets, and the rows that hosts would tell of them two seconds later. */
class SshChainIT {
    private static final double START = 1700000000;
    private static final String SSHD = "/usr/sbin/sshd";
    private static final String SSH = "/usr/bin/ssh";
    private static final int JUMP_DAEMON = 50;
    private static final int WEB_DAEMON = 60;

    @TempDir
    Path folder;

    private final TraceBuilder trace = new TraceBuilder();
    private final HostRecording hosts = new HostRecording();
    private int lastPort = 40000;
    private int lastEid = 100;

    /** A host, its address, and the name of its user 1000. */
    private void host(String host, String address, String user) {
        hosts.added(START - 90, host, "interface_addresses", "interface", "eth0", "address", address);
        hosts.added(START - 90, host, "system_info", "hostname", host);
        hosts.added(START - 90, host, "users", "uid", "1000", "gid", "1000", "username", user);
    }

    private void process(double at, String host, int pid, int parent, int uid, String path, String cmdline) {
        hosts.program(at, host, ++lastEid, pid, parent, uid, path, cmdline);
    }

    private void call(double at, String action, String host, int pid, String path, int uid, String remote, int port) {
        hosts.call(at, action, host, ++lastEid, pid, uid, path, remote, port);
    }

    /** A connection to a daemon and both ends' calls. */
    private void login(
            double at,
            double seconds,
            String host,
            String from,
            int pid,
            String path,
            String to,
            String server,
            int daemon) {
        int port = ++lastPort;
        trace.tcp(at, seconds, from, port, to, 22, "SSH-2.0-a\r\n", "SSH-2.0-b\r\n");
        call(at, "connect", host, pid, path, 1000, to, 22);
        call(at, "accept", server, daemon, SSHD, 0, from, port);
    }

    @BeforeEach
    void people() {
        host("laptop", "10.0.0.1", "anna");
        host("desk", "10.0.0.4", "bert");
        host("jump", "10.0.0.2", "deploy");
        host("web", "10.0.0.3", "deploy");
        process(START - 80, "jump", JUMP_DAEMON, 1, 0, SSHD, "sshd -D");
        process(START - 80, "web", WEB_DAEMON, 1, 0, SSHD, "sshd -D");
    }

    /** anna, then bert, log in at the jump host under one account; the daemon's processes are 300 and 350. */
    private void bothLogIn(boolean annasProcessIsTold) {
        process(START, "laptop", 200, 1, 1000, SSH, "ssh deploy@jump");
        login(START, 20, "laptop", "10.0.0.1", 200, SSH, "10.0.0.2", "jump", JUMP_DAEMON);
        if (annasProcessIsTold) {
            process(START, "jump", 300, JUMP_DAEMON, 0, SSHD, "sshd -R");
        }
        process(START + 3, "desk", 250, 1, 1000, SSH, "ssh deploy@jump");
        login(START + 3, 20, "desk", "10.0.0.4", 250, SSH, "10.0.0.2", "jump", JUMP_DAEMON);
        process(START + 3, "jump", 350, JUMP_DAEMON, 0, SSHD, "sshd -R");
    }

    /** One of the daemon's processes on the jump host, or what runs in it, connects to the web server. */
    private void goesOn(int session, String path, String cmdline) {
        process(START + 6, "jump", session + 1, session, 1000, path, cmdline);
        login(START + 6, 5, "jump", "10.0.0.2", session + 1, path, "10.0.0.3", "web", WEB_DAEMON);
        process(START + 6, "web", 400, WEB_DAEMON, 0, SSHD, "sshd -R");
    }

    private List<Map<String, String>> chains(String... options) {
        for (int i = -95; i < 90; i++) {
            trace.udp(START + i + 0.5, "10.9.9.9", 1 + i + 95, "10.9.9.8", 2, "x");
        }
        trace.pcap(folder.resolve("trace.pcap"));
        List<String> args = new ArrayList<>(hosts.write(folder));
        args.addAll(List.of("-r", "trace.pcap", "policy/detections/ssh-chain"));
        args.addAll(List.of(options));
        Run run = new DaemonRunner(folder).run(args.toArray(String[]::new));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        return run.hasLog("notice") ? run.log("notice").rows() : List.of();
    }

    private static List<String> messages(List<Map<String, String>> notices) {
        return notices.stream().map(n -> n.get("msg")).toList();
    }

    @Test
    void ofTwoWhoShareAnAccountTheFirstGoesOn() {
        bothLogIn(true);
        goesOn(300, SSH, "ssh deploy@web");
        assertEquals(List.of("2 SSH hops: anna@laptop -> deploy@jump -> deploy@web"), messages(chains()));
    }

    @Test
    void ofTwoWhoShareAnAccountTheSecondGoesOn() {
        bothLogIn(true);
        goesOn(350, SSH, "ssh deploy@web");
        assertEquals(List.of("2 SSH hops: bert@desk -> deploy@jump -> deploy@web"), messages(chains()));
    }

    @Test
    void aDaemonThatConnectsForItsUserIsAHopToo() {
        bothLogIn(true);
        goesOn(300, SSHD, "sshd: deploy");
        assertEquals(List.of("2 SSH hops: anna@laptop -> deploy@jump -> deploy@web"), messages(chains()));
    }

    @Test
    void aHopIsKnownWhenItsHostTellsLate() {
        bothLogIn(true);
        double at = START + 6;
        process(at, "jump", 301, 300, 1000, SSH, "ssh deploy@web");
        trace.tcp(at, 5, "10.0.0.2", 41000, "10.0.0.3", 22, "SSH-2.0-a\r\n", "SSH-2.0-b\r\n");
        call(at, "accept", "web", WEB_DAEMON, SSHD, 0, "10.0.0.2", 41000);
        hosts.callTold(at + 60, (long) (at + 1), "connect", "jump", ++lastEid, 301, 1000, SSH, "10.0.0.3", 22);
        assertEquals(List.of("2 SSH hops: anna@laptop -> deploy@jump -> deploy@web"), messages(chains()));
    }

    @Test
    void theEvidenceSaysWhenItMayHaveBeenEither() {
        bothLogIn(false);
        goesOn(350, SSH, "ssh deploy@web");
        List<Map<String, String>> notices = chains();
        assertEquals(1, notices.size());
        String evidence = notices.getFirst().get("sub");
        assertTrue(evidence.contains("(one of 2 logins that it may have been)"), evidence);
    }

    @Test
    void shorterPathsAreNotTold() {
        bothLogIn(true);
        assertEquals(List.of(), chains());
    }

    @Test
    void howManyHopsAreToldIsAnOption() {
        bothLogIn(true);
        goesOn(300, SSH, "ssh deploy@web");
        assertEquals(List.of(), chains("SSHChain::least_hops=3"));
    }
}
