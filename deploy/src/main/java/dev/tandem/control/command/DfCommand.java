package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.node.DiskSpace;
import dev.tandem.control.node.ProcessUsage;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code df}: each disk that the prefix is on once. */
@Command(name = "df", description = "Print nodes' current disk usage")
final class DfCommand extends NodesCommand {
    DfCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(Site site, List<Node> nodes) throws IOException {
        site.console().info(String.format("%27s  %15s  %-5s  %-5s  %-5s", "", "", "total", "avail", "capacity"));
        Set<String> told = new HashSet<>();
        for (Node node : nodes) {
            for (Path path : List.of(site.logs(), site.spool(), site.prefix(), site.home())) {
                if (!node.isLocal() || !Files.exists(path)) {
                    continue;
                }
                DiskSpace disk = DiskSpace.of(path);
                if (told.add(node.host() + " " + disk.device())) {
                    site.console()
                            .info(String.format(
                                    Locale.ROOT,
                                    "%27s  %15s  %-5s  %-5s  %.1f %%",
                                    node + "/" + node.host(),
                                    disk.name(),
                                    ProcessUsage.inUnits(disk.total()),
                                    ProcessUsage.inUnits(disk.usable()),
                                    disk.used()));
                }
            }
        }
        return true;
    }
}
