package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;

/** Gives a host its schedule. */
final class ConfigHandler extends NodeHandler {
    private static final int MOST_BODY_BYTES = 64 * 1024;

    private final Reception reception;
    private final AgentOptions options;
    private final String prefix;

    /** @param prefix of the API's paths, up to the last slash */
    ConfigHandler(Reception reception, NodeGate gate, AgentOptions options, String prefix) {
        super(gate, MOST_BODY_BYTES);
        this.reception = reception;
        this.options = options;
        this.prefix = prefix;
    }

    @Override
    void handle(Node node, ObjectNode body, Request request, Reply reply) {
        node.schedule();
        reply.json(ConfigDocument.text(reception.schedule(node), options, prefix, node.mostLines(options.mostLines())));
    }
}
