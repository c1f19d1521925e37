package dev.tandem.control.node;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.config.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches the nodes of a prefix where no systemd does: starts again those that ended by themselves, at once the first time
 * and then after pauses that double up to RestartBackoffMax, and does what {@code cron} does every CronInterval seconds.
 * A process of its own, one for a prefix, which ends when no node is to run any more. It reads the configuration anew every
 * time, and leaves alone what another command is at.
 */
public final class Supervisor {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** A node that ran for that long begins anew with short pauses. */
    private static final Duration STEADY = Duration.ofMinutes(5);

    private static final class Attempts {
        Duration pause = Duration.ZERO;
        long notBefore = System.nanoTime();
        long started = System.nanoTime();
    }

    private final Path home;
    private final Path prefix;
    private final Console console;
    private final Map<String, Attempts> attempts = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private long nextCron = System.nanoTime();

    public Supervisor(Path home, Path prefix, Console console) {
        this.home = home;
        this.prefix = prefix;
        this.console = console;
    }

    private static Path lock(Site site) {
        return site.spool().resolve("supervisor.lock");
    }

    /** Whether one watches this prefix. */
    static boolean isRunning(Site site) throws IOException, InterruptedException {
        try (SiteLock lock = SiteLock.take(lock(site), Duration.ZERO)) {
            return lock == null;
        }
    }

    /** Watches until no node is to run. Returns at once when there is another supervisor. */
    public void run() throws IOException, InterruptedException, ConfigException {
        Site first = Site.open(home, prefix, console);
        // The one that is about to end may hold it a moment longer.
        try (SiteLock lock = SiteLock.take(lock(first), Duration.ofSeconds(1))) {
            if (lock == null) {
                return;
            }
            nextCron = System.nanoTime() + cronInterval(first);
            Site site = first;
            while (isNeeded(site)) {
                Site now = site;
                guarded("watch", () -> look(now));
                Thread.sleep(LOOK);
                site = reread(site);
            }
        }
    }

    private boolean isNeeded(Site site) throws InterruptedException {
        boolean[] needed = {true}; // when nobody can say
        guarded("read what is to run", () -> {
            needed[0] = site.nodes().all().stream().anyMatch(site.states()::isExpectedToRun);
            return true;
        });
        return needed[0];
    }

    /** Something with the disk, which may be full or somebody else's for a time. */
    private interface Step {
        /** Returns false when there was nothing to do. */
        boolean run() throws IOException, InterruptedException;
    }

    /** What fails is told once, until it has gone well again, and tried again: a watch that ends watches nothing. */
    private void guarded(String what, Step step) throws InterruptedException {
        try {
            if (step.run()) {
                told.remove(what);
            }
        } catch (IOException | UncheckedIOException e) {
            if (told.add(what)) {
                console.error(now() + " cannot " + what + ": " + e + "; trying again");
            }
        }
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault()).withNano(0);
    }

    /** A configuration that is being edited is not to stop the watch. */
    private Site reread(Site last) {
        try {
            return Site.open(home, prefix, console);
        } catch (ConfigException e) {
            return last;
        }
    }

    private static long cronInterval(Site site) {
        return 1_000_000_000L * site.config().number(Option.CronInterval);
    }

    private boolean look(Site site) throws IOException, InterruptedException {
        NodeControl control = new NodeControl(site);
        boolean isCronDue = site.config().number(Option.CronInterval) > 0 && System.nanoTime() - nextCron >= 0;
        List<Node> dead = site.nodes().all().stream()
                .filter(node -> node.isLocal()
                        && site.states().isExpectedToRun(node)
                        && control.processes().running(node).isEmpty())
                .toList();
        if (dead.isEmpty() && !isCronDue) {
            return true;
        }
        // Held by whoever starts or stops nodes just now: then it is no crash.
        try (SiteLock lock = SiteLock.take(site, Duration.ZERO)) {
            if (lock == null) {
                return true;
            }
            for (Node node : dead) {
                if (site.states().isExpectedToRun(node)
                        && control.processes().running(node).isEmpty()) {
                    guarded("restart " + node, () -> revive(site, control, node));
                }
            }
            if (isCronDue) {
                nextCron = System.nanoTime() + cronInterval(site);
                guarded("do what cron does", () -> {
                    new Cron(site, control).run(false);
                    return true;
                });
            }
            return true;
        }
    }

    /** Returns false while it is too early. */
    private boolean revive(Site site, NodeControl control, Node node) throws IOException, InterruptedException {
        Attempts attempt = attempts.computeIfAbsent(node.name(), name -> new Attempts());
        long now = System.nanoTime();
        if (now - attempt.started >= STEADY.toNanos()) {
            attempt.pause = Duration.ZERO;
            attempt.notBefore = now;
        }
        if (now - attempt.notBefore < 0) {
            return false;
        }
        if (site.states().pid(node) != null) {
            String complaint = CrashReport.firstComplaint(site.directory(node));
            console.info(now() + " " + node + " crashed" + (complaint.isEmpty() ? "" : ": " + complaint));
            StatsLog.action(site, node, "crashed");
        }
        attempt.started = System.nanoTime();
        long most = site.config().number(Option.RestartBackoffMax);
        attempt.pause = attempt.pause.isZero() ? FIRST_PAUSE : attempt.pause.multipliedBy(2);
        if (attempt.pause.toSeconds() > most) {
            attempt.pause = Duration.ofSeconds(most);
        }
        try {
            control.revive(node);
        } finally {
            attempt.notBefore = System.nanoTime() + attempt.pause.toNanos();
        }
        return true;
    }
}
