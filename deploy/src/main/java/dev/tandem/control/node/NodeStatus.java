package dev.tandem.control.node;

import dev.tandem.control.config.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a node is, from its process and its files alone, so that one that hangs does not hold up the answer.
 *
 * @param status running, stopped, crashed, initializing, terminating, or ???
 * @param pid 0 when it does not run
 * @param started empty when it does not run
 */
public record NodeStatus(Node node, String status, long pid, Optional<Instant> started) {
    public static NodeStatus of(Site site, NodeProcesses processes, Node node) {
        Optional<ProcessHandle> process = processes.running(node);
        if (process.isEmpty()) {
            NodeStates states = site.states();
            // One that is to run and does not has crashed, whether or not somebody has noticed yet.
            boolean hasCrashed = states.hasCrashed(node) || states.isExpectedToRun(node) && states.pid(node) != null;
            return new NodeStatus(node, hasCrashed ? "crashed" : "stopped", 0, Optional.empty());
        }
        Path directory = site.directory(node);
        String phase = firstWord(directory.resolve(".status"));
        Optional<Instant> started = process.get().info().startInstant();
        return new NodeStatus(
                node, phase.isEmpty() ? "initializing" : phase, process.get().pid(), started);
    }

    /** The first word of the status file in lower case; empty when there is none. */
    static String firstWord(Path file) {
        try {
            return Files.readString(file).strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "";
        }
    }

    public boolean isRunning() {
        return status.equals("running");
    }
}
