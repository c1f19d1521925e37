package dev.tandem.control.node;

import dev.tandem.control.config.Node;
import dev.tandem.control.config.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nodes as units {@code tandem@NODE.service} of systemd, which restarts them by itself. In charge of the prefix that the
 * installed unit names, where systemd runs.
 */
final class SystemdUnits implements NodeProcesses {
    private static final Path BOOTED = Path.of("/run/systemd/system"); // sd_booted(3)
    private static final List<Path> UNITS = List.of(
            Path.of("/etc/systemd/system/tandem@.service"),
            Path.of("/lib/systemd/system/tandem@.service"),
            Path.of("/usr/lib/systemd/system/tandem@.service"));
    private static final Duration MOST = Duration.ofSeconds(30);

    private static final String MOST_LINES = "1000";
    private static final Pattern INVOCATION = Pattern.compile("\"_SYSTEMD_INVOCATION_ID\"\\s*:\\s*\"([0-9a-f]{32})\"");

    /** Runs systemd's own programs. */
    @FunctionalInterface
    interface Runner {
        Command.Result run(List<String> line) throws InterruptedException;
    }

    private final Site site;
    private final Runner runner;

    SystemdUnits(Site site) {
        this(site, line -> Command.run(site.spool(), Map.of(), MOST, line));
    }

    SystemdUnits(Site site, Runner runner) {
        this.site = site;
        this.runner = runner;
    }

    /** By the option Supervisor: {@code systemd}, {@code own}, or {@code auto} to find out. */
    static boolean isInCharge(Site site) {
        return switch (site.config().text(Option.Supervisor).toLowerCase(Locale.ROOT)) {
            case "systemd" -> true;
            case "own" -> false;
            default -> Files.isDirectory(BOOTED) && UNITS.stream().anyMatch(unit -> names(unit, site.prefix()));
        };
    }

    private static boolean names(Path unit, Path prefix) {
        try {
            return Files.readString(unit).lines().anyMatch(line -> line.equals("Environment=TANDEM_PREFIX=" + prefix));
        } catch (IOException e) {
            return false;
        }
    }

    private static String unit(Node node) {
        return "tandem@" + node.name() + ".service";
    }

    private Command.Result systemctl(String... arguments) throws InterruptedException {
        return program("systemctl", arguments);
    }

    private Command.Result program(String name, String... arguments) throws InterruptedException {
        List<String> line = new ArrayList<>(List.of(name));
        line.addAll(List.of(arguments));
        return runner.run(line);
    }

    private void order(String verb, Node node) throws IOException, InterruptedException {
        Command.Result result = systemctl(verb, "--no-block", unit(node));
        if (!result.ok()) {
            throw new IOException("systemctl " + verb + " " + unit(node) + ": "
                    + result.output().strip());
        }
    }

    @Override
    public ProcessHandle start(Node node) throws IOException, InterruptedException {
        systemctl("enable", "--quiet", unit(node)); // so that it is there again after the machine starts
        order("start", node);
        long end = System.nanoTime() + MOST.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<ProcessHandle> process = running(node);
            if (process.isPresent()) {
                site.states().process(node, process.get());
                return process.get();
            }
            Thread.sleep(100);
        }
        throw new IOException(unit(node) + " has no process; see journalctl -u " + unit(node));
    }

    @Override
    public void stop(Node node) throws IOException, InterruptedException {
        systemctl("disable", "--quiet", unit(node));
        order("stop", node);
    }

    @Override
    public void kill(Node node) throws IOException, InterruptedException {
        systemctl("kill", "--signal=SIGKILL", unit(node));
        order("stop", node);
    }

    @Override
    public Optional<ProcessHandle> running(Node node) {
        try {
            Command.Result result = systemctl("show", "--property=MainPID", "--value", unit(node));
            String pid = result.output().strip();
            return result.ok() && pid.matches("[1-9][0-9]*") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** From the journal, of the last run that said anything: one may have been started since. */
    @Override
    public void fetchMessages(Node node) throws InterruptedException {
        program("journalctl", "--sync");
        Command.Result last =
                program("journalctl", "-q", "--no-pager", "-n", "1", "-o", "json", "_SYSTEMD_UNIT=" + unit(node));
        Matcher run = INVOCATION.matcher(last.output());
        if (!last.ok() || !run.find()) {
            return;
        }
        Command.Result said = program(
                "journalctl",
                "-q",
                "--no-pager",
                "-o",
                "cat",
                "-n",
                MOST_LINES,
                "_SYSTEMD_INVOCATION_ID=" + run.group(1));
        try {
            Files.writeString(site.directory(node).resolve("stderr.log"), said.output());
        } catch (IOException e) {
            site.console().warn("no messages of " + node + ": " + e);
        }
    }

    @Override
    public void watch() {
        // Restart= in the unit does.
    }
}
