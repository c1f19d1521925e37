package dev.tandem.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code tandem --hosts} with a state directory under its working directory. */
final class HostDaemon implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening for hosts at .*:(\\d+)");
    private static final long START_SECONDS = 120;

    private final Path folder;
    private final DaemonRunner runner;
    private final Process process;
    private final int port;

    private HostDaemon(Path folder, DaemonRunner runner, Process process, int port) {
        this.folder = folder;
        this.runner = runner;
        this.process = process;
        this.port = port;
    }

    /** @param more arguments */
    static HostDaemon start(Path folder, String... more) throws IOException {
        return startAt(0, folder, more);
    }

    static HostDaemon startAt(int port, Path folder, String... more) throws IOException {
        return startAt(port, folder, new DaemonRunner(folder), more);
    }

    static HostDaemon startAt(int port, Path folder, DaemonRunner runner, String... more) throws IOException {
        Files.deleteIfExists(folder.resolve("stderr"));
        List<String> args = new ArrayList<>(List.of("--hosts", "127.0.0.1:" + port, "--state", "state"));
        args.addAll(List.of(more));
        Process process = runner.start(args.toArray(String[]::new));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < until) {
            Path messages = folder.resolve("stderr");
            Matcher found = LISTENING.matcher(Files.exists(messages) ? Files.readString(messages) : "");
            if (found.find()) {
                return new HostDaemon(folder, runner, process, Integer.parseInt(found.group(1)));
            }
            if (!process.isAlive()) {
                throw new AssertionError("did not start: " + Files.readString(messages));
            }
            pause();
        }
        process.destroyForcibly();
        throw new AssertionError("did not start in time");
    }

    int port() {
        return port;
    }

    AgentNetwork network(String... protocols) throws IOException {
        return new AgentNetwork(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port),
                folder.resolve("state/tls/ca.pem"),
                protocols);
    }

    String secret() throws IOException {
        return Files.readString(folder.resolve("state/enroll.secret")).strip();
    }

    /** Rows of a log so far; none when there is no log yet. */
    List<String> rows(String log) throws IOException {
        Path file = folder.resolve(log + ".log");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList()
                : List.of();
    }

    /** Waits for a log to have so many rows. */
    List<String> awaitRows(String log, int count) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (rows(log).size() < count && System.nanoTime() < until) {
            pause();
        }
        return rows(log);
    }

    /** The rows of which something is true, when there are so many, or after a minute those that there are. */
    List<String> awaitRows(String log, int count, Predicate<String> areThey) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            List<String> found = rows(log).stream().filter(areThey).toList();
            if (found.size() >= count || System.nanoTime() > until) {
                return found;
            }
            pause();
        }
    }

    /** Waits for a row of which something is true; a test that gets none fails. */
    void awaitRow(String log, Predicate<String> isIt) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (rows(log).stream().noneMatch(isIt)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("no such row in " + log + ".log: " + rows(log));
            }
            pause();
        }
    }

    /** Processor time that the server has used, seconds. */
    double cpuSeconds() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .map(d -> d.toNanos() / 1e9)
                .orElse(0.0);
    }

    long pid() {
        return process.pid();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As a power cut would, but for what the disk holds back. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends it in order. */
    DaemonRunner.Run stop() {
        process.destroy();
        return runner.await(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
