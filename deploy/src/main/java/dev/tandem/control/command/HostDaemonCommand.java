package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Console;
import dev.tandem.control.node.Site;
import dev.tandem.control.socket.ControlClient;
import dev.tandem.control.socket.ControlException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * A command on the daemon that hosts are connected to: the manager of the prefix, or one started by hand, whose state
 * directory {@code --state} names. Exit status 0 when it did what it was asked, else 1.
 */
abstract class HostDaemonCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    protected final Session session;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "state directory of the daemon to ask; by default the manager's of this prefix")
    private @Nullable Path state;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and exit")
    private boolean help;

    HostDaemonCommand(Session session) {
        this.session = session;
    }

    /** Whether the words of a command line name a daemon, so that no prefix is needed. */
    static boolean namesDaemon(List<String> words) {
        return words.stream().anyMatch(word -> word.equals("--state") || word.startsWith("--state="));
    }

    /** Asks, and shows the answer; false when it could not, and has said so. */
    abstract boolean run(ControlClient daemon, Console console) throws ControlException;

    @Override
    public Integer call() {
        try {
            return run(daemon(), session.console()) ? 0 : FAILED;
        } catch (ConfigException | ControlException e) {
            session.console().error(String.valueOf(e.getMessage()));
            return FAILED;
        }
    }

    private ControlClient daemon() throws ConfigException {
        if (state != null) {
            return new ControlClient(state);
        }
        Site site = session.open();
        Node manager = site.nodes().isStandalone()
                ? site.nodes().all().getFirst()
                : site.nodes().select(List.of("manager")).getFirst();
        return site.client(manager);
    }
}
