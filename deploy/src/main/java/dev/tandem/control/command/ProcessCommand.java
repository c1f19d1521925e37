package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.node.Command;
import dev.tandem.control.node.Directories;
import dev.tandem.control.node.GeneratedScripts;
import dev.tandem.control.node.NodeCommandLine;
import dev.tandem.control.node.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code process}: a trace with the configuration of the first node that captures, by the scripts not yet installed. */
@picocli.CommandLine.Command(
        name = "process",
        description = "Run Tandem with options and scripts on trace: TRACE [OPTION...] [-- SCRIPT...]")
final class ProcessCommand extends SiteCommand {
    @Parameters(paramLabel = "TRACE [OPTION...] [-- SCRIPT...]", arity = "1..*", description = "trace file, and more")
    private List<String> words = new ArrayList<>();

    @Unmatched
    private List<String> options = new ArrayList<>();

    ProcessCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean run(Site site) throws IOException, ConfigException, InterruptedException {
        Path trace = Path.of(words.getFirst()).toAbsolutePath();
        if (!Files.isReadable(trace)) {
            site.console().error("cannot read trace file: " + trace);
            return false;
        }
        Node node = site.nodes().all().getLast();
        Path directory = site.temporary().resolve("testing");
        Directories.delete(directory);
        Path generated = Files.createDirectories(directory.resolve(".auto"));
        new GeneratedScripts(site).write(generated, null);
        NodeCommandLine command = new NodeCommandLine(site, node);
        List<String> line = new ArrayList<>(List.of("-r", trace.toString()));
        line.addAll(options);
        List<String> whole = command.offline(line);
        whole.add("Log::default_rotation_interval=0secs");
        whole.addAll(words.subList(1, words.size()));
        Command.Result result =
                Command.run(directory, command.environment(site.sitePolicy(), generated), site.commandTime(), whole);
        if (!result.output().isBlank()) {
            site.console().info(result.output().stripTrailing());
        }
        site.console().info("\n### Tandem output in " + directory);
        return result.ok();
    }
}
