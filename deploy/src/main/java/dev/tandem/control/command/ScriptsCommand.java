package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.ScriptCheck;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts}. */
@Command(name = "scripts", description = "List the scripts the nodes will load")
final class ScriptsCommand extends NodesCommand {
    @Option(names = "-c", description = "the originals, not those that are installed")
    private boolean originals;

    ScriptsCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws IOException, ConfigException, InterruptedException {
        return new ScriptCheck(site).list(nodes, !originals && site.isInstalled());
    }

    @Override
    boolean isDoneHere() {
        return true;
    }
}
