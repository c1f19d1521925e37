package dev.tandem.control.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Site;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code print}: the first word is the name of a global. */
@Command(name = "print", description = "Print values of script variable at nodes: ID [NODE...]")
final class PrintCommand extends AskingCommand {
    private String id = "";

    PrintCommand(Session session) {
        super(session);
    }

    @Override
    List<String> nodeNames(List<String> words) throws ConfigException {
        if (words.isEmpty()) {
            throw new ConfigException("print needs the name of a global: print ID [NODE...]");
        }
        id = words.getFirst();
        return words.subList(1, words.size());
    }

    @Override
    List<String> wordsBeforeNames() {
        return List.of("print", id);
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws InterruptedException {
        return ask(site, nodes, "print", List.of(id));
    }

    @Override
    void answered(Site site, Node node, List<JsonNode> rows) {
        for (JsonNode row : rows) {
            site.console()
                    .info(String.format(
                            "%12s   %s = %s",
                            node.name(),
                            row.path("name").asText(),
                            row.path("value").asText()));
        }
    }

    @Override
    void failed(Site site, Node node, String why) {
        site.console().errorText(String.format("%12s   <error: %s>", node.name(), why));
    }
}
