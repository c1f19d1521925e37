package dev.tandem.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A day of a small office in which nothing is wrong: two people browse, open what they downloaded, run programs of their own
 * and log in to a server; a server runs backups of the same size every hour to a store outside and, over SSH, to a neighbour,
 * while people are logged in there; a mail server takes and relays mail; packages and an agent's update come from a mirror
 * and are run; a service is upgraded and restarted; clocks and connectivity are checked at even distances; a client of FTP is
 * called back by its server. Made from a seed.
 */
final class OrdinaryDay {
    static final double START = 1_860_000_000;
    static final String MIRROR = "192.0.2.80";
    static final int ACTIVE_FTP_PORT = 45_123;
    private static final double HOUR = 3600;
    private static final String STORE = "203.0.113.200";
    private static final String NAMES = "10.71.0.53";
    private static final String CHECK = "198.51.100.250";
    private static final String FTP = "198.51.100.21";
    private static final String AGENT = "#!/bin/sh\necho the agent updates itself\n";

    private final Random random;
    private final TraceBuilder trace = new TraceBuilder();
    private final HostRecording recording = new HostRecording();
    private final List<ScenarioHost> hosts = new ArrayList<>();
    private final ScenarioHost server;
    private final ScenarioHost mail;
    private final ScenarioHost.Process serverSshd;
    private final ScenarioHost.Process mailSshd;
    private final ScenarioHost.Process imap;
    private final ScenarioHost.Process submission;
    private final List<double[]> sessions = new ArrayList<>();
    private ScenarioHost.Process web;
    private int nextPort = 30_000;

    OrdinaryDay(long seed) {
        random = new Random(seed);
        server = host("files", "10.71.2.20");
        server.user(34, "backup");
        server.user(33, "www-data");
        server.user(1001, "ana");
        server.user(1002, "ben");
        serverSshd = service(server, 0, "/usr/sbin/sshd", "sshd -D", 22);
        web = service(server, 33, "/usr/sbin/nginx", "nginx -g daemon off;", 443);
        mail = host("mail", "10.71.2.25");
        mail.user(34, "backup");
        mail.user(105, "postfix");
        mail.user(106, "dovecot");
        mailSshd = service(mail, 0, "/usr/sbin/sshd", "sshd -D", 22);
        submission = service(mail, 105, "/usr/lib/postfix/sbin/smtpd", "smtpd -n submission", 587);
        imap = service(mail, 106, "/usr/lib/dovecot/imap-login", "imap-login", 993);
        restart();
        person(host("ana-desk", "10.71.1.11"), 1001, "ana");
        person(host("ben-desk", "10.71.1.12"), 1002, "ben");
        backups();
        relay();
        for (ScenarioHost host : hosts) {
            housekeeping(host);
        }
    }

    private ScenarioHost host(String name, String address) {
        String uuid = String.format(Locale.ROOT, "0DA70000-0000-4000-8000-%012d", hosts.size() + 1);
        ScenarioHost host = new ScenarioHost(name, uuid, address, 0, random);
        host.pids(700, 30_000);
        host.user(42, "_apt");
        host.user(110, "_chrony");
        host.user(101, "systemd-resolve");
        hosts.add(host);
        recording.added(START - 20, uuid, "system_info", "hostname", name);
        return host;
    }

    private static ScenarioHost.Process service(ScenarioHost host, int uid, String path, String cmdline, int port) {
        ScenarioHost.Process p = host.daemon(1, uid, path, cmdline, START - 90_000);
        host.listens(p, 6, port);
        return p;
    }

    private double soon(double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }

    // ---- people

