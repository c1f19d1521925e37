package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.node.Directories;
import dev.tandem.control.node.NodeProcesses;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cleanup}: of nodes that do not run. */
@Command(name = "cleanup", description = "Delete working dirs (flush state) on nodes")
final class CleanupCommand extends NodesCommand {
    @Option(names = "--all", description = "also what crashed nodes left and other temporary files")
    private boolean all;

    CleanupCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean changes() {
        return true;
    }

    @Override
    List<String> wordsBeforeNames() {
        return all ? List.of("cleanup", "--all") : List.of("cleanup");
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws IOException {
        return clean(site, nodes, all);
    }

    static boolean clean(Site site, List<Node> nodes, boolean temporaryToo) throws IOException {
        site.console().info("cleaning up nodes ...");
        NodeProcesses processes = NodeProcesses.of(site);
        for (Node node : nodes) {
            if (processes.running(node).isPresent()) {
                site.console().info("   " + node + " is still running, not cleaning work directory");
                continue;
            }
            Directories.delete(site.directory(node));
            site.makeDirectories(node);
            site.states().forgetProcess(node);
            site.states().crashed(node, false);
        }
        if (temporaryToo) {
            site.console().info("cleaning " + site.temporary() + " ...");
            Directories.delete(site.temporary());
            Files.createDirectories(site.temporary());
        }
        return true;
    }
}
