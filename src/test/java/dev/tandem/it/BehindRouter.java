package dev.tandem.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A made-up network of which a part sits behind a router that translates addresses, on whose outside the sensor is: eight
 * machines behind it, of one user each, and four before it, all of which go to the same places, a server of the network among
 * them. Made from a seed.
 */
final class BehindRouter {
    private static final double START = 1_800_000_000;
    private static final double SECONDS = 180;
    private static final String ROUTER = "203.0.113.9";
    private static final int BEHIND = 8;
    private static final int BEFORE = 4;
    private static final String[] PLACES = {
        "198.51.100.7", "198.51.100.8", "198.51.100.9", "198.51.100.10", "198.51.100.11", "198.51.100.12"
    };

    private final Random random;
    private final List<ScenarioHost> hosts = new ArrayList<>();
    private final List<ScenarioHost> behind = new ArrayList<>();
    private final TraceBuilder trace = new TraceBuilder();
    private final ScenarioTruth truth = new ScenarioTruth(0.02);
    private final ScenarioHost server;
    private final ScenarioHost.Process service;
    private final double pace;
    private int nextPort = 20000;

    /** @param pace seconds between two connections of a user, in the mean */
    BehindRouter(long seed, double pace) {
        random = new Random(seed);
        this.pace = pace;
        for (int i = -20; i < SECONDS + 60; i++) {
            trace.udp(START + i, "192.0.2.1", 7, "192.0.2.2", 7, "x");
        }
        server = host("shop", "198.51.100.200");
        server.user(990, "shop");
        service = server.daemon(1, 990, "/usr/sbin/shopd", "shopd", START - 4000);
        server.listens(service, 6, 443);
        for (int i = 0; i < BEHIND; i++) {
            ScenarioHost host = host("in" + i, "192.168.1." + (10 + i));
            behind.add(host);
            user(host, ROUTER);
        }
        for (int i = 0; i < BEFORE; i++) {
            ScenarioHost host = host("out" + i, "203.0.113." + (20 + i));
            user(host, host.address);
        }
    }

    private ScenarioHost host(String name, String address) {
        String uuid = String.format(Locale.ROOT, "5CE0A810-0000-4000-A000-%012d", hosts.size() + 1);
        ScenarioHost host = new ScenarioHost(name, uuid, address, 0, random);
        hosts.add(host);
        return host;
    }

    /** A user who runs short programs, each against one place. */
    private void user(ScenarioHost host, String seenAs) {
        int uid = 2000 + hosts.size();
        host.user(uid, host.name + "-user");
        ScenarioHost.Process shell = host.daemon(1, uid, "/usr/bin/bash", "-bash", START - 600);
        for (double at = START + random.nextDouble();
                at < START + SECONDS;
                at += -Math.log(random.nextDouble()) * pace) {
            boolean isToServer = random.nextInt(4) == 0;
            String place = isToServer ? server.address : PLACES[random.nextInt(PLACES.length)];
            ScenarioHost.Process p = host.run(shell, "/usr/bin/curl", "curl https://" + place, at - 0.01, at + 0.05);
            int port = ++nextPort;
            double seen = at + 0.0002;
            trace.tcp(seen, seenAs, port, place, 443, "question", "answer");
            host.call("connect", p, at + random.nextDouble() * 0.0005, "5", "in_progress", place, 443, 0);
            if (isToServer) {
                server.call("accept", service, at + 0.002, "6", "succeeded", seenAs, port, 0);
            }
            truth.add(
                    "tcp",
                    seen,
                    seenAs,
                    port,
                    place,
                    443,
                    new ScenarioTruth.End(host, p),
                    isToServer ? new ScenarioTruth.End(server, service) : null);
        }
    }

    /** A script that says where those behind the router are heard from, as their connections to the daemon do in a live run. */
    String heardFrom() {
        StringBuilder script = new StringBuilder("event zeek_init() {");
        for (ScenarioHost host : behind) {
            script.append(" event osquery::host_heard_from(\"")
                    .append(host.uuid)
                    .append("\", ")
                    .append(ROUTER)
                    .append(");");
        }
        return script.append(" }").toString();
    }

    /** Writes {@code capture.pcap}, {@code osquery.ndjson}, {@code osquery.arrival} and {@code truth.tsv}. */
    void write(Path folder) {
        HostRecording recording = new HostRecording();
        for (ScenarioHost host : hosts) {
            host.tell(recording, START - 15, START + SECONDS);
        }
        truth.write(folder, trace, recording);
    }
}
