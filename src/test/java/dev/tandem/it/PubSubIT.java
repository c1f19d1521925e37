package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that publish and subscribe at a running daemon. */
@SuppressWarnings("try") // clients that leave before their block ends
class PubSubIT {
    private static final String SCRIPT = """
        global pong: event(n: count, s: string) &is_used;
        event ping(n: count, s: string)
            {
            Broker::publish("test/pong", pong, n + 1, s + (is_remote_event() ? " from afar" : ""));
            }
        event zeek_init() { Broker::subscribe("test/ping"); }
        """;

    @TempDir
    private Path folder;

    private HostDaemon daemon(String... more) throws IOException {
        Files.writeString(folder.resolve("ping.zeek"), SCRIPT);
        return HostDaemon.start(folder, more.length == 0 ? new String[] {"ping.zeek"} : more);
    }

    private PubSubClient client(HostDaemon daemon) throws IOException {
        return PubSubClient.connect(daemon.port(), folder.resolve("state/tls/ca.pem"), token());
    }

    private String token() throws IOException {
        return Files.readAllLines(folder.resolve("state/pubsub.tokens")).stream()
                .filter(line -> line.startsWith("operator "))
                .map(line -> line.split(" ")[1])
                .findFirst()
                .orElseThrow();
    }

    private static String event(String topic, String name, String arguments) {
        return "{\"type\":\"data-message\",\"topic\":\"" + topic + "\",\"@data-type\":\"vector\",\"data\":["
                + "{\"@data-type\":\"count\",\"data\":1},{\"@data-type\":\"count\",\"data\":1},"
                + "{\"@data-type\":\"vector\",\"data\":[{\"@data-type\":\"string\",\"data\":\"" + name + "\"},"
                + "{\"@data-type\":\"vector\",\"data\":[" + arguments + "]}]}]}";
    }

    private static String pingEvent(int n) {
        return event(
                "test/ping/x",
                "ping",
                "{\"@data-type\":\"count\",\"data\":" + n + "},{\"@data-type\":\"string\",\"data\":\"hi\"}");
    }

    @Test
    void anEventGoesInAndItsAnswerComesOut() throws IOException {
        try (HostDaemon daemon = daemon();
                PubSubClient client = client(daemon)) {
            client.send("[\"test/pong\"]");
            String ack = client.next();
            assertTrue(ack.startsWith("{\"type\":\"ack\",\"endpoint\":\""), ack);
            assertTrue(ack.contains("-websocket-0\",\"version\":\"Tandem "), ack);
            client.send(pingEvent(41));
            assertEquals(
                    event(
                            "test/pong",
                            "pong",
                            "{\"@data-type\":\"count\",\"data\":42},"
                                    + "{\"@data-type\":\"string\",\"data\":\"hi from afar\"}"),
                    client.next());
        }
    }

    @Test
    void whatIsWrongIsSaidAndTheConnectionStays() throws IOException {
        try (HostDaemon daemon = daemon();
                PubSubClient client = client(daemon)) {
            client.send("[\"test/pong\"]");
            client.next();
            client.send("nonsense");
            assertTrue(client.next().startsWith("{\"type\":\"error\",\"code\":\"deserialization_failed\""));
            client.send(event("test/ping", "ping", ""));
            assertEquals(
                    "{\"type\":\"error\",\"code\":\"deserialization_failed\","
                            + "\"context\":\"event 'ping' got 0 arguments, expects 2\"}",
                    client.next());
            client.send(pingEvent(1));
            assertTrue(client.next().contains("\"pong\""));
        }
    }

