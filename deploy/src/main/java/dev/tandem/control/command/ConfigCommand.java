package dev.tandem.control.command;

import dev.tandem.control.node.Site;
import picocli.CommandLine.Command;

/** {@code config}. */
@Command(name = "config", description = "Print tandemctl configuration")
final class ConfigCommand extends SiteCommand {
    ConfigCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean run(Site site) {
        site.config().all().forEach((key, value) -> site.console().info(key + " = " + value));
        return true;
    }
}