    private void person(ScenarioHost desk, int uid, String user) {
        desk.user(uid, user);
        String home = "/home/" + user;
        ScenarioHost.Process session =
                desk.daemon(1, uid, "/usr/lib/systemd/systemd", "systemd --user", START + 7.5 * HOUR);
        ScenarioHost.Process browser =
                desk.daemon(session.pid(), uid, "/usr/lib/firefox/firefox", "firefox", START + 8 * HOUR);
        ScenarioHost.Process mailer =
                desk.daemon(session.pid(), uid, "/usr/lib/thunderbird/thunderbird", "thunderbird", START + 8 * HOUR);
        ScenarioHost.Process shell = desk.daemon(session.pid(), uid, "/usr/bin/bash", "-bash", START + 8 * HOUR);
        for (double at = START + 8 * HOUR + soon(90); at < START + 18 * HOUR; at += soon(90)) {
            page(desk, browser, at);
        }
        // Mail is looked for every ten minutes, and sent with attachments now and then.
        for (double at = START + 8 * HOUR + 30; at < START + 18 * HOUR; at += 600) {
            client(desk, mailer, at, "10.71.2.25", 993, 400);
            taken(mail, imap, desk, at, 993);
            if (random.nextInt(5) == 0) {
                client(desk, mailer, at + 60, "10.71.2.25", 587, (int) amount(20_000, 2, 3_000_000));
                taken(mail, submission, desk, at + 60, 587);
            }
        }
        // The intranet.
        for (double at = START + 9 * HOUR + soon(500); at < START + 18 * HOUR; at += soon(500)) {
            client(desk, browser, at, "10.71.2.20", 443, 700);
            taken(server, at < START + 12 * HOUR ? web : restarted, desk, at, 443);
        }
        downloads(desk, browser, shell, home);
        for (int i = 0; i < 5; i++) {
            login(desk, shell, uid, user, START + (9 + 1.7 * i + random.nextDouble()) * HOUR);
        }
        ownPrograms(desk, shell, home);
        fileTransfer(desk, shell, START + 11.4 * HOUR);
    }

    /** What is sent to one place is small mostly, and now and then much. */
    private double amount(double median, double deviation, double most) {
        return Math.min(most, median * Math.exp(random.nextGaussian() * deviation));
    }

    private void page(ScenarioHost desk, ScenarioHost.Process browser, double at) {
        // A few places are visited again and again, many once.
        int site = random.nextInt(3) == 0 ? 30 + random.nextInt(200) : 1 + (int) amount(4, 0.8, 25);
        int connections = 1 + random.nextInt(3);
        for (int i = 0; i < connections; i++) {
            client(desk, browser, at + i * 0.05, "198.51.100." + site, 443, (int) amount(1500, 1.3, 900_000));
        }
    }

    private void downloads(ScenarioHost desk, ScenarioHost.Process browser, ScenarioHost.Process shell, String home) {
        String[][] opened = {
            {"report.pdf", "/usr/bin/evince", "evince " + home + "/Downloads/report.pdf"},
            {"numbers.csv", "/usr/lib/libreoffice/program/soffice.bin", "soffice numbers.csv"},
            {"setup.sh", "/usr/bin/vim", "vim setup.sh"},
            {"tool-1.2.tar.gz", "/usr/bin/tar", "tar xzf tool-1.2.tar.gz"},
            {"build.sh", "/usr/bin/less", "less build.sh"},
            {"slides.odp", "/usr/lib/libreoffice/program/soffice.bin", "soffice slides.odp"},
            {"install.py", "/usr/bin/cat", "cat install.py"},
        };
        for (int i = 0; i < opened.length; i++) {
            double at = START + (8.5 + i) * HOUR;
            get(
                    desk,
                    browser,
                    at,
                    "198.51.100.9",
                    "www.example.org",
                    "/pub/" + opened[i][0],
                    "content of " + opened[i][0] + "\n");
            desk.run(shell, opened[i][1], opened[i][2], at + 40, at + 400);
        }
    }

    /** Among them one that is called as something that was downloaded, and is something else. */
    private void ownPrograms(ScenarioHost desk, ScenarioHost.Process shell, String home) {
        String[] own = {"/src/report/make-report", "/src/report/build.sh", "/bin/sync-notes"};
        for (int i = 0; i < own.length; i++) {
            recording.added(
                    START - 20,
                    desk.uuid,
                    "hash",
                    "path",
                    home + own[i],
                    "md5",
                    "",
                    "sha1",
                    "",
                    "sha256",
                    sha256(own[i]));
        }
        for (int n = 0; n < 12; n++) {
            double at = START + (9 + n * 0.7) * HOUR;
            desk.run(shell, home + own[0], "./make-report", at, at + 5);
            desk.run(shell, "/usr/bin/bash", "bash " + home + own[1], at + 60, at + 70);
            desk.run(shell, "/usr/bin/bash", "bash " + home + own[2], at + 90, at + 95);
        }
    }

    private void login(ScenarioHost desk, ScenarioHost.Process shell, int uid, String user, double at) {
        double seconds = 300 + random.nextInt(1200);
        ScenarioHost.Process ssh = desk.run(shell, "/usr/bin/ssh", "ssh files", at - 0.01, at + seconds);
        session(desk, ssh, server, serverSshd, at, seconds, uid, "-bash");
        sessions.add(new double[] {at, at + seconds});
        ScenarioHost.Process child = lastLogin;
        for (double then = at + 20; then < at + seconds - 20; then += soon(60)) {
            server.run(child, "/usr/bin/ls", "ls /srv", then, then + 0.1);
        }
    }

