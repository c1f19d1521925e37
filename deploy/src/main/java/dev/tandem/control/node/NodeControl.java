package dev.tandem.control.node;

import dev.tandem.control.config.Node;
import dev.tandem.control.config.NodeType;
import dev.tandem.control.config.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Starts and stops nodes in order, with broctl's words (zeekctl {@code control.py}). For the holder of the lock. */
public final class NodeControl {
    private static final long LOOK_MILLIS = 50;
    private static final long KILLED_SECONDS = 15;

    private final Site site;
    private final Console console;
    private final NodeStates states;
    private final NodeProcesses processes;

    public NodeControl(Site site) {
        this.site = site;
        console = site.console();
        states = site.states();
        processes = NodeProcesses.of(site);
    }

    public NodeProcesses processes() {
        return processes;
    }

    /**
     * Starts those that do not run: loggers, manager, proxies, workers; not the next kind when one of the last failed. False
     * when not all run then, or none is of this host.
     */
    public boolean start(List<Node> all) throws IOException, InterruptedException {
        List<Node> nodes = here(all, "start");
        nodes.forEach(node -> states.expectRunning(node, true));
        boolean ok = all.isEmpty() || !nodes.isEmpty();
        for (List<Node> group : groups(nodes)) {
            ok = ok && startGroup(group);
        }
        if (!nodes.isEmpty()) {
            processes.watch();
        }
        return ok;
    }

    private boolean startGroup(List<Node> group) throws IOException, InterruptedException {
        console.info("starting " + describe(group) + " ...");
        List<Node> toStart =
                group.stream().filter(node -> processes.running(node).isEmpty()).toList();
        noteCrashes(toStart);
        reportCrashes(toStart);
        boolean ok = true;
        List<Node> started = new ArrayList<>();
        for (Node node : toStart) {
            try {
                // As node.cfg is now, which is how broctl starts nodes too.
                StartScript.write(site, node, StartScript.below(site.installed(), node));
                site.makeDirectories(node);
                new NodeCommandLine(site, node).note();
                Files.deleteIfExists(site.directory(node).resolve(".status"));
                processes.start(node);
                started.add(node);
            } catch (IOException e) {
                console.error("cannot start " + node + ": " + e.getMessage());
                ok = false;
            }
        }
        long end = System.nanoTime() + NodeProcesses.START_TIME.toNanos();
        for (Node node : started) {
            ok &= awaitRunning(node, end);
        }
        return ok;
    }

    private boolean awaitRunning(Node node, long end) throws InterruptedException {
        while (true) {
            NodeStatus status = NodeStatus.of(site, processes, node);
            if (status.isRunning()) {
                StatsLog.action(site, node, "started");
                return true;
            }
            if (status.pid() == 0) {
                // With the reason, for which others had to be asked: the first line is most often it.
                processes.fetchMessages(node);
                String complaint = CrashReport.firstComplaint(site.directory(node));
                console.info(node + " terminated immediately after starting; check output with \"diag\"");
                if (!complaint.isEmpty()) {
                    console.info("   " + complaint);
                }
                states.crashed(node, true);
                return false;
            }
            if (System.nanoTime() - end >= 0) {
                console.info("(" + node + " still initializing)");
                StatsLog.action(site, node, "started");
                return true;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /**
     * Those of this host. Of the others it is said where to go.
     *
     * @param verb what was to be done
     */
    private List<Node> here(List<Node> all, String verb) {
        for (Node node : all) {
            if (!node.isLocal()) {
                console.warn(node + " is on " + node.host() + ": " + verb + " it there");
            }
        }
        return all.stream().filter(Node::isLocal).toList();
    }

    /** Stops those that run: workers, proxies, manager, loggers; a crashed one is reset. False as {@link #start}. */
    public boolean stop(List<Node> all) throws IOException, InterruptedException {
        List<Node> nodes = here(all, "stop");
        nodes.forEach(node -> states.expectRunning(node, false));
        boolean ok = all.isEmpty() || !nodes.isEmpty();
        for (List<Node> group : groups(nodes).reversed()) {
            ok = ok && stopGroup(group);
        }
        return ok;
    }

    private boolean stopGroup(List<Node> group) throws IOException, InterruptedException {
        console.info("stopping " + describe(group) + " ...");
        noteCrashes(group);
        reportCrashes(group);
        List<Node> running = group.stream()
                .filter(node -> processes.running(node).isPresent())
                .toList();
        boolean ok = true;
        for (Node node : running) {
            processes.stop(node);
        }
        long end = System.nanoTime() + 1_000_000_000L * site.config().number(Option.StopTimeout);
        for (Node node : running) {
            ok &= awaitEnd(node, end);
        }
        return ok;
    }

    private boolean awaitEnd(Node node, long end) throws IOException, InterruptedException {
        if (!hasEnded(node, end)) {
            console.info(node + " did not terminate ... killing ...");
            processes.kill(node);
            if (!hasEnded(node, System.nanoTime() + KILLED_SECONDS * 1_000_000_000L)) {
                console.error(node + " cannot be killed");
                return false;
            }
        } else if (!NodeStatus.firstWord(site.directory(node).resolve(".status"))
                .equals("terminated")) {
            console.info(node + " crashed during shutdown");
            states.crashed(node, true);
            return false;
        }
        states.forgetProcess(node);
        StatsLog.action(site, node, "stopped");
        return true;
    }

    private boolean hasEnded(Node node, long end) throws InterruptedException {
        while (processes.running(node).isPresent()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /** Marks those whose process has gone without having been asked. */
    void noteCrashes(List<Node> nodes) {
        for (Node node : nodes) {
            if (states.pid(node) != null && processes.running(node).isEmpty()) {
                states.crashed(node, true);
            }
        }
    }

    /** Reports those that crashed and makes them ready to start. */
    private void reportCrashes(List<Node> nodes) throws IOException, InterruptedException {
        List<Node> crashed = nodes.stream().filter(states::hasCrashed).toList();
        if (crashed.isEmpty()) {
            return;
        }
        console.info("creating crash report for previously crashed nodes: "
                + crashed.stream().map(Node::name).collect(Collectors.joining(", ")));
        for (Node node : crashed) {
            reportCrash(node);
        }
    }

    /** Keeps what a crashed node left, and mails the report. */
    void reportCrash(Node node) throws IOException, InterruptedException {
        Long pid = states.pid(node);
        processes.fetchMessages(node);
        CrashReport report = new CrashReport(site, node);
        String text = report.text();
        report.keep(pid == null ? 0 : pid);
        states.forgetProcess(node);
        states.crashed(node, false);
        new Mail(site).send("Crash report from " + node, text);
    }

    private static List<List<Node>> groups(List<Node> nodes) {
        List<List<Node>> groups = new ArrayList<>();
        for (NodeType type : NodeType.values()) {
            List<Node> group =
                    nodes.stream().filter(node -> node.type() == type).toList();
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** As broctl names a group: a standalone node by its name, others by their kind. */
    private static String describe(List<Node> group) {
        NodeType type = group.getFirst().type();
        if (type == NodeType.STANDALONE) {
            return group.getFirst().name();
        }
        return group.size() == 1 ? type.word() : type.plural();
    }

    /** Restarts a node that crashed, for the supervisor and cron. */
    boolean revive(Node node) throws IOException, InterruptedException {
        Optional<ProcessHandle> process = processes.running(node);
        return process.isPresent() || startGroup(List.of(node));
    }
}
