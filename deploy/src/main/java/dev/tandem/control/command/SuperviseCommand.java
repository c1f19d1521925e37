package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.node.Site;
import dev.tandem.control.node.Supervisor;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code supervise}: what {@code start} leaves running where there is no systemd. */
@Command(name = "supervise", hidden = true, description = "Restart nodes that end by themselves, until all are stopped")
final class SuperviseCommand extends SiteCommand {
    SuperviseCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean warns() {
        return false;
    }

    @Override
    protected boolean run(Site site) throws IOException, ConfigException, InterruptedException {
        new Supervisor(session.home(), session.prefix(), session.console()).run();
        return true;
    }
}
