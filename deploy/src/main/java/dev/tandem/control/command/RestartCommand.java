package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Installation;
import dev.tandem.control.node.NodeControl;
import dev.tandem.control.node.ScriptCheck;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restart}; with --clean it is stop, cleanup, check, install, start. */
@Command(name = "restart", description = "Stop and then restart processing")
final class RestartCommand extends NodesCommand {
    @Option(names = "--clean", description = "in between, clear the nodes' directories, check and install")
    private boolean clean;

    RestartCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean changes() {
        return true;
    }

    /** What was checked and installed here is sent there before. */
    @Override
    List<String> wordsBeforeNames() {
        return List.of("restart");
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws IOException, ConfigException, InterruptedException {
        NodeControl control = new NodeControl(site);
        site.console().info("stopping ...");
        boolean ok = control.stop(nodes);
        if (clean) {
            CleanupCommand.clean(site, nodes, false);
            site.console().info("checking configurations ...");
            if (!new ScriptCheck(site).areGood(nodes)) {
                return false;
            }
            site.console().info("installing ...");
            new Installation(site).install();
            if (!Remote.update(site)) {
                return false;
            }
        }
        site.console().info("starting ...");
        return control.start(nodes) && ok;
    }
}
