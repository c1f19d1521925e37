package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.config.NodeType;
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

/**
 * {@code process}: a trace with the configuration of the first worker, or of the standalone node, by the scripts not yet installed
 * (zeekctl {@code control.py}). Takes as long as the trace does.
 */
@picocli.CommandLine.Command(
        name = "process",
        description = "Run Tandem with options and scripts on trace: TRACE [OPTION...] [-- SCRIPT...]")
final class ProcessCommand extends SiteCommand {
    @Parameters(paramLabel = "TRACE [OPTION...] [-- SCRIPT...]", arity = "1..*", description = "trace file, and more")
    private List<String> words = new ArrayList<>();

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
        Node node = site.nodes().all().stream()
                .filter(one -> one.type() == NodeType.WORKER)
                .findFirst()
                .orElse(site.nodes().logNode());
        Path directory = site.temporary().resolve("testing");
        Directories.delete(directory);
        Path generated = Files.createDirectories(directory.resolve(".auto"));
        new GeneratedScripts(site).write(generated, null);
        NodeCommandLine command = new NodeCommandLine(site, node);
        List<String> line = new ArrayList<>(List.of("-r", trace.toString()));
        // Without the mark all are options, and scripts may be among them.
        List<String> own = words.subList(1, words.size());
        int mark = own.indexOf("--");
        line.addAll(mark < 0 ? own : own.subList(0, mark));
        List<String> whole = command.offline(line);
        whole.add("Log::default_rotation_interval=0secs");
        whole.addAll(mark < 0 ? List.of() : own.subList(mark + 1, own.size()));
        Command.Result result = Command.run(directory, command.environment(site.sitePolicy(), generated), null, whole);
        if (!result.output().isBlank()) {
            site.console().info(result.output().stripTrailing());
        }
        site.console().info("\n### Tandem output in " + directory);
        return result.ok();
    }
}
