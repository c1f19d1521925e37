package dev.tandem.control.node;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads nodes' scripts as the nodes will, in a directory of its own, without running them. */
public final class ScriptCheck {
    private static final String LOADED = "loaded_scripts.log";

    private final Site site;

    public ScriptCheck(Site site) {
        this.site = site;
    }

    /** Says of each node whether its scripts are good. */
    public boolean report(List<Node> nodes) throws IOException, ConfigException, InterruptedException {
        boolean ok = true;
        for (Node node : nodes) {
            ok &= check(node, true);
        }
        return ok;
    }

    /** The same, but only of those whose scripts are not. */
    public boolean areGood(List<Node> nodes) throws IOException, ConfigException, InterruptedException {
        boolean ok = true;
        for (Node node : nodes) {
            ok &= check(node, false);
        }
        return ok;
    }

    private boolean check(Node node, boolean tellsGood) throws IOException, ConfigException, InterruptedException {
        Command.Result result = read(node, false, List.of("-a"));
        if (!result.ok()) {
            failed(node, result.output());
        } else if (tellsGood) {
            site.console().info(node + " scripts are ok.");
            // Warnings are worth reading too.
            if (!result.output().isBlank()) {
                site.console().errorText(result.output().stripTrailing());
            }
        }
        return result.ok();
    }

    private void failed(Node node, String why) {
        site.console().info(node + " scripts failed.");
        site.console().errorText(why.stripTrailing());
    }

    /** Lists the scripts of each node in the order they are read. */
    public boolean list(List<Node> nodes, boolean installed) throws IOException, ConfigException, InterruptedException {
        boolean ok = true;
        for (Node node : nodes) {
            Command.Result result = read(node, installed, List.of("misc/loaded-scripts"));
            Path log = directory(node).resolve(LOADED);
            if (!result.ok() || !Files.exists(log)) {
                failed(node, result.output());
                ok = false;
                continue;
            }
            site.console().info(node + " scripts are ok.");
            for (String line : Files.readAllLines(log)) {
                if (!line.startsWith("#")) {
                    site.console().info("  " + line);
                }
            }
        }
        return ok;
    }

    private Path directory(Node node) {
        return site.temporary().resolve("check-config-" + node);
    }

    private Command.Result read(Node node, boolean installed, List<String> options)
            throws IOException, ConfigException, InterruptedException {
        Path directory = directory(node);
        Directories.delete(directory);
        Files.createDirectories(directory);
        Path scripts = installed ? site.installed().resolve("site") : site.sitePolicy();
        Path generated = installed ? site.installed().resolve("auto") : directory;
        if (!installed) {
            new GeneratedScripts(site).write(generated, null);
        }
        NodeCommandLine command = new NodeCommandLine(site, node);
        List<String> line = new ArrayList<>(options);
        line.add("Log::default_rotation_interval=0secs");
        Map<String, String> environment = new LinkedHashMap<>(command.environment(scripts, generated));
        environment.put("TANDEMCTL_CHECK_CONFIG", "1");
        // A short run: the second compiler would cost more than it saves.
        environment.merge("TANDEM_JAVA_OPTS", "-XX:TieredStopAtLevel=1", (own, more) -> own + " " + more);
        return Command.run(directory, environment, site.commandTime(), command.offline(line));
    }
}
