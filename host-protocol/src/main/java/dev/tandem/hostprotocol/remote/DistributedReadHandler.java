package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;
import java.util.Map;

/** Gives a host the questions it is to answer once. */
final class DistributedReadHandler extends NodeHandler {
    private static final int MOST_BODY_BYTES = 64 * 1024;

    /** Seconds for which a host that is asked something comes every 5 seconds: who asks tends to ask more. */
    private static final int ACCELERATE = 60;

    private final Reception reception;

    DistributedReadHandler(Reception reception, NodeGate gate) {
        super(gate, MOST_BODY_BYTES);
        this.reception = reception;
    }

    @Override
    void handle(Node node, ObjectNode body, Request request, Reply reply) {
        Map<String, String> questions = reception.questions(node);
        ObjectNode answer = JsonBody.MAPPER.createObjectNode();
        ObjectNode queries = answer.putObject("queries");
        questions.forEach(queries::put);
        if (!questions.isEmpty()) {
            answer.put("accelerate", ACCELERATE);
        }
        reply.json(answer.toString());
    }
}
