package dev.tandem.control.command;

import dev.tandem.control.node.Site;
import picocli.CommandLine.Command;

/** {@code nodes}. */
@Command(name = "nodes", description = "Print node configuration")
final class ListNodesCommand extends SiteCommand {
    ListNodesCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean run(Site site) {
        site.nodes().all().forEach(node -> site.console().info(node.description()));
        return true;
    }
}
