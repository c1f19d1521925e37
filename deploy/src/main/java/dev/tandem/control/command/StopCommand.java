package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.node.NodeControl;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code stop}. */
@Command(name = "stop", description = "Stop processing")
final class StopCommand extends NodesCommand {
    StopCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean changes() {
        return true;
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws IOException, InterruptedException {
        return new NodeControl(site).stop(nodes);
    }
}
