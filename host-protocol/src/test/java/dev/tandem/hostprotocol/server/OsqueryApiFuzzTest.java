package dev.tandem.hostprotocol.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.hostprotocol.enroll.EnrollSecrets;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import dev.tandem.hostprotocol.pack.Decorators;
import dev.tandem.hostprotocol.pack.QueryPacks;
import dev.tandem.hostprotocol.query.HostGroups;
import dev.tandem.hostprotocol.query.HostSchedule;
import dev.tandem.hostprotocol.query.ScheduleBook;
import dev.tandem.hostprotocol.query.Subscriptions;
import dev.tandem.hostprotocol.remote.AgentConfig;
import dev.tandem.hostprotocol.remote.AgentOptions;
import dev.tandem.hostprotocol.remote.CarveStore;
import dev.tandem.hostprotocol.remote.OsqueryApi;
import dev.tandem.hostprotocol.remote.Reception;
import dev.tandem.hostprotocol.result.LogBatch;
import dev.tandem.hostprotocol.result.ResultJournal;
import dev.tandem.hostprotocol.result.ResultRow;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent to the port of the hosts is answered by nothing or by JSON objects, and leaves no memory taken. Ordinary runs try
 * the seeds; {@code JAZZER_FUZZ=1} looks for more, one method at a time.
 */
class OsqueryApiFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "open sesame";

    /** The first byte of an input chooses one. */
    private static final List<String> PATHS = List.of(
            "/enroll", "/config", "/log", "/distributed/read", "/distributed/write", "/carve/begin", "/carve/block");

    @TempDir
    static Path folder;

    private static final ByteBudget BUDGET = new ByteBudget(8 << 20);
    private static final RequestRouter ROUTER = new RequestRouter();
    private static NodeRegistry nodes;
    private static CarveStore carves;
    private static String key;

    @BeforeAll
    static void open() throws Exception {
        nodes = NodeRegistry.open(folder.resolve("hosts.db"));
        carves = new CarveStore(folder.resolve("carves"), 1 << 16);
        CompletableFuture<String> enrolled = new CompletableFuture<>();
        nodes.enroll("host", "i", Map.of(), 1, new NodeRegistry.Outcome() {
            @Override
            public void enrolled(Node node, String nodeKey) {
                enrolled.complete(nodeKey);
            }

            @Override
            public void failed(String reason) {
                enrolled.completeExceptionally(new AssertionError(reason));
            }
        });
        key = enrolled.get(30, TimeUnit.SECONDS);
        OsqueryApi.route(
                ROUTER,
                new Everything(),
                nodes,
                EnrollSecrets.of(Set.of(SECRET), null),
                new AgentConfig(AgentOptions.of(1, Map.of()), Decorators.NONE),
                carves);
    }

    @AfterAll
    static void close() {
        carves.close();
        nodes.close();
    }

    /** A request with a good key: its path by the first byte, gzip by the highest bit of that; the rest is the body. */
    @FuzzTest(maxDuration = "5m")
    void bodies(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        String path = PATHS.get((input[0] & 0x7f) % PATHS.size());
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(body));
        request.headers().set("Authorization", "NodeKey " + key).set("Content-Length", body.length);
        if (input[0] < 0) {
            request.headers().set("Content-Encoding", "gzip");
        }
        EmbeddedChannel channel = new EmbeddedChannel(new RequestCollector(ROUTER, BUDGET));
        channel.writeInbound(request);
        if (!path.equals("/enroll") && !path.startsWith("/carve")) { // those answer from a thread of their own
            assertEquals(1, answers(channel));
        }
        end(channel);
    }

    /** Bytes as a connection brings them, TLS taken off. */
    @FuzzTest(maxDuration = "5m")
    void streams(byte[] input) throws IOException {
        EmbeddedChannel channel =
                new EmbeddedChannel(new HttpServerCodec(8192, 16384, 65536), new RequestCollector(ROUTER, BUDGET));
        int half = input.length / 2;
        channel.writeInbound(Unpooled.copiedBuffer(input, 0, half));
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(input, half, input.length - half));
        }
        end(channel);
    }

    private static int answers(EmbeddedChannel channel) throws IOException {
        int count = 0;
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof FullHttpResponse answer && answer.status().code() != 100) {
                byte[] body = new byte[answer.content().readableBytes()];
                answer.content().readBytes(body);
                assertTrue(JSON.readTree(body).isObject(), () -> new String(body, StandardCharsets.UTF_8));
                assertNotEquals(500, answer.status().code());
                count++;
            }
            ReferenceCountUtil.release(out);
        }
        return count;
    }

    private static void end(EmbeddedChannel channel) throws IOException {
        if (channel.pipeline().get(HttpServerCodec.class) == null) {
            answers(channel);
        }
        channel.finishAndReleaseAll();
        assertTrue(BUDGET.take(1), "memory is left taken");
        BUDGET.give(1);
    }

    /** An engine that is never busy. */
    private static final class Everything implements Reception {
        private final HostSchedule schedule = new ScheduleBook(
                        new Subscriptions(), new HostGroups(), QueryPacks.NONE, false, q -> "")
                .of("host", List.of(), Set.of());

        @Override
        public double now() {
            return 1;
        }

        @Override
        public void seen(Node node) {}

        @Override
        public HostSchedule schedule(Node node) {
            return schedule;
        }

        @Override
        public void deliver(LogBatch batch, ResultJournal.Outcome outcome) {
            outcome.stored(0);
        }

        @Override
        public void refusedLines(Node node, long lines, @Nullable String reason) {
            assertTrue(lines > 0 && reason != null);
        }

        @Override
        public Map<String, String> questions(Node node) {
            return Map.of("q", "SELECT 1");
        }

        @Override
        public boolean hasRoom(long bytes) {
            return true;
        }

        @Override
        public void answer(Node node, String id, List<ResultRow> rows, @Nullable String error, long bytes) {
            rows.forEach(row -> assertEquals(row.columns().size(), row.values().size()));
        }
    }
}
