package dev.tandem.daemon;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The command run in this process, with streams that can be looked at. */
final class Captured {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;
    private int status = -1;

    private Captured(String input, boolean typed) {
        this(input, typed, () -> null);
    }

    /** @param outFailure why standard output could not be written */
    Captured(String input, boolean typed, Supplier<@Nullable IOException> outFailure) {
        terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                typed,
                typed,
                outFailure);
    }

    Terminal terminal() {
        return terminal;
    }

    /** Nobody at the keyboard, and nothing to read. */
    static Terminal noTerminal() {
        return new Captured("", false).terminal;
    }

    /** Somebody at the keyboard. */
    static Terminal aTerminal() {
        return new Captured("", true).terminal;
    }

    static Captured run(String... args) {
        return run(new Captured("", false), args);
    }

    static Captured runAtTerminal(String... args) {
        return run(new Captured("", true), args);
    }

    private static Captured run(Captured captured, String... args) {
        captured.status = TandemCommand.run(args, captured.terminal, s -> {}, d -> {});
        return captured;
    }

    int status() {
        return status;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
