package dev.tandem.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.control.TandemctlCommand;
import dev.tandem.control.command.Commands;
import dev.tandem.control.command.Session;
import dev.tandem.control.node.Console;
import dev.tandem.cut.CutCommand;
import dev.tandem.daemon.TandemCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the programs take is in their man pages and in the completion for bash. */
final class ManualTest {
    private static String page(String name) throws IOException {
        return Files.readString(Path.of("../deploy/man", name)).replace("\\-", "-");
    }

    private static String completion(String name) throws IOException {
        return Files.readString(Path.of("../deploy/completion", name));
    }

    /** Those names of options that a text has not as words of their own. */
    private static List<String> missing(CommandSpec command, String text) {
        List<String> missing = new ArrayList<>();
        command.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> List.of(option.names()).stream())
                // As a word, which in a man page may begin after a font: \fB--name.
                .filter(name -> !Pattern.compile(
                                "(?<![A-Za-z0-9-])(\\\\f[BIR])?" + Pattern.quote(name) + "(?![A-Za-z0-9-])")
                        .matcher(text)
                        .find())
                .forEach(missing::add);
        return missing;
    }

    private static CommandLine control() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        CommandLine control = new CommandLine(TandemctlCommand.class);
        return Commands.addTo(control, new Session(Path.of("."), Path.of("."), new Console(nowhere, nowhere), false));
    }

    @Test
    void optionsOfTheDaemonAreInItsManual() throws IOException {
        CommandSpec tandem = CommandSpec.forAnnotatedObject(TandemCommand.class);
        assertEquals(List.of(), missing(tandem, page("tandem.8")));
        assertEquals(List.of(), missing(tandem, completion("tandem")));
    }

    @Test
    void optionsOfTheCutterAreInItsManual() throws IOException {
        CommandSpec cut = CommandSpec.forAnnotatedObject(CutCommand.class);
        assertEquals(List.of(), missing(cut, page("tandem-cut.1")));
    }

    @Test
    void commandsOfTheControlAndTheirOptionsAreInItsManual() throws IOException {
        String page = page("tandemctl.8");
        String completion = completion("tandemctl");
        List<String> missing = missing(control().getCommandSpec(), page);
        control().getSubcommands().forEach((name, command) -> {
            if (command.getCommandSpec().usageMessage().hidden()) {
                return;
            }
            Pattern word = Pattern.compile("(?m)^\\.BR? .*\\b" + name + "\\b");
            if (!word.matcher(page).find()) {
                missing.add(name + " in the manual");
            }
            if (!name.equals("quit")
                    && !name.equals("exit")
                    && !completion.contains(" " + name + " ")
                    && !completion.contains(" " + name + "\"")) {
                missing.add(name + " in the completion");
            }
            missing(command.getCommandSpec(), page).forEach(option -> missing.add(name + " " + option));
        });
        assertEquals(List.of(), missing);
    }
}
