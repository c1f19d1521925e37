package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.result.ResultRow;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a host's answers to what it was asked once. Statuses, messages and statistics came to osquery one after the other, and
 * may be missing. A host that has no answer from us sends the same again; what nobody waits for is thrown away.
 */
final class DistributedWriteHandler extends NodeHandler {
    private static final int MOST_BODY_BYTES = 100 << 20;

    private final Reception reception;

    DistributedWriteHandler(Reception reception, NodeGate gate) {
        super(gate, (int) Math.min(MOST_BODY_BYTES, Runtime.getRuntime().maxMemory() / 16));
        this.reception = reception;
    }

    @Override
    void handle(Node node, ObjectNode body, Request request, Reply reply) {
        if (!reception.hasRoom(request.body().length)) {
            reply.refuse(HttpResponseStatus.SERVICE_UNAVAILABLE, "busy");
            return;
        }
        int answers = Math.max(1, body.path("queries").size());
        long bytesEach = request.body().length / answers;
        body.path("queries")
                .properties()
                .forEach(query -> reception.answer(
                        node, query.getKey(), rows(query.getValue()), error(body, query.getKey()), bytesEach));
        // One that failed may have a status and no rows.
        body.path("statuses").properties().forEach(status -> {
            if (!body.path("queries").has(status.getKey())) {
                reception.answer(node, status.getKey(), List.of(), error(body, status.getKey()), 0);
            }
        });
        reply.json("{}");
    }

    private static @Nullable String error(ObjectNode body, String id) {
        long status = JsonBody.number(body.path("statuses"), id);
        if (status == 0) {
            return null;
        }
        String message = JsonBody.text(body.path("messages"), id);
        return message.isEmpty() ? "osquery status " + status : message;
    }

    private static List<ResultRow> rows(JsonNode rows) {
        List<ResultRow> all = new ArrayList<>();
        for (JsonNode row : rows) { // of anything but an array or object this is nothing
            if (row.isObject()) {
                List<String> columns = new ArrayList<>();
                List<@Nullable String> values = new ArrayList<>();
                row.properties().forEach(column -> {
                    columns.add(column.getKey());
                    values.add(
                            column.getValue().isNull()
                                    ? null
                                    : column.getValue().asText());
                });
                all.add(new ResultRow(columns, values));
            }
        }
        return all;
    }
}
