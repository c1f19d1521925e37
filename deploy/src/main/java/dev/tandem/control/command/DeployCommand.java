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

/** {@code deploy}: check, install, restart; nothing is touched when the check fails. */
@Command(name = "deploy", description = "Check, install, and restart")
final class DeployCommand extends SiteCommand {
    DeployCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean changes() {
        return true;
    }

    @Override
    protected boolean warns() {
        return false;
    }

    @Override
    protected boolean run(Site site) throws IOException, ConfigException, InterruptedException {
        site.console().info("checking configurations ...");
        if (!new ScriptCheck(site).areGood(site.nodes().all())) {
            return false;
        }
        site.console().info("installing ...");
        new Installation(site).install();
        if (!Remote.update(site)) {
            return false;
        }
        NodeControl control = new NodeControl(site);
        site.console().info("stopping ...");
        List<Node> all = site.nodes().all();
        List<Node> own = all.stream().filter(Node::isLocal).toList();
        boolean ok = Remote.run(site, all, List.of("stop"));
        ok &= control.stop(own);
        site.console().info("starting ...");
        ok &= control.start(own);
        return Remote.run(site, all, List.of("start")) && ok;
    }
}
