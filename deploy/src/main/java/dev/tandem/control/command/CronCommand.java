package dev.tandem.control.command;

import dev.tandem.control.node.Cron;
import dev.tandem.control.node.NodeControl;
import dev.tandem.control.node.Site;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cron}: with no argument does what is to be done now and then, else switches that on or off. */
@Command(name = "cron", description = "Perform jobs intended to run from cron; enable, disable, or ? to ask")
final class CronCommand extends SiteCommand {
    @Parameters(paramLabel = "enable|disable|?", arity = "0..1", description = "whether the jobs are to be done")
    private String action = "";

    @Option(names = "--no-watch", description = "do not restart crashed nodes")
    private boolean noWatch;

    CronCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean changes() {
        return !action.equals("?");
    }

    @Override
    protected boolean warns() {
        return false;
    }

    @Override
    protected boolean run(Site site) throws IOException, InterruptedException {
        switch (action) {
            case "" -> new Cron(site, new NodeControl(site)).run(!noWatch);
            case "enable", "disable" -> Cron.enable(site, action.equals("enable"));
            case "?" -> site.console().info("cron " + (Cron.isEnabled(site) ? "enabled" : "disabled"));
            default -> {
                site.console().error("invalid cron argument");
                return false;
            }
        }
        return true;
    }
}
