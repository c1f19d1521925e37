package dev.tandem.control.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.NodeProcesses;
import dev.tandem.control.node.Site;
import dev.tandem.control.socket.ControlException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A command that asks running nodes, all at once, so that one that hangs costs its time-out once and the others nothing.
 */
abstract class AskingCommand extends NodesCommand {
    AskingCommand(Session session) {
        super(session);
    }

    /** Shows what a node said. */
    abstract void answered(Site site, Node node, List<JsonNode> rows);

    /** Shows why a node said nothing. */
    abstract void failed(Site site, Node node, String why);

    /** Asks, and shows the answers in the order of the nodes; false when one did not answer. */
    final boolean ask(Site site, List<Node> nodes, String command, List<String> arguments) throws InterruptedException {
        NodeProcesses processes = NodeProcesses.of(site);
        Map<Node, Future<List<JsonNode>>> answers = new LinkedHashMap<>();
        boolean ok = true;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Node node : nodes) {
                answers.put(node, threads.submit(() -> {
                    if (node.isLocal() && processes.running(node).isEmpty()) {
                        throw new ControlException("not running");
                    }
                    return site.client(node).ask(site.answerTime(), command, arguments);
                }));
            }
            for (Map.Entry<Node, Future<List<JsonNode>>> answer : answers.entrySet()) {
                try {
                    answered(site, answer.getKey(), answer.getValue().get());
                } catch (ExecutionException e) {
                    Throwable cause = e.getCause() == null ? e : e.getCause();
                    failed(site, answer.getKey(), String.valueOf(cause.getMessage()));
                    ok = false;
                }
            }
        }
        return ok;
    }
}
