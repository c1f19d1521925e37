package dev.tandem.control.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Site;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code peerstatus}. */
@Command(name = "peerstatus", description = "Print status of nodes' remote connections")
final class PeerstatusCommand extends AskingCommand {
    PeerstatusCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws InterruptedException {
        return ask(site, nodes, "peerstatus", List.of());
    }

    @Override
    void answered(Site site, Node node, List<JsonNode> rows) {
        StringBuilder lines = new StringBuilder(String.format("%11s\n", node.name()));
        for (JsonNode row : rows) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%.6f peer=%s host=%s status=%s\n",
                    row.path("ts").asDouble(),
                    row.path("peer").asText(),
                    row.path("host").asText(),
                    row.path("status").asText()));
        }
        site.console().info(lines.toString());
    }

    @Override
    void failed(Site site, Node node, String why) {
        site.console().errorText(String.format("%11s   <error: %s>", node.name(), why));
    }
}
