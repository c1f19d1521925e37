package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;
import dev.tandem.hostprotocol.server.RequestHandler;
import io.netty.handler.codec.http.HttpResponseStatus;

/** What the paths have in common that want a node's key in a small body. */
abstract class NodeHandler implements RequestHandler {
    private final NodeGate gate;
    private final int mostBodyBytes;

    NodeHandler(NodeGate gate, int mostBodyBytes) {
        this.gate = gate;
        this.mostBodyBytes = mostBodyBytes;
    }

    @Override
    public int mostBodyBytes() {
        return mostBodyBytes;
    }

    @Override
    public void handle(Request request, Reply reply) {
        ObjectNode body = JsonBody.object(request.body());
        if (body == null) {
            reply.refuse(HttpResponseStatus.BAD_REQUEST, "the body is no JSON object");
            return;
        }
        Node node = gate.node(request, JsonBody.text(body, "node_key"));
        if (node == null) {
            reply.json(JsonBody.NODE_INVALID);
        } else {
            handle(node, body, request, reply);
        }
    }

    abstract void handle(Node node, ObjectNode body, Request request, Reply reply);
}