    private ScenarioHost.Process lastLogin;

    /** A connection to an SSH daemon, its process there and what the user runs below. */
    private void session(
            ScenarioHost from,
            ScenarioHost.Process client,
            ScenarioHost to,
            ScenarioHost.Process daemon,
            double at,
            double seconds,
            int uid,
            String command) {
        int port = ++nextPort;
        trace.tcp(at, seconds, from.address, port, to.address, 22, "SSH-2.0-client", "SSH-2.0-server");
        from.call("connect", client, at + 0.001, "3", "succeeded", to.address, 22, 0);
        from.socket(client, 6, port, to.address, 22, at, at + seconds);
        to.call("accept", daemon, at + 0.002, "5", "succeeded", from.address, port, 0);
        ScenarioHost.Process child = to.runAs(daemon, 0, daemon.path(), "sshd: session", at + 0.01, at + seconds);
        to.socket(child, 6, 22, from.address, port, at + 0.002, at + seconds);
        lastLogin = to.runAs(child, uid, "/usr/bin/bash", command, at + 0.4, at + seconds);
    }

    /** The server of a transfer calls the client back, at a port that the client listens on for that (RFC 959). */
    private void fileTransfer(ScenarioHost desk, ScenarioHost.Process shell, double at) {
        ScenarioHost.Process p = desk.run(shell, "/usr/bin/ftp", "ftp " + FTP, at - 0.01, at + 60);
        int port = ++nextPort;
        trace.tcp(at, 30, desk.address, port, FTP, 21, "PORT\r\n", "220 ready\r\n");
        desk.call("connect", p, at + 0.001, "3", "succeeded", FTP, 21, 0);
        desk.socket(p, 6, port, FTP, 21, at, at + 30);
        desk.call("bind", p, at + 2, "4", "succeeded", "0.0.0.0", 0, ACTIVE_FTP_PORT);
        trace.tcp(at + 3, FTP, 20, desk.address, ACTIVE_FTP_PORT, "one file\r\n", "");
        desk.call("accept", p, at + 3.002, "5", "succeeded", FTP, 20, 0);
    }

    // ---- servers

    private void backups() {
        ScenarioHost.Process cron = server.daemon(1, 0, "/usr/sbin/cron", "cron -f", START - 80_000);
        for (int hour = 0; hour < 24; hour++) {
            double at = START + hour * HOUR + 300;
            ScenarioHost.Process restic =
                    server.runAs(cron, 34, "/usr/bin/restic", "restic backup /srv", at - 0.01, at + 60);
            client(server, restic, at, STORE, 443, 3_000_000);
            ScenarioHost.Process ssh =
                    server.runAs(cron, 34, "/usr/bin/ssh", "ssh backup@mail rsync --server", at + 100, at + 160);
            session(server, ssh, mail, mailSshd, at + 100.01, 50, 34, "rsync --server");
        }
    }

    private ScenarioHost.Process restarted;

    /** A new version is installed; the old one serves on until the restart half a minute later. */
    private void restart() {
        double at = START + 12 * HOUR;
        server.replaced(web, at - 30);
        restarted = server.service(
                server.daemon(0, 0, "/usr/lib/systemd/systemd", "init", START - 99_000),
                33,
                "/usr/sbin/nginx",
                "nginx -g daemon off;",
                443,
                at,
                Double.POSITIVE_INFINITY);
        server.stop(web, at - 1);
    }

    private void relay() {
        ScenarioHost.Process smtp = mail.daemon(1, 105, "/usr/lib/postfix/sbin/smtp", "smtp -t unix", START - 70_000);
        for (double at = START + soon(700); at < START + 24 * HOUR; at += soon(700)) {
            client(mail, smtp, at, "198.51.100." + (100 + random.nextInt(40)), 25, (int) amount(15_000, 1.5, 900_000));
        }
    }

