package dev.tandem.it;

import static dev.tandem.it.OsqueryLines.added;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.UpdateType;
import dev.tandem.it.AgentConnection.Answer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that are wrong in every way, and hosts that are served all the while. {@code -Dtandem.bad-requests=100000} for more than
 * the usual few thousand.
 */
class BadInputIT {
    private static final int REQUESTS = Integer.getInteger("tandem.bad-requests", 3000);
    private static final int AT_ONCE = 16;
    private static final String[] PATHS = {
        "enroll",
        "config",
        "log",
        "log",
        "log",
        "distributed/read",
        "distributed/write",
        "carve/begin",
        "carve/block",
        "%2e%2e",
        ""
    };

    @TempDir
    Path state;

    private final Random random = new Random(11);
    private long answered;
    private long cut;

    @Test
    void goodHostsAreServedWhateverOthersSend() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost good = rig.host("good");
            SimulatedHost bad = rig.host("bad");
            String name = rig.subscribe(good, HostPortRig.query("e", "SELECT pid FROM processes", UpdateType.ADD));
            rig.await(bad.fetchConfig());
            List<Socket> silent = openAndSaySomething(rig);
            List<AgentConnection> connections = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                connections.add(new AgentConnection(rig.network, rig.network.loop()));
            }
            int rows = 0;
            for (int done = 0; done < REQUESTS; done += AT_ONCE) {
                List<CompletableFuture<Void>> running = new ArrayList<>();
                for (AgentConnection connection : connections) {
                    running.add(sendOne(connection, bad.key(), name));
                }
                if (done % (AT_ONCE * 8) == 0) {
                    good.log(added(name, "good", 1, rows, "pid", Integer.toString(rows)));
                    long start = System.nanoTime();
                    rig.await(good.flush());
                    rows++;
                    assertTrue(System.nanoTime() - start < 16_000_000_000L, "a good host waited too long");
                }
                rig.await(CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)));
            }
            int expected = rows;
            rig.until(() -> goodRows(rig) == expected);
            assertTrue(answered > REQUESTS / 2, answered + " answered, " + cut + " cut off");
            assertEquals(0, rig.await(good.answerQuestions()));
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static long goodRows(HostPortRig rig) {
        return rig.events(dev.tandem.core.host.HostEvent.Row.class).stream()
                .filter(row -> row.hostId().equals("good"))
                .count();
    }

    /** Connections that begin something and do not go on. */
    private static List<Socket> openAndSaySomething(HostPortRig rig) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (String start : List.of("", "\u0016\u0003\u0001\u0002", "GET / HTTP/1.1\r\n\r\n", "\u0000".repeat(5000))) {
            Socket socket = new Socket(
                    rig.hosts.address().getAddress(), rig.hosts.address().getPort());
            OutputStream out = socket.getOutputStream();
            out.write(start.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            if (sockets.size() % 2 == 0) {
                socket.shutdownOutput();
            }
            sockets.add(socket);
        }
        return sockets;
    }

    private CompletableFuture<Void> sendOne(AgentConnection connection, String key, String query) {
        byte[] body = body(key, query);
        boolean zip = random.nextInt(4) == 0;
        byte[] sent = zip ? AgentConnection.zip(body) : body;
        if (zip && random.nextInt(3) == 0) {
            mutate(sent);
        }
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                random.nextInt(20) == 0 ? HttpMethod.GET : HttpMethod.POST,
                "/api/osquery/" + PATHS[random.nextInt(PATHS.length)],
                Unpooled.wrappedBuffer(sent));
        request.headers().set("Host", "x");
        request.headers()
                .set("Content-Length", random.nextInt(60) == 0 ? "999999999999" : Integer.toString(sent.length));
        if (zip || random.nextInt(40) == 0) {
            request.headers().set("Content-Encoding", "gzip");
        }
        if (random.nextInt(10) == 0) {
            request.headers()
                    .set("Authorization", random.nextBoolean() ? "NodeKey " + key : "x".repeat(random.nextInt(20_000)));
        }
        return connection.send(request).handle((answer, e) -> {
            if (e != null) {
                cut++;
                connection.close();
            } else {
                answered++;
                check(answer);
            }
            return null;
        });
    }

    private static void check(Answer answer) {
        try {
            if (!SimulatedHost.JSON.readTree(answer.body()).isObject()) {
                throw new AssertionError("no object");
            }
        } catch (Exception e) {
            throw new AssertionError(
                    "an answer that is no JSON object: " + new String(answer.body(), StandardCharsets.UTF_8), e);
        }
    }

    private byte[] body(String key, String query) {
        String line = added(query, "bad", 1, random.nextInt(), "pid", "1");
        String text = switch (random.nextInt(10)) {
            case 0 ->
                "{\"node_key\":\"" + key + "\",\"log_type\":\"result\",\"data\":" + "[".repeat(random.nextInt(100_000));
            case 1 -> "{\"node_key\":\"" + key + "\",\"queries\":{\"x\":" + "{\"a\":".repeat(5000) + "}";
            case 2 ->
                "{\"node_key\":\"" + key + "\",\"queries\":{\"x\":[{\"a\":1e999999}]},\"statuses\":{\"x\":\"y\"}}";
            case 3 ->
                "{\"enroll_secret\":\"" + HostPortRig.SECRET + "\",\"host_identifier\":\""
                        + "\\u0000".repeat(random.nextInt(300)) + "\"}";
            case 4 -> " ".repeat(random.nextInt(300_000));
            case 5 -> "{\"block_count\":-1,\"block_size\":99999999999,\"carve_size\":1,\"node_key\":\"" + key + "\"}";
            default ->
                new String(
                        SimulatedHost.logBody(key, random.nextBoolean() ? "result" : "status", List.of(line, line)),
                        StandardCharsets.UTF_8);
        };
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) > 0) {
            mutate(body);
        }
        return body;
    }

    private void mutate(byte[] bytes) {
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
    }
}
