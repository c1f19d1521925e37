package dev.tandem.control.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Site;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code netstats}. */
@Command(name = "netstats", description = "Print nodes' current packet counters")
final class NetstatsCommand extends AskingCommand {
    NetstatsCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws InterruptedException {
        return ask(site, capturing(nodes), "netstats", List.of());
    }

    /** Manager and proxies have no packets, unless they were asked for by name. */
    private static List<Node> capturing(List<Node> nodes) {
        List<Node> capturing = nodes.stream()
                .filter(node -> !node.networkInterface().isEmpty())
                .toList();
        return capturing.isEmpty() ? nodes : capturing;
    }

    @Override
    void answered(Site site, Node node, List<JsonNode> rows) {
        for (JsonNode row : rows) {
            site.console()
                    .info(String.format(
                            Locale.ROOT,
                            "%11s: %.6f recvd=%d dropped=%d link=%d",
                            row.path("engine")
                                    .asText(node.name()), // after its process, each engine that shares its packets
                            row.path("ts").asDouble(),
                            row.path("recvd").asLong(),
                            row.path("dropped").asLong(),
                            row.path("link").asLong()));
        }
    }

    @Override
    void failed(Site site, Node node, String why) {
        site.console().errorText(String.format("%11s: <error: %s>", node.name(), why));
    }
}
