package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Installation;
import dev.tandem.control.node.NodeControl;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code start}. Before the first install it installs, since there is nothing to start without. */
@Command(name = "start", description = "Start processing")
final class StartCommand extends NodesCommand {
    StartCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean changes() {
        return true;
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws IOException, ConfigException, InterruptedException {
        if (!site.isInstalled()) {
            new Installation(site).install();
        }
        return new NodeControl(site).start(nodes);
    }
}
