package dev.tandem.control.command;

import dev.tandem.control.node.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: one line a command, as broctl's; or all of one command. */
@Command(name = "help", description = "Print this, or all about a command")
final class HelpCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "what to explain")
    private String command = "";

    HelpCommand(Session session) {
        console = session.console();
    }

    @Override
    public Integer call() {
        CommandLine all = spec.root().commandLine();
        CommandLine one = all.getSubcommands().get(command);
        if (one != null) {
            one.usage(console.out());
            return 0;
        }
        if (!command.isEmpty()) {
            console.error("unknown command '" + command + "'");
            return 1;
        }
        console.info("\ntandemctl\n");
        all.getSubcommands().forEach((name, line) -> {
            if (!line.getCommandSpec().usageMessage().hidden()) {
                StringBuilder synopsis = new StringBuilder(name);
                line.getCommandSpec()
                        .positionalParameters()
                        .forEach(p -> synopsis.append(' ')
                                .append(
                                        p.arity().min() == 0 && !p.paramLabel().startsWith("[")
                                                ? "[" + p.paramLabel() + "]"
                                                : p.paramLabel()));
                console.info(String.format(
                        "  %-40s - %s",
                        synopsis,
                        String.join(" ", line.getCommandSpec().usageMessage().description())));
            }
        });
        console.info("");
        return 0;
    }
}
