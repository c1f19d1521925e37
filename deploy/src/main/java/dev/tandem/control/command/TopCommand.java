package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.config.NodeType;
import dev.tandem.control.node.NodeProcesses;
import dev.tandem.control.node.ProcessUsage;
import dev.tandem.control.node.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code top}: once, with processor use over a short while. */
@Command(name = "top", description = "Show Tandem processes ala top")
final class TopCommand extends NodesCommand {
    private static final long MEASURED_MILLIS = 500;

    TopCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws InterruptedException {
        boolean isWide = nodes.stream().anyMatch(node -> node.type() == NodeType.STANDALONE);
        String begin = isWide ? "%-12s %-10s %-13s " : "%-12s %-7s %-16s ";
        NodeProcesses processes = NodeProcesses.of(site);
        Map<Node, ProcessUsage> before = new HashMap<>();
        for (Node node : nodes) {
            usage(processes, node).ifPresent(use -> before.put(node, use));
        }
        long start = System.nanoTime();
        if (!before.isEmpty()) {
            Thread.sleep(MEASURED_MILLIS);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        site.console()
                .info(String.format(begin, "Name", "Type", "Host")
                        + String.format("%-7s %-6s %-4s %-5s %s", "Pid", "VSize", "Rss", "Cpu", "Cmd"));
        boolean ok = true;
        for (Node node : nodes) {
            String line = String.format(begin, node.name(), node.type().word(), node.host());
            Optional<ProcessUsage> now = usage(processes, node);
            ProcessUsage then = before.get(node);
            if (now.isEmpty() || then == null) {
                site.console().info(line + "<not running>");
                ok = false;
                continue;
            }
            ProcessUsage use = now.get();
            double cpu = 100.0 * (use.ticks() - then.ticks()) / ProcessUsage.TICKS_PER_SECOND / seconds;
            site.console()
                    .info(line
                            + String.format(
                                    Locale.ROOT,
                                    "%-7d %-6s %-4s %3.0f%%  %s",
                                    use.pid(),
                                    ProcessUsage.inUnits(use.virtualBytes()),
                                    ProcessUsage.inUnits(use.residentBytes()),
                                    cpu,
                                    use.command()));
        }
        return ok;
    }

    private static Optional<ProcessUsage> usage(NodeProcesses processes, Node node) {
        return processes.running(node).flatMap(process -> ProcessUsage.of(process.pid()));
    }
}
