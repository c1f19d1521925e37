package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.ScriptCheck;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code check}: of the originals, before they are installed. */
@Command(name = "check", description = "Check configuration before installing it")
final class CheckCommand extends NodesCommand {
    CheckCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws IOException, ConfigException, InterruptedException {
        site.warnOfWithoutEffect();
        return new ScriptCheck(site).report(nodes);
    }

    @Override
    boolean isDoneHere() {
        return true;
    }
}
