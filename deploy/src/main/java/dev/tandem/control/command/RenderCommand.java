package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Directories;
import dev.tandem.control.node.GeneratedScripts;
import dev.tandem.control.node.Site;
import dev.tandem.control.node.StartScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code render}: what {@code install} would put on each host, for Ansible and the like to take there. */
@Command(name = "render", description = "Write what would be installed on each host to a directory")
final class RenderCommand extends SiteCommand {
    @Parameters(paramLabel = "DIR", description = "is made; one that is there is to be empty")
    private Path target = Path.of("");

    RenderCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean run(Site site) throws IOException, ConfigException {
        if (!Directories.list(target).isEmpty()) {
            site.console().error(target + " is not empty");
            return false;
        }
        for (Node node : site.nodes().all()) {
            Path host = target.resolve(node.host());
            Path root = host.resolve(Path.of("/").relativize(site.installed()).toString());
            Path generated = Files.createDirectories(root.resolve("auto"));
            if (Directories.list(generated).isEmpty()) {
                new GeneratedScripts(site).write(generated, null);
                if (Files.isDirectory(site.sitePolicy())) {
                    Directories.copy(site.sitePolicy(), root.resolve("site"));
                }
            }
            StartScript.write(site, node, StartScript.below(root, node));
            site.console().info("rendered " + node + " to " + host);
        }
        return true;
    }
}
