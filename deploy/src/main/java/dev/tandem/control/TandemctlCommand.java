package dev.tandem.control;

import dev.tandem.control.command.Commands;
import dev.tandem.control.command.Session;
import dev.tandem.control.node.Console;
import dev.tandem.program.Version;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command {@code tandemctl}: with a command does it, without one asks for commands at a prompt ({@link Prompt}). Works
 * on a prefix, which is what {@code --prefix} or TANDEM_PREFIX says, or where Tandem is installed.
 */
@Command(
        name = "tandemctl",
        usageHelpAutoWidth = true,
        description = "Runs the nodes of a sensor: installs their configuration, starts, stops and watches them.",
        synopsisSubcommandLabel = "[COMMAND [ARGUMENT...]]")
public final class TandemctlCommand {
    private static final int FAILED = 1;

    @Option(
            names = "--prefix",
            paramLabel = "DIR",
            description = "whose nodes; by default what TANDEM_PREFIX says, or where Tandem is installed")
    private @Nullable Path prefix;

    @Option(
            names = {"-v", "--version"},
            description = "print the version and exit")
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            description = "print this and exit")
    private boolean help;

    private TandemctlCommand() {}

    /** Ends the process with 0 when the command did what it was asked, else 1. */
    public static void main(String[] args) {
        Console console = new Console(utf8(System.out), utf8(System.err));
        System.exit(run(args, console));
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** The whole command but for the end of the process. */
    static int run(String[] args, Console console) {
        TandemctlCommand own = new TandemctlCommand();
        CommandLine options = new CommandLine(own).setStopAtPositional(true).setUnmatchedArgumentsAllowed(true);
        List<String> rest;
        try {
            options.parseArgs(args);
            rest = new ArrayList<>(options.getUnmatchedArguments());
        } catch (CommandLine.ParameterException e) {
            console.error(String.valueOf(e.getMessage()));
            return FAILED;
        }
        if (own.version) {
            console.info("tandemctl version " + Version.NUMBER);
            return 0;
        }
        Path home =
                Path.of(System.getProperty("tandem.home", ".")).toAbsolutePath().normalize();
        Path prefix = own.prefix != null ? own.prefix : defaultPrefix(home);
        if (prefix == null && !own.help && !Commands.needsNoPrefix(rest)) {
            console.error(
                    "which sensor? Give its directory by --prefix DIR (it is set up if it is new) or TANDEM_PREFIX");
            return FAILED;
        }
        Session session = new Session(home, prefix == null ? home : prefix, console, rest.isEmpty());
        CommandLine line = commands(session);
        if (own.help) {
            line.usage(console.out());
            return 0;
        }
        return rest.isEmpty() ? new Prompt(session, line).run() : line.execute(rest.toArray(String[]::new));
    }

    /** Null when nothing says which, and Tandem is in no prefix. */
    private static @Nullable Path defaultPrefix(Path home) {
        String named = System.getenv("TANDEM_PREFIX");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        return Files.isDirectory(home.resolve("etc")) ? home : null;
    }

    /** The program with its commands, as the prompt and the shell's completion know it. */
    static CommandLine commands(Session session) {
        CommandLine line = Commands.addTo(new CommandLine(new TandemctlCommand()), session);
        line.setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(new CommandLine.RunLast())
                .setParameterExceptionHandler((e, args) -> {
                    session.console().error(String.valueOf(e.getMessage()));
                    return FAILED;
                })
                .setExecutionExceptionHandler((e, failed, parsed) -> {
                    session.console().error("internal error, please report it: " + e);
                    e.printStackTrace(session.console().err());
                    return FAILED;
                })
                .setOut(writer(session.console().out()))
                .setErr(writer(session.console().err()));
        // What exec is to run has options of its own, and so has the Tandem that process starts.
        line.getSubcommands()
                .forEach((name, command) -> command.setStopAtPositional(name.equals("exec") || name.equals("process")));
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
