package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.node.Installation;
import dev.tandem.control.node.Site;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code install}. */
@Command(name = "install", description = "Update tandemctl installation/configuration")
final class InstallCommand extends SiteCommand {
    @Option(names = "--local", description = "on this host only")
    private boolean local;

    InstallCommand(Session session) {
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
        new Installation(site).install();
        return local || Remote.update(site);
    }
}
