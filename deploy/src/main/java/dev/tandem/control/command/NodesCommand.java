package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Site;
import dev.tandem.control.socket.ControlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command on some of a prefix's nodes, or all. */
abstract class NodesCommand extends SiteCommand {
    @Parameters(
            paramLabel = "NODE",
            arity = "0..*",
            completionCandidates = NodeNames.class,
            description = "names of nodes, or all, loggers, manager, proxies, workers; all when none is named")
    private List<String> names = new ArrayList<>();

    NodesCommand(Session session) {
        super(session);
    }

    @Override
    protected final boolean run(Site site) throws IOException, ConfigException, ControlException, InterruptedException {
        List<Node> chosen = site.nodes().select(nodeNames(names));
        if (isDoneHere()) {
            return run(site, chosen);
        }
        List<Node> own = chosen.stream().filter(Node::isLocal).toList();
        boolean ok = own.isEmpty() && !chosen.isEmpty() || run(site, own);
        return Remote.run(site, chosen, wordsBeforeNames()) && ok;
    }

    /** Whether it is no matter on which host a node is; otherwise each host does it for its own. */
    boolean isDoneHere() {
        return false;
    }

    /** The command and its options, as another host is to be given them. */
    List<String> wordsBeforeNames() {
        return List.of(getClass().getAnnotation(Command.class).name());
    }

    /** Which of the command's words are names of nodes: all of them. */
    List<String> nodeNames(List<String> words) throws ConfigException {
        return words;
    }

    /** As {@link SiteCommand#run(Site)}, with the nodes that were named. */
    abstract boolean run(Site site, List<Node> nodes)
            throws IOException, ConfigException, ControlException, InterruptedException;
}
