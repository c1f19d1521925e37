package dev.tandem.it;

import static dev.tandem.it.OsqueryLines.added;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.it.AgentConnection.Answer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Requests to osquery's API with something wrong in each, and what they were answered. */
final class BadRequests {
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

    /** What 64 MiB of blanks come to: a thousand times what is sent. */
    private static final byte[] BOMB = bomb();

    private final Random random = new Random(11);
    private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final String key;
    private final String secret;
    private final String query;

    /**
     * @param key of an enrolled host
     * @param secret to enrol with
     * @param query on that host's schedule
     */
    BadRequests(String key, String secret, String query) {
        this.key = key;
        this.secret = secret;
        this.query = query;
    }

    long answered() {
        return count("") - count("cut");
    }

    long internalErrors() {
        return count("500");
    }

    private long count(String start) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getKey().startsWith(start))
                .mapToLong(answer -> answer.getValue().sum())
                .sum();
    }

    @Override
    public String toString() {
        return answers.toString();
    }

    /** Sends one; done when there is an answer or the connection has ended. One caller at a time. */
    CompletableFuture<Void> sendOne(AgentConnection connection) {
        boolean bomb = random.nextInt(500) == 0;
        byte[] body = bomb ? BOMB : body();
        boolean zip = !bomb && random.nextInt(4) == 0;
        byte[] sent = zip ? AgentConnection.zip(body) : body;
        if (zip && random.nextInt(3) == 0) {
            mutate(sent);
        }
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                random.nextInt(20) == 0 ? HttpMethod.GET : HttpMethod.POST,
                "/api/osquery/" + (bomb ? "log" : PATHS[random.nextInt(PATHS.length)]),
                Unpooled.wrappedBuffer(sent));
        request.headers().set("Host", "x");
        request.headers()
                .set("Content-Length", random.nextInt(60) == 0 ? "999999999999" : Integer.toString(sent.length));
        if (bomb || zip || random.nextInt(40) == 0) {
            request.headers().set("Content-Encoding", "gzip");
        }
        switch (random.nextInt(20)) {
            case 0 -> request.headers().set("Authorization", "NodeKey " + key);
            case 1 -> request.headers().set("Authorization", "x".repeat(random.nextInt(20_000)));
            case 2 -> request.headers().set("Authorization", "NodeKey " + Long.toHexString(random.nextLong()));
            default -> {}
        }
        return connection.send(request).handle((answer, e) -> {
            if (e != null) {
                connection.close();
            }
            String kind = e == null ? kind(answer) : "cut off";
            answers.computeIfAbsent(kind, k -> new LongAdder()).increment();
            return null;
        });
    }

    private static String kind(Answer answer) {
        try {
            JsonNode body = SimulatedHost.JSON.readTree(answer.body());
            if (!body.isObject()) {
                throw new AssertionError("no object");
            }
            return answer.status()
                    + (body.path("node_invalid").asBoolean()
                            ? " node_invalid"
                            : body.has("error") ? " refused" : " taken");
        } catch (Exception e) {
            throw new AssertionError(
                    "an answer that is no JSON object: " + new String(answer.body(), StandardCharsets.UTF_8), e);
        }
    }

    private byte[] body() {
        String line = added(query, "bad", 1, random.nextInt(), "pid", "1");
        String node = random.nextInt(8) == 0 ? Long.toHexString(random.nextLong()) : key;
        String text = switch (random.nextInt(10)) {
            case 0 ->
                "{\"node_key\":\"" + node + "\",\"log_type\":\"result\",\"data\":"
                        + "[".repeat(random.nextInt(100_000));
            case 1 -> "{\"node_key\":\"" + node + "\",\"queries\":{\"x\":" + "{\"a\":".repeat(5000) + "}";
            case 2 ->
                "{\"node_key\":\"" + node + "\",\"queries\":{\"x\":[{\"a\":1e999999}]},\"statuses\":{\"x\":\"y\"}}";
            case 3 ->
                "{\"enroll_secret\":\"" + secret + "\",\"host_identifier\":\"" + "\\u0000".repeat(random.nextInt(300))
                        + "\"}";
            case 4 -> " ".repeat(random.nextInt(300_000));
            case 5 -> "{\"block_count\":-1,\"block_size\":99999999999,\"carve_size\":1,\"node_key\":\"" + node + "\"}";
            default ->
                new String(
                        SimulatedHost.logBody(node, random.nextBoolean() ? "result" : "status", List.of(line, line)),
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

    private static byte[] bomb() {
        byte[] blanks = new byte[64 << 20];
        Arrays.fill(blanks, (byte) ' ');
        return AgentConnection.zip(blanks);
    }
}
