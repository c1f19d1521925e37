package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.node.CrashReport;
import dev.tandem.control.node.NodeProcesses;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code diag}. */
@Command(name = "diag", description = "Output diagnostics for nodes")
final class DiagCommand extends NodesCommand {
    DiagCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws IOException, InterruptedException {
        NodeProcesses processes = NodeProcesses.of(site);
        for (Node node : nodes) {
            processes.fetchMessages(node);
            site.console().info("[" + node + "]\n");
            site.console().info(new CrashReport(site, node).text());
        }
        return true;
    }
}
