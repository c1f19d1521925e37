package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.enroll.EnrollSecrets;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;
import dev.tandem.hostprotocol.server.RequestHandler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a host that knows a secret a key of its own. */
final class EnrollHandler implements RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EnrollHandler.class);
    private static final int MOST_BODY_BYTES = 256 * 1024;
    private static final int MOST_DETAILS = 256;
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_DETAIL = 1024;

    private final Reception reception;
    private final NodeRegistry nodes;
    private final EnrollSecrets secrets;

    EnrollHandler(Reception reception, NodeRegistry nodes, EnrollSecrets secrets) {
        this.reception = reception;
        this.nodes = nodes;
        this.secrets = secrets;
    }

    @Override
    public int mostBodyBytes() {
        return MOST_BODY_BYTES;
    }

    @Override
    public void handle(Request request, Reply reply) {
        ObjectNode body = JsonBody.object(request.body());
        if (body == null) {
            refuse(reply, "the body is no JSON object");
            return;
        }
        String peer = NodeGate.address(request.peer());
        String secret = JsonBody.text(body, "enroll_secret");
        if (!secrets.isGood(secret.isEmpty() ? secretOfQuery(request.query()) : secret)) {
            LOG.warn("a host at {} was not enrolled: wrong secret", peer);
            refuse(reply, "wrong enroll_secret");
            return;
        }
        Map<String, String> details = details(body.path("host_details"));
        String host = JsonBody.text(body, "host_identifier").strip();
        if (host.isEmpty()) {
            host = details.getOrDefault("system_info.uuid", "");
        }
        if (!isUsable(host)) {
            LOG.warn("a host at {} was not enrolled: its host_identifier is empty, too long or not printable", peer);
            refuse(reply, "host_identifier must be 1 to " + LONGEST_ID + " printable characters");
        } else if (nodes.isRevoked(host)) {
            LOG.warn("host {} at {} was not enrolled: it is revoked", host, peer);
            refuse(reply, "this host is revoked");
        } else {
            enroll(host, details, reply, peer);
        }
    }

    private void enroll(String host, Map<String, String> details, Reply reply, String peer) {
        String instance = details.getOrDefault("osquery_info.instance_id", "");
        nodes.enroll(host, instance, details, reception.now(), new NodeRegistry.Outcome() {
            @Override
            public void enrolled(Node node, String key) {
                node.seen(reception.now(), peer);
                reception.seen(node);
                reply.json("{\"node_key\":\"" + key + "\"}"); // of letters, digits, - and _
            }

            @Override
            public void failed(String reason) {
                refuse(reply, reason);
            }
        });
    }

    /** osquery looks at node_key alone here (osquery {@code remote/enroll/tls_enroll.cpp}). */
    private static void refuse(Reply reply, String reason) {
        ObjectNode refusal = JsonBody.MAPPER.createObjectNode();
        refusal.put("node_key", "").put("node_invalid", true).put("error", reason);
        reply.json(refusal.toString());
    }

    private static boolean isUsable(String host) {
        return !host.isEmpty()
                && host.length() <= LONGEST_ID
                && host.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
    }

    /** With {@code --tls_secret_always} it is there too. */
    private static String secretOfQuery(String query) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith("enroll_secret=")) {
                try {
                    return URLDecoder.decode(parameter.substring("enroll_secret=".length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return "";
                }
            }
        }
        return "";
    }

    private static Map<String, String> details(JsonNode tables) {
        Map<String, String> details = new LinkedHashMap<>();
        tables.properties()
                .forEach(table -> table.getValue().properties().forEach(column -> {
                    String value = column.getValue().asText("");
                    if (details.size() < MOST_DETAILS && value.length() <= LONGEST_DETAIL) {
                        details.put(table.getKey() + "." + column.getKey(), value);
                    }
                }));
        return details;
    }
}