    @Test
    void topicsAreGuardedByTokens() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(
                folder.resolve("state/pubsub.tokens"),
                "operator all-of-it\nreader r publish=test/ping subscribe=test/\nnobody n publish= subscribe=\n");
        try (HostDaemon daemon = daemon()) {
            Path authority = folder.resolve("state/tls/ca.pem");
            assertEquals(401, PubSubClient.refusal(daemon.port(), authority, null));
            assertEquals(401, PubSubClient.refusal(daemon.port(), authority, "wrong"));
            try (PubSubClient reader = PubSubClient.connect(daemon.port(), authority, "r")) {
                reader.send("[\"test/pong\"]");
                assertTrue(reader.next().contains("\"ack\""));
                reader.send(event("other", "ping", ""));
                assertEquals(
                        "{\"type\":\"error\",\"code\":\"permission_denied\","
                                + "\"context\":\"reader may not publish on \\\"other\\\"\"}",
                        reader.next());
                reader.send(pingEvent(1));
                assertTrue(reader.next().contains("\"pong\""));
            }
            try (PubSubClient nobody = PubSubClient.connect(daemon.port(), authority, "n")) {
                nobody.send("[\"test/pong\"]");
                assertTrue(nobody.next().contains("permission_denied"));
                assertEquals("closed 1008", nobody.next());
            }
        }
    }

    @Test
    void clientsAreLoggedAndHearEachOther() throws IOException {
        try (HostDaemon daemon = daemon();
                PubSubClient a = client(daemon);
                PubSubClient b = client(daemon)) {
            a.send("[\"chat/\"]");
            a.next();
            b.send("[]");
            b.next();
            b.send(event("chat/x", "nobody_handles_this", ""));
            assertTrue(a.next().contains("nobody_handles_this"));
            b.close();
            var rows = daemon.awaitRows("cluster", 3);
            assertTrue(rows.get(0).contains("subscribed to [chat/]"), rows.toString());
            assertTrue(rows.get(2).contains("gone with code 1000"), rows.toString());
            daemon.stop();
        }
    }

    private static String text(String value) {
        return "{\"@data-type\":\"string\",\"data\":\"" + value + "\"}";
    }

    private static String list(String kind, String... values) {
        return "{\"@data-type\":\"" + kind + "\",\"data\":[" + String.join(",", values) + "]}";
    }

    private static String awaitContaining(PubSubClient client, String what) {
        String message = client.next();
        while (!message.contains(what)) {
            message = client.next();
        }
        return message;
    }

    @Test
    void anAgentOfItsOwnKindIsAskedAndStreamsRows() throws IOException {
        Files.writeString(folder.resolve("disks.zeek"), """
            module Disks;
            export { global row: event(info: osquery::ResultInfo, device: string, size: count, at: addr); }
            event row(info: osquery::ResultInfo, device: string, size: count, at: addr)
                {
                osquery::log_local("info", info$host, fmt("%s %s %d %s", info$utype, device, size, at));
                }
            event osquery::host_connected(host_id: string)
                {
                osquery::execute([$ev=row, $query="SELECT once"], host_id);
                }
            event zeek_init()
                {
                osquery::subscribe([$ev=row, $query="SELECT device FROM disks", $utype=osquery::BOTH, $cookie="c"],
                    "", "servers");
                osquery::join(10.0.0.0/8, "inside");
                osquery::subscribe([$ev=row, $query="SELECT inside"], "", "inside");
                }
            """);
        try (HostDaemon daemon = daemon("disks.zeek");
                PubSubClient agent = client(daemon)) {
            agent.send("[\"/bro/osquery/hosts\",\"/bro/osquery/host/h-1\",\"/bro/osquery/group/servers\"]");
            String ack = agent.next();
            String endpoint = ack.replaceAll(".*\"endpoint\":\"([^\"]*)\".*", "$1");
            agent.send(event(
                    "/bro/osquery/host_announce",
                    "osquery::host_new",
                    text(endpoint) + "," + text("h-1") + "," + list("vector", text("servers"))));
            String subscribe = awaitContaining(agent, "FROM disks");
            assertTrue(subscribe.contains("\"topic\":\"/bro/osquery/host/h-1\""), subscribe);
            assertTrue(
                    subscribe.contains(list(
                            "vector",
                            text("Disks::row"),
                            text("SELECT device FROM disks"),
                            text("c"),
                            text("/bro/osquery/bro/BroMaster"),
                            text("BOTH"),
                            "{\"@data-type\":\"count\",\"data\":10}")),
                    subscribe);
            assertTrue(awaitContaining(agent, "SELECT once").contains("SNAPSHOT"));

            String info =
                    list("vector", text("h-1"), "{\"@data-type\":\"enum-value\",\"data\":\"osquery::ADD\"}", text("c"));
            agent.send(event(
                    "/bro/osquery/bro/BroMaster",
                    "Disks::row",
                    info + "," + text("sda") + ",{\"@data-type\":\"integer\",\"data\":512}," + text("10.1.2.3")));
            agent.send(event(
                    "/bro/osquery/bro/BroMaster",
                    "osquery::address_row",
                    info + "," + text("eth0") + "," + text("10.1.2.3")));
            assertTrue(awaitContaining(agent, "osquery::host_join").contains("inside"));
            awaitContaining(agent, "SELECT inside");
            agent.close();

            var rows = daemon.awaitRows("osquery", 3);
            assertTrue(rows.get(0).endsWith("\tOsquery host connected"), rows.toString());
            assertTrue(rows.get(1).endsWith("\tosquery::ADD sda 512 10.1.2.3"), rows.toString());
            assertTrue(rows.get(2).endsWith("\tOsquery host disconnected"), rows.toString());
            var asked = daemon.rows("osquery_queries");
            assertTrue(
                    asked.stream()
                            .anyMatch(row -> row.matches(
                                    ".*\tsubscribe\tscript\tDisks::row \\(.*disks.zeek, line.*\tSELECT device"
                                            + " FROM disks\tgroup\tservers\t10\tc\t-\t-")),
                    asked.toString());
        }
    }
}
