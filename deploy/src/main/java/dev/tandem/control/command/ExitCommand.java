package dev.tandem.control.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code exit} and {@code quit}: the prompt ends; anywhere else they do nothing. */
@Command(name = "exit", aliases = "quit", description = "Exit shell")
public final class ExitCommand implements Callable<Integer> {
    /** What the prompt ends by. */
    public static final int EXIT = -1;

    private final Session session;

    ExitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.isInteractive() ? EXIT : 0;
    }
}
