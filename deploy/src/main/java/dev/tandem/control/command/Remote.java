package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.config.OwnHost;
import dev.tandem.control.node.Command;
import dev.tandem.control.node.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes on other hosts: reached by ssh, and given what is installed by rsync, as broctl does. */
final class Remote {
    private Remote() {}

    /** A command line that runs another on a node's host, without ever asking for a password. */
    static List<String> ssh(Site site, Node node, List<String> command) {
        List<String> line = new ArrayList<>(List.of(
                "ssh",
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=" + site.answerTime().toSeconds(),
                node.host()));
        line.addAll(command);
        return line;
    }

    /**
     * Has the nodes of other hosts done with there what is done here with this host's: each host once, by its own tandemctl, with
     * the configuration that was installed there. What it prints is printed, but for a table's head, which is here already.
     *
     * @param words a command and its arguments before the names of nodes
     * @return false when a host could not be reached or something failed there
     */
    static boolean run(Site site, List<Node> nodes, List<String> words) throws InterruptedException {
        Map<String, List<Node>> byHost = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (!node.isLocal()) {
                byHost.computeIfAbsent(node.host(), host -> new ArrayList<>()).add(node);
            }
        }
        boolean ok = true;
        for (Map.Entry<String, List<Node>> there : byHost.entrySet()) {
            List<String> line = tandemctl(site, there.getKey(), words, there.getValue());
            Command.Result result = Command.run(
                    site.prefix(),
                    Map.of(),
                    site.commandTime(),
                    ssh(site, there.getValue().getFirst(), line));
            ok &= result.ok();
            String text = result.output().stripTrailing().replaceFirst("^Name +Type[^\n]*\n?", "");
            if (result.ok() || !text.isEmpty()) {
                text.lines().forEach(site.console()::info);
            } else {
                site.console().error(there.getKey() + ": " + words.getFirst() + " failed there");
            }
        }
        return ok;
    }

    /**
     * What calls the tandemctl of another host for its nodes, as words for the shell there.
     *
     * @param host by which node.cfg calls it; it may not know itself by that name
     */
    static List<String> tandemctl(Site site, String host, List<String> words, List<Node> nodes) {
        List<String> line = new ArrayList<>(List.of(
                "env",
                OwnHost.VARIABLE + "=" + quoted(host),
                quoted(site.home().resolve("bin/tandemctl").toString()),
                "--prefix",
                quoted(site.prefix().toString())));
        words.forEach(word -> line.add(quoted(word)));
        nodes.forEach(node -> line.add(quoted(node.name())));
        return line;
    }

    /** For the shell of the other host. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Sends what has been installed to all other hosts; false when one could not be reached. */
    static boolean update(Site site) throws InterruptedException {
        Set<String> hosts = new LinkedHashSet<>();
        site.nodes().all().stream().filter(node -> !node.isLocal()).forEach(node -> hosts.add(node.host()));
        if (hosts.isEmpty()) {
            return true;
        }
        site.console().info("updating nodes ...");
        boolean ok = true;
        for (String host : hosts) {
            for (Path directory : List.of(site.home(), site.prefix().resolve("etc"), site.installed())) {
                List<String> line = List.of(
                        "rsync",
                        "-rRl",
                        "--delete",
                        "-e",
                        "ssh -o BatchMode=yes -o ConnectTimeout="
                                + site.answerTime().toSeconds(),
                        directory + "/",
                        host + ":/");
                Command.Result result = Command.run(Path.of("/"), Map.of(), site.commandTime(), line);
                if (!result.ok()) {
                    site.console()
                            .error("cannot update " + host + ": "
                                    + result.output().strip());
                    ok = false;
                    break;
                }
            }
        }
        return ok;
    }
}
