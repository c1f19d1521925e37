package dev.tandem.control.node;

import dev.tandem.control.config.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes as processes of our own, in sessions of their own, so that they outlive the command and its terminal. */
final class OwnProcesses implements NodeProcesses {
    private final Site site;

    OwnProcesses(Site site) {
        this.site = site;
    }

    @Override
    public ProcessHandle start(Node node) throws IOException {
        Path directory = site.directory(node);
        Path script = StartScript.below(site.installed(), node);
        Files.writeString(directory.resolve(".startup"), System.currentTimeMillis() / 1000 + "\n");
        Process process = detached(
                List.of("/bin/sh", script.toString()),
                Map.of(),
                directory,
                directory.resolve("stdout.log"),
                directory.resolve("stderr.log"));
        Files.writeString(directory.resolve(".pid"), process.pid() + "\n");
        site.states().process(node, process.toHandle());
        return process.toHandle();
    }

    private static Process detached(
            List<String> line, Map<String, String> environment, Path directory, Path out, Path err) throws IOException {
        List<String> whole = new ArrayList<>(List.of("setsid"));
        whole.addAll(line);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Override
    public void stop(Node node) {
        running(node).ifPresent(ProcessHandle::destroy);
    }

    @Override
    public void kill(Node node) {
        running(node).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public Optional<ProcessHandle> running(Node node) {
        return site.states().running(node);
    }

    @Override
    public void fetchMessages(Node node) {
        // Its outputs are those files.
    }

    @Override
    public void watch() throws IOException, InterruptedException {
        if (Supervisor.isRunning(site)) {
            return;
        }
        List<String> line = List.of(
                site.home().resolve("bin/tandemctl").toString(),
                "--prefix",
                site.prefix().toString(),
                "supervise");
        Path log = site.spool().resolve("supervisor.log");
        // Little memory is enough for it, and it is to leave room for the nodes.
        Map<String, String> environment =
                Map.of("TANDEM_JAVA_OPTS", "-Xmx24m -Xss256k -XX:ReservedCodeCacheSize=8m -XX:MaxMetaspaceSize=32m");
        detached(line, environment, site.spool(), log, log);
    }
}
