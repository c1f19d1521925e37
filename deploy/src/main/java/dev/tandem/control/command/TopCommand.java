package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.config.NodeType;
import dev.tandem.control.node.NodeProcesses;
import dev.tandem.control.node.ProcessUsage;
import dev.tandem.control.node.Site;
import dev.tandem.control.node.ThreadUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code top}: once, with processor use over a short while; of a sharded node, of its engines too. */
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
        Map<Node, List<ThreadUsage>> enginesBefore = new HashMap<>();
        for (Node node : nodes) {
            usage(processes, node).ifPresent(use -> before.put(node, use));
            enginesBefore.put(node, engines(node, before.get(node)));
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
            double cpu = percent(use.ticks() - then.ticks(), seconds);
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
            Map<String, Long> engineTicks = enginesBefore.getOrDefault(node, List.of()).stream()
                    .collect(Collectors.toMap(ThreadUsage::name, ThreadUsage::ticks, (a, b) -> a));
            for (ThreadUsage engine : engines(node, use)) {
                long ticks = engine.ticks() - engineTicks.getOrDefault(engine.name(), engine.ticks());
                site.console()
                        .info(String.format(begin, engine.name(), "engine", node.host())
                                + String.format(
                                        Locale.ROOT,
                                        "%-7d %-6s %-4s %3.0f%%  %s",
                                        engine.id(),
                                        "-",
                                        "-",
                                        percent(ticks, seconds),
                                        node.name()));
            }
        }
        return ok;
    }

    private static double percent(long ticks, double seconds) {
        return 100.0 * ticks / ProcessUsage.TICKS_PER_SECOND / seconds;
    }

    /** Of a node whose process has several engines, each of which has a thread of its name. */
    private static List<ThreadUsage> engines(Node node, @Nullable ProcessUsage process) {
        return node.shards() == 1 || process == null
                ? List.of()
                : ThreadUsage.of(process.pid()).stream()
                        .filter(thread -> thread.name().matches("manager|worker-1-[0-9]+"))
                        .toList();
    }

    private static Optional<ProcessUsage> usage(NodeProcesses processes, Node node) {
        return processes.running(node).flatMap(process -> ProcessUsage.of(process.pid()));
    }
}
