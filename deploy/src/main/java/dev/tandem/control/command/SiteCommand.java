package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.node.Console;
import dev.tandem.control.node.Installation;
import dev.tandem.control.node.Site;
import dev.tandem.control.node.SiteLock;
import dev.tandem.control.socket.ControlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * A command on a prefix. Exit status 0 when it did what it was asked, else 1. A command that changes something holds the
 * prefix's lock meanwhile; one that only looks takes none, so that it answers whatever else is going on.
 */
public abstract class SiteCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;

    protected final Session session;

    protected SiteCommand(Session session) {
        this.session = session;
    }

    /** Does it; returns false when it could not, or not all, and has said so. */
    protected abstract boolean run(Site site)
            throws IOException, ConfigException, ControlException, InterruptedException;

    /** Whether it needs the lock. */
    protected boolean changes() {
        return false;
    }

    /** Whether to say first that an install is due. */
    protected boolean warns() {
        return true;
    }

    @Override
    public Integer call() {
        Console console = session.console();
        try {
            Site site = session.open();
            String warning = warns() ? new Installation(site).warning() : null;
            if (warning != null) {
                console.warn(warning);
            }
            return (changes() ? runLocked(site) : run(site)) ? OK : FAILED;
        } catch (ConfigException | ControlException e) {
            console.error(String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            // The message of a failed file operation is the file's name only.
            console.error(
                    e instanceof java.nio.file.FileSystemException ? e.toString() : String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            console.error("interrupted");
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    private boolean runLocked(Site site) throws IOException, ConfigException, ControlException, InterruptedException {
        Duration patience = site.commandTime();
        SiteLock lock = SiteLock.take(site, Duration.ofMillis(500));
        if (lock == null) {
            session.console().info("waiting for lock (owned by PID " + SiteLock.holder(site) + ") ...");
            lock = SiteLock.take(site, patience);
        }
        try (SiteLock held = lock) {
            if (held == null) {
                session.console()
                        .error("another tandemctl (PID " + SiteLock.holder(site) + ") is at work with " + site.prefix()
                                + " and has not finished within " + patience.toSeconds() + " s");
                return false;
            }
            return run(site);
        }
    }
}
