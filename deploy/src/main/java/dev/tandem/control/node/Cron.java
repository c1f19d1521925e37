package dev.tandem.control.node;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.ExpireInterval;
import dev.tandem.control.config.Node;
import dev.tandem.control.config.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is to be done now and then: restart crashed nodes, note what they use, expire old logs and crash reports, watch the
 * disk. The supervisor does it by itself; without one, {@code tandemctl cron} from cron. For the holder of the lock.
 */
public final class Cron {
    private static final String DISABLED = "cron-disabled";

    private final Site site;
    private final NodeControl control;

    public Cron(Site site, NodeControl control) {
        this.site = site;
        this.control = control;
    }

    public static boolean isEnabled(Site site) {
        return site.states().get(DISABLED) == null;
    }

    public static void enable(Site site, boolean yes) {
        site.states().set(DISABLED, yes ? null : "true");
    }

    /** @param restart whether to start crashed nodes again */
    public void run(boolean restart) throws IOException, InterruptedException {
        if (!isEnabled(site)) {
            return;
        }
        if (restart) {
            for (Node node : site.nodes().all()) {
                if (node.isLocal()
                        && site.states().isExpectedToRun(node)
                        && control.processes().running(node).isEmpty()) {
                    control.revive(node);
                }
            }
        }
        noteUsage();
        expireLogs();
        expireCrashes();
        StatsLog.expire(site, site.config().number(Option.StatsLogExpireInterval));
        checkDisk();
    }

    private void noteUsage() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Node node : site.nodes().all()) {
            control.processes()
                    .running(node)
                    .flatMap(process -> ProcessUsage.of(process.pid()))
                    .ifPresent(use -> {
                        lines.add(node + " parent pid " + use.pid());
                        lines.add(node + " parent vsize " + use.virtualBytes());
                        lines.add(node + " parent rss " + use.residentBytes());
                        lines.add(node + " parent cpu "
                                + String.format(
                                        Locale.ROOT, "%.2f", use.ticks() / (double) ProcessUsage.TICKS_PER_SECOND));
                        lines.add(node + " parent cmd " + use.command());
                    });
        }
        StatsLog.append(site, lines);
    }

    private void expireLogs() throws IOException {
        Duration keep;
        try {
            keep = ExpireInterval.parse(site.config().text(Option.LogExpireInterval), "LogExpireInterval");
        } catch (ConfigException e) {
            site.console().error(String.valueOf(e.getMessage()));
            return;
        }
        if (keep.isZero()) {
            return;
        }
        Instant oldest = Instant.now().minus(keep);
        for (Path day : Directories.list(site.logs())) {
            // Only the archive's own directories; whatever else lies here is somebody's.
            if (!day.getFileName().toString().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                continue;
            }
            for (Path log : Directories.list(day)) {
                if (Files.isRegularFile(log)
                        && Files.getLastModifiedTime(log).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(log);
                }
            }
            deleteIfEmpty(day);
        }
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        boolean isEmpty;
        try (Stream<Path> files = Files.list(directory)) {
            isEmpty = files.findAny().isEmpty();
        }
        if (isEmpty) {
            Files.deleteIfExists(directory);
        }
    }

    private void expireCrashes() throws IOException {
        int days = site.config().number(Option.CrashExpireInterval);
        if (days == 0) {
            return;
        }
        Instant oldest = Instant.now().minus(Duration.ofDays(days));
        for (Path directory : Directories.list(site.temporary())) {
            if (directory.getFileName().toString().startsWith("post-terminate-")
                    && Files.getLastModifiedTime(directory).toInstant().isBefore(oldest)) {
                Directories.delete(directory);
            }
        }
    }

    private void checkDisk() throws IOException, InterruptedException {
        int least = site.config().number(Option.MinDiskSpace);
        if (least == 0) {
            return;
        }
        DiskSpace disk = DiskSpace.of(site.spool());
        double used = disk.unusable();
        String known = "disk-low";
        if (used <= 100 - least) {
            site.states().set(known, null);
        } else if (site.states().get(known) == null) {
            site.states().set(known, "true"); // told once, until there is room again
            String text =
                    String.format(Locale.ROOT, "Disk space low on localhost:%s - %.1f%% used.", disk.name(), used);
            site.console().warn(text);
            new Mail(site).send(text, text);
        }
    }
}
