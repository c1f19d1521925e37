package dev.tandem.control.node;

import dev.tandem.control.config.Node;
import dev.tandem.control.config.Option;
import dev.tandem.core.storage.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code spool/stats.log}: lines {@code time node what key value}, as broctl's. */
public final class StatsLog {
    private StatsLog() {}

    static Path file(Site site) {
        return site.spool().resolve("stats.log");
    }

    /** Notes that something was done to a node. */
    static void action(Site site, Node node, String action) {
        append(site, List.of(node + " action " + action));
    }

    /** Adds lines, each without its time; a failure is told and costs these lines only. */
    static void append(Site site, List<String> lines) {
        if (!site.config().isOn(Option.StatsLogEnable)) {
            return;
        }
        String time = String.format(Locale.ROOT, "%.2f ", System.currentTimeMillis() / 1000.0);
        try {
            Files.createDirectories(site.spool());
            Files.write(
                    file(site),
                    lines.stream().map(line -> time + line).toList(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            site.console().error("cannot write " + file(site) + ": " + e.getMessage());
        }
    }

    /** Removes lines older than that many days. */
    static void expire(Site site, int days) throws IOException {
        Path file = file(site);
        if (days == 0 || !Files.exists(file)) {
            return;
        }
        double oldest = System.currentTimeMillis() / 1000.0 - days * 86400.0;
        WholeFile.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> time(line) >= oldest)
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()));
    }

    private static double time(String line) {
        try {
            return Double.parseDouble(line.split(" ", 2)[0]);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
