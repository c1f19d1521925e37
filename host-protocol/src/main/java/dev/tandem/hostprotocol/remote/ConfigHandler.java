package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;

/** Gives a host its schedule. */
final class ConfigHandler extends NodeHandler {
    private static final int MOST_BODY_BYTES = 64 * 1024;

    private final Reception reception;
    private final AgentConfig config;
    private final String prefix;

    /** @param prefix of the API's paths, up to the last slash */
    ConfigHandler(Reception reception, NodeGate gate, AgentConfig config, String prefix) {
        super(gate, MOST_BODY_BYTES);
        this.reception = reception;
        this.config = config;
        this.prefix = prefix;
    }

    @Override
    void handle(Node node, ObjectNode body, Request request, Reply reply) {
        node.schedule();
        reply.json(ConfigDocument.text(
                reception.schedule(node),
                config,
                prefix,
                node.mostLines(config.options().mostLines())));
    }
}