    private void housekeeping(ScenarioHost host) {
        ScenarioHost.Process init = host.daemon(0, 0, "/usr/lib/systemd/systemd", "init", START - 99_000);
        ScenarioHost.Process clock = host.daemon(init.pid(), 110, "/usr/sbin/chronyd", "chronyd", START - 98_000);
        ScenarioHost.Process network =
                host.daemon(init.pid(), 0, "/usr/sbin/NetworkManager", "NetworkManager", START - 98_000);
        ScenarioHost.Process resolver =
                host.daemon(init.pid(), 101, "/usr/lib/systemd/systemd-resolved", "systemd-resolved", START - 98_000);
        for (double at = START + soon(1024); at < START + 24 * HOUR; at += 1024) {
            datagrams(host, clock, at, "198.51.100.123", 123);
        }
        for (double at = START + soon(300); at < START + 24 * HOUR; at += 300) {
            get(host, network, at, CHECK, "check.example.net", "/check", "OK\n");
        }
        for (double at = START + soon(400); at < START + 24 * HOUR; at += soon(400)) {
            datagrams(host, resolver, at, NAMES, 53);
        }
        updates(host, init, START + 6 * HOUR + soon(1800));
    }

    /** Packages and their scripts are run, and an agent's update is a program that is downloaded and run. */
    private void updates(ScenarioHost host, ScenarioHost.Process init, double at) {
        ScenarioHost.Process apt = host.run(init, "/usr/bin/unattended-upgrade", "unattended-upgrade", at, at + 200);
        ScenarioHost.Process http = host.runAs(apt, 42, "/usr/lib/apt/methods/http", "http", at + 1, at + 100);
        for (String name : List.of("nginx_1.26_amd64.deb", "firefox_140_amd64.deb", "bash_5.3_amd64.deb")) {
            get(host, http, at + 10, MIRROR, "mirror.example.net", "/pool/" + name, "package " + name + "\n");
        }
        host.run(apt, "/usr/bin/dpkg", "dpkg --configure -a", at + 20, at + 60);
        host.run(apt, "/bin/sh", "/bin/sh /var/lib/dpkg/info/nginx.postinst configure", at + 25, at + 26);
        ScenarioHost.Process agent = host.daemon(init.pid(), 0, "/opt/agent/agent", "agent", START - 97_000);
        get(host, agent, at + 600, MIRROR, "mirror.example.net", "/agent/agent-update", AGENT);
        host.run(agent, "/opt/agent/agent-update", "/opt/agent/agent-update", at + 630, at + 640);
        recording.added(
                START - 20,
                host.uuid,
                "hash",
                "path",
                "/opt/agent/agent-update",
                "md5",
                "",
                "sha1",
                "",
                "sha256",
                sha256(AGENT));
    }

    // ---- connections

    private void client(ScenarioHost host, ScenarioHost.Process p, double at, String to, int port, int bytes) {
        int own = ++nextPort == 60_000 ? nextPort = 30_001 : nextPort;
        trace.upload(at, host.address, own, to, port, bytes);
        host.call("connect", p, at + 0.001, "5", "succeeded", to, port, 0);
        host.socket(p, 6, own, to, port, at, at + 0.5);
    }

    /** The server's side of the {@link #client} just before. */
    private void taken(ScenarioHost to, ScenarioHost.Process p, ScenarioHost from, double at, int port) {
        to.call("accept", p, at + 0.002, "6", "succeeded", from.address, nextPort, 0);
        to.socket(p, 6, port, from.address, nextPort, at + 0.002, at + 0.5);
    }

    private void get(
            ScenarioHost host, ScenarioHost.Process p, double at, String to, String name, String path, String body) {
        int own = ++nextPort;
        trace.tcp(
                at,
                host.address,
                own,
                to,
                80,
                "GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
        host.call("connect", p, at + 0.001, "5", "succeeded", to, 80, 0);
    }

    private void datagrams(ScenarioHost host, ScenarioHost.Process p, double at, String to, int port) {
        int own = ++nextPort;
        trace.udp(at, host.address, own, to, port, "question");
        trace.udp(at + 0.02, to, port, host.address, own, "answer");
        host.call("connect", p, at - 0.001, "8", "succeeded", to, port, 0);
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often somebody was logged in to the server while it connected to its neighbour by itself. */
    long backupsDuringLogins() {
        long n = 0;
        for (int hour = 0; hour < 24; hour++) {
            double at = START + hour * HOUR + 400;
            n += sessions.stream().anyMatch(s -> s[0] < at && s[1] > at) ? 1 : 0;
        }
        return n;
    }

    /** Writes {@code capture.pcap} and what the hosts tell, and returns the options that name them. */
    List<String> write(Path folder) {
        for (ScenarioHost host : hosts) {
            host.tell(recording, START - 15, START + 24 * HOUR);
        }
        List<String> options = new ArrayList<>(recording.inOrder().write(folder));
        trace.inOrder().pcap(folder.resolve("capture.pcap"));
        options.addAll(List.of("-r", "capture.pcap"));
        return options;
    }
}
