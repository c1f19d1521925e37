package dev.tandem.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code tandem demo}: analyses the shipped capture with what its hosts said, by a second Tandem in a directory of its own as
 * a user would, then shows who was behind the connections of the {@code conn.log} that gave.
 */
@Command(
        name = "tandem demo",
        usageHelpAutoWidth = true,
        description = "Analyses the shipped capture with its hosts' results, and shows who was behind each connection.")
final class DemoCommand {
    private static final String CAPTURE = "capture.pcap.gz";
    private static final String RESULTS = "osquery.ndjson.gz";
    private static final String ARRIVAL = "osquery.arrival";

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "where the logs go, made when it is not there; by default a new temporary directory")
    private @Nullable Path directory;

    @Option(
            names = {"-h", "--help"},
            description = "print this and exit")
    private boolean help;

    private DemoCommand() {}

    /** @param args the whole command line, of which the first is {@code demo} */
    static int run(String[] args, Terminal terminal) {
        DemoCommand command = new DemoCommand();
        CommandLine line = TandemCommand.lineOf(command);
        try {
            line.parseArgs(Arrays.copyOfRange(args, 1, args.length));
            if (command.help) {
                line.usage(terminal.out());
                return Daemon.OK;
            }
            return command.replay(terminal);
        } catch (CommandLine.ParameterException e) {
            return TandemCommand.misused(terminal, "tandem demo", e);
        } catch (StartException | IOException e) {
            terminal.complain(String.valueOf(e.getMessage()));
            return Daemon.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Daemon.FAILED;
        }
    }

    private int replay(Terminal terminal) throws StartException, IOException, InterruptedException {
        String home = home();
        Path data = data(home);
        Path logs = logs();
        List<String> replay = List.of(
                "-r",
                data.resolve(CAPTURE).toString(),
                "--host-results",
                data.resolve(RESULTS).toString(),
                "--host-arrival",
                data.resolve(ARRIVAL).toString());
        terminal.out().println("$ tandem " + String.join(" ", replay));
        terminal.out().flush();
        List<String> command = new ArrayList<>(replay);
        command.addFirst(Path.of(home, "bin", "tandem").toString());
        Process child =
                new ProcessBuilder(command).directory(logs.toFile()).inheritIO().start();
        int status = child.waitFor();
        if (status != 0) {
            terminal.complain("the analysis ended with status " + status + "; its logs are in " + logs);
            return Daemon.FAILED;
        }
        Path connections = logs.resolve("conn.log");
        if (!Files.exists(connections)) {
            terminal.complain("the analysis wrote no conn.log in " + logs);
            return Daemon.FAILED;
        }
        terminal.out().println();
        new DemoTable(TsvLog.read(connections)).print(terminal.out());
        terminal.out().println("Logs: " + logs);
        terminal.out().flush();
        return Daemon.OK;
    }

    private static String home() throws StartException {
        String home = System.getProperty("tandem.home");
        if (home == null) {
            throw new StartException(
                    "the system property tandem.home does not say where the demo is; start bin/tandem");
        }
        return home;
    }

    /** In a source checkout, or in an installed layout. */
    private static Path data(String home) throws StartException {
        for (String folder : List.of("deploy/demo", "demo")) {
            Path candidate = Path.of(home).resolve(folder).toAbsolutePath();
            if (Files.isReadable(candidate.resolve(CAPTURE))) {
                return candidate;
            }
        }
        throw new StartException("no demo under " + home);
    }

    private Path logs() throws StartException, IOException {
        if (directory == null) {
            return Files.createTempDirectory("tandem-demo-");
        }
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new StartException(directory + ": Not a directory");
        }
        Files.createDirectories(directory);
        try (Stream<Path> inside = Files.list(directory)) {
            if (inside.findAny().isPresent()) {
                throw new StartException(directory + ": holds files already; name a new or an empty directory");
            }
        }
        return directory.toAbsolutePath();
    }
}
