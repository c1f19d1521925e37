package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that publish and subscribe at a running daemon. */
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
}
