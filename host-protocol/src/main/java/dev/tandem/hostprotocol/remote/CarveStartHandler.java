package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;

/** Begins a carve. */
final class CarveStartHandler extends NodeHandler {
    private static final int MOST_BODY_BYTES = 64 * 1024;

    private final CarveStore carves;

    CarveStartHandler(NodeGate gate, CarveStore carves) {
        super(gate, MOST_BODY_BYTES);
        this.carves = carves;
    }

    @Override
    void handle(Node node, ObjectNode body, Request request, Reply reply) {
        carves.later(reply, () -> begin(node, body, reply));
    }

    private void begin(Node node, ObjectNode body, Reply reply) {
        long blocks = JsonBody.number(body, "block_count");
        long blockBytes = JsonBody.number(body, "block_size");
        long bytes = JsonBody.number(body, "carve_size");
        String objection = carves.objection(blocks, blockBytes, bytes);
        if (objection != null) {
            reply.refuse(HttpResponseStatus.BAD_REQUEST, objection);
            return;
        }
        try {
            String session = carves.begin(node.hostId(), (int) blocks, (int) blockBytes);
            reply.json("{\"session_id\":\"" + session + "\"}"); // of letters, digits, - and _
        } catch (IOException e) {
            reply.refuse(HttpResponseStatus.INTERNAL_SERVER_ERROR, "cannot store");
        }
    }
}
