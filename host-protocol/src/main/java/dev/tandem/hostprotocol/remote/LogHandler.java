package dev.tandem.hostprotocol.remote;

import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.result.JsonSpans;
import dev.tandem.hostprotocol.result.LineDecoder;
import dev.tandem.hostprotocol.result.LogBatch;
import dev.tandem.hostprotocol.result.ResultJournal;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;
import dev.tandem.hostprotocol.server.RequestHandler;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what hosts log. A batch is acknowledged when it is on disk. One with broken lines is taken without them: a host sends
 * a batch that is refused again and again, and everything behind it waits.
 */
final class LogHandler implements RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LogHandler.class);
    private static final int MOST_BYTES = 100 << 20;

    private final Reception reception;
    private final NodeGate gate;
    private final int mostBytes =
            (int) Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 16);

    /** One for each event loop: lines that follow each other share their texts. */
    private final ThreadLocal<LineDecoder> decoders = ThreadLocal.withInitial(LineDecoder::new);

    LogHandler(Reception reception, NodeGate gate) {
        this.reception = reception;
        this.gate = gate;
    }

    @Override
    public int mostBodyBytes() {
        return mostBytes;
    }

    /** What is looked for in a body. */
    private static final class Found {
        String nodeKey = "";
        String logType = "";
        int from = -1;
        int to;
    }

    @Override
    public void handle(Request request, Reply reply) {
        byte[] body;
        try {
            body = request.isGzipped() ? Gzip.unpack(request.body(), mostBytes) : request.body();
        } catch (Gzip.TooLong e) {
            tooLong(request, reply, String.valueOf(e.getMessage()));
            return;
        } catch (IOException e) {
            reply.refuse(HttpResponseStatus.BAD_REQUEST, "the body is not gzip, as its header says");
            return;
        }
        JsonSpans spans = new JsonSpans(body);
        Found found = new Found();
        boolean whole = spans.members((key, from, to) -> {
            switch (key) {
                case "node_key" -> found.nodeKey = text(body, from, to);
                case "log_type" -> found.logType = text(body, from, to);
                case "data" -> {
                    found.from = from;
                    found.to = to;
                }
                default -> {}
            }
        });
        if (!whole) {
            reply.refuse(HttpResponseStatus.BAD_REQUEST, "the body is no JSON object");
            return;
        }
        Node node = gate.node(request, found.nodeKey);
        if (node == null) {
            reply.json(JsonBody.NODE_INVALID);
            return;
        }
        List<byte[]> lines = new ArrayList<>();
        if (found.from >= 0
                && !spans.elements(found.from, found.to, (from, to) -> lines.add(Arrays.copyOfRange(body, from, to)))) {
            reply.refuse(HttpResponseStatus.BAD_REQUEST, "data is no array");
            return;
        }
        take(node, found.logType.equals("status"), lines, reply);
    }

    private void take(Node node, boolean status, List<byte[]> lines, Reply reply) {
        LineDecoder decoder = decoders.get();
        long before = decoder.refused();
        LogBatch batch = decoder.decode(node, reception.now(), status, lines);
        if (decoder.refused() > before) {
            reception.refusedLines(node, decoder.refused() - before, decoder.reason());
        }
        if (batch.lines() == 0) {
            reply.json("{}");
            return;
        }
        reception.deliver(batch, new ResultJournal.Outcome() {
            @Override
            public void stored(int duplicates) {
                reply.json("{}");
            }

            @Override
            public void failed(String reason) {
                reply.refuse(HttpResponseStatus.SERVICE_UNAVAILABLE, reason);
            }
        });
    }

    /** Refused, and the host is told by its configuration to send less: else it would send the same for ever. */
    private void tooLong(Request request, Reply reply, String reason) {
        byte[] start = Gzip.start(request.body());
        Found found = new Found();
        new JsonSpans(start).members((key, from, to) -> {
            if (key.equals("node_key")) {
                found.nodeKey = text(start, from, to);
            }
        });
        Node node = gate.node(request, found.nodeKey);
        if (node != null) {
            node.halveLines();
            LOG.warn(
                    "host {} sends more than {} bytes at once, it is told to send half as many lines",
                    node.hostId(),
                    mostBytes);
        }
        reply.refuse(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, reason);
    }

    /** A string without its quotes; keys and types have nothing in them that would be escaped. */
    private static String text(byte[] body, int from, int to) {
        return to - from >= 2 && body[from] == '"'
                ? new String(body, from + 1, to - from - 2, StandardCharsets.UTF_8)
                : "";
    }
}
