package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.node.Command;
import dev.tandem.control.node.Site;
import java.nio.file.Path;
import java.util.ArrayList;
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
