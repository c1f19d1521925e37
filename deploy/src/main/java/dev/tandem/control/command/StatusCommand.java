package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.config.NodeType;
import dev.tandem.control.config.Option;
import dev.tandem.control.node.NodeProcesses;
import dev.tandem.control.node.NodeStatus;
import dev.tandem.control.node.Site;
import dev.tandem.program.TimeFormat;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code status}: succeeds only when all nodes run, as broctl's. Asks no node, so none can hold it up. */
@Command(name = "status", description = "Summarize node status")
final class StatusCommand extends NodesCommand {
    StatusCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(Site site, List<Node> nodes) {
        NodeProcesses processes = NodeProcesses.of(site);
        // A standalone node's type is a longer word.
        boolean isWide = nodes.stream().anyMatch(node -> node.type() == NodeType.STANDALONE);
        String stopped = isWide ? "%-12s %-10s %-13s %s" : "%-12s %-7s %-16s %s";
        String running = isWide ? "%-12s %-10s %-13s %-9s %-6s %s" : "%-12s %-7s %-16s %-9s %-6s %s";
        site.console().info(String.format(running, "Name", "Type", "Host", "Status", "Pid", "Started"));
        TimeFormat format = new TimeFormat(site.config().text(Option.TimeFmt), ZoneId.systemDefault());
        boolean ok = true;
        for (Node node : nodes) {
            NodeStatus status = NodeStatus.of(site, processes, node);
            ok &= status.isRunning();
            if (status.pid() == 0) {
                site.console()
                        .info(String.format(stopped, node.name(), node.type().word(), node.host(), status.status()));
            } else {
                String started =
                        status.started().map(time -> format.format(time)).orElse("???");
                site.console()
                        .info(String.format(
                                running,
                                node.name(),
                                node.type().word(),
                                node.host(),
                                status.status(),
                                Long.toString(status.pid()),
                                started));
            }
        }
        return ok;
    }
}
