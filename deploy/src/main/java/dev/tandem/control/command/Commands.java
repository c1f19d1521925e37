package dev.tandem.control.command;

import java.util.List;
import picocli.CommandLine;

/** All commands, in the order that help lists them. To add one: a class beside the others, and a line here. */
public final class Commands {
    private Commands() {}

    /** Gives them to the program. */
    public static CommandLine addTo(CommandLine program, Session session) {
        Object[] commands = {
            new CapstatsCommand(session),
            new CheckCommand(session),
            new CleanupCommand(session),
            new ConfigCommand(session),
            new CronCommand(session),
            new DeployCommand(session),
            new DfCommand(session),
            new DiagCommand(session),
            new ExecCommand(session),
            new ExitCommand(session),
            new HelpCommand(session),
            new HostsCommand(session),
            new InstallCommand(session),
            new NetstatsCommand(session),
            new ListNodesCommand(session),
            new OsqueryCommand(session),
            new PeerstatusCommand(session),
            new PrintCommand(session),
            new ProcessCommand(session),
            new QueryCommand(session),
            new RenderCommand(session),
            new RestartCommand(session),
            new ScriptsCommand(session),
            new StartCommand(session),
            new StatusCommand(session),
            new StopCommand(session),
            new SuperviseCommand(session),
            new TopCommand(session),
        };
        for (Object command : commands) {
            program.addSubcommand(withHelp(new CommandLine(command)));
        }
        return program;
    }

    private static CommandLine withHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("print this and exit")
                        .build());
        return command;
    }

    /** Whether a command line is about a daemon that it names, and needs no prefix. */
    public static boolean needsNoPrefix(List<String> words) {
        return HostDaemonCommand.namesDaemon(words);
    }

    /** Reads again what completion offers. */
    public static void refreshCompletion(Session session) {
        NodeNames.read(session);
    }
}
