package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.InterfaceCounters;
import dev.tandem.control.node.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code capstats}: what the interfaces receive, by the kernel's counters. */
@Command(name = "capstats", description = "Report interface statistics with capstats")
final class CapstatsCommand extends SiteCommand {
    private static final int DEFAULT_SECONDS = 10;
    private static final int MOST_SECONDS = 3600;

    @Parameters(
            paramLabel = "[NODE...] [SECONDS]",
            arity = "0..*",
            completionCandidates = NodeNames.class,
            description = "whose interfaces, and over how many seconds (10)")
    private List<String> words = new ArrayList<>();

    CapstatsCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean run(Site site) throws ConfigException, InterruptedException {
        List<String> names = new ArrayList<>(words);
        int seconds = DEFAULT_SECONDS;
        if (!names.isEmpty() && names.getLast().matches("[0-9]{1,6}")) {
            seconds = Math.clamp(Integer.parseInt(names.removeLast()), 1, MOST_SECONDS);
        }
        Map<String, InterfaceCounters> before = new LinkedHashMap<>();
        boolean ok = true;
        for (Node node : site.nodes().select(names)) {
            for (String name : node.networkInterface().split(",")) {
                String device = name.strip().replaceFirst("^.*::", "");
                if (device.isEmpty() || !node.isLocal()) {
                    continue;
                }
                Optional<InterfaceCounters> counters = InterfaceCounters.of(device);
                if (counters.isEmpty()) {
                    site.console().error("no interface " + device + " on this host");
                    ok = false;
                } else {
                    before.put(device, counters.get());
                }
            }
        }
        Thread.sleep(seconds * 1000L);
        show(site, before, seconds);
        return ok;
    }

    private static void show(Site site, Map<String, InterfaceCounters> before, int seconds) {
        site.console()
                .info(String.format(
                        "%-21s %-10s %-10s (%ds average)\n%s", "Interface", "kpps", "mbps", seconds, "-".repeat(40)));
        double kpps = 0;
        double mbps = 0;
        for (Map.Entry<String, InterfaceCounters> e : before.entrySet()) {
            Optional<InterfaceCounters> now = InterfaceCounters.of(e.getKey());
            if (now.isEmpty()) {
                continue;
            }
            double k = (now.get().packets() - e.getValue().packets()) / 1e3 / seconds;
            double m = (now.get().bytes() - e.getValue().bytes()) * 8 / 1e6 / seconds;
            kpps += k;
            mbps += m;
            site.console().info(row("localhost/" + e.getKey(), k, m));
        }
        if (before.size() > 1) {
            site.console().info("\n" + row("Total", kpps, mbps));
        }
    }

    private static String row(String name, double kpps, double mbps) {
        return String.format(Locale.ROOT, "%-21s %-10.1f %-10.1f", name, kpps, mbps)
                .stripTrailing();
    }
}
