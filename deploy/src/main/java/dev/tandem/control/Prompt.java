package dev.tandem.control;

import dev.tandem.control.command.Commands;
import dev.tandem.control.command.ExitCommand;
import dev.tandem.control.command.Session;
import dev.tandem.program.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;

/** Asks for commands until exit, quit or the end of the input; with history over sessions, and completion by tab. */
final class Prompt {
    private static final String TEXT = "[Tandem] > ";
    private static final int FAILED = 1;

    private final Session session;
    private final CommandLine commands;

    Prompt(Session session, CommandLine commands) {
        this.session = session;
        this.commands = commands;
    }

    /** Returns the status of the last command. */
    int run() {
        Commands.refreshCompletion(session);
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("tandemctl")
                    .variable(LineReader.HISTORY_FILE, history())
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .completer((lineReader, line, candidates) -> complete(line, candidates))
                    .build();
            session.console().info("\nWelcome to Tandem " + Version.NUMBER + "\n\nType \"help\" for help.\n");
            return loop(reader);
        } catch (IOException e) {
            session.console().error("no terminal: " + e.getMessage());
            return FAILED;
        }
    }

    private int loop(LineReader reader) {
        int status = 0;
        while (true) {
            List<String> words;
            try {
                reader.readLine(TEXT);
                words = reader.getParsedLine().words().stream()
                        .filter(word -> !word.isEmpty())
                        .toList();
            } catch (EndOfFileException e) {
                return status;
            } catch (UserInterruptException e) {
                continue;
            }
            if (words.isEmpty()) {
                continue;
            }
            int result = commands.execute(words.toArray(String[]::new));
            if (result == ExitCommand.EXIT) {
                return status;
            }
            status = result;
            Commands.refreshCompletion(session);
        }
    }

    private static Path history() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? "/tmp" : home, ".tandemctl_history");
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            commands.getSubcommands().forEach((name, command) -> {
                if (!command.getCommandSpec().usageMessage().hidden()) {
                    candidates.add(new Candidate(name));
                }
            });
            return;
        }
        CommandLine command = commands.getSubcommands().get(line.words().getFirst());
        if (command == null) {
            return;
        }
        command.getCommandSpec().options().forEach(option -> candidates.add(new Candidate(option.longestName())));
        command.getCommandSpec().positionalParameters().forEach(parameter -> {
            Iterable<String> names = parameter.completionCandidates();
            if (names != null) {
                names.forEach(name -> candidates.add(new Candidate(name)));
            }
        });
        if (line.words().getFirst().equals("help")) {
            commands.getSubcommands().keySet().forEach(name -> candidates.add(new Candidate(name)));
        }
    }
}
