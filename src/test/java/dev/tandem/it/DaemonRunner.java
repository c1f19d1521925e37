package dev.tandem.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts {@code bin/tandem} as a user does: a process, in a directory of its own, where its logs go. */
final class DaemonRunner {
    /** The root of the checkout. */
    static final Path CHECKOUT = Path.of(System.getProperty("tandem.checkout", "../.."))
            .toAbsolutePath()
            .normalize();

    private static final long MOST_SECONDS = 120;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Path command = CHECKOUT.resolve("bin/tandem");
    private Path output;

    /** @param folder working directory of the runs */
    DaemonRunner(Path folder) {
        this.folder = folder;
        output = folder.resolve("stdout");
        // Runs this short end before the second compiler has paid.
        with("TANDEM_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    }

    /** Runs with a variable in the environment. */
    DaemonRunner with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs by another name than {@code bin/tandem}. */
    DaemonRunner by(Path link) {
        command = link;
        return this;
    }

    /** Sends standard output to a file that nobody reads. */
    DaemonRunner printingTo(Path file) {
        output = file;
        return this;
    }

    /**
     * How a run ended.
     *
     * @param status of the process
     * @param folder where the logs are
     */
    record Run(int status, String out, String err, Path folder) {
        /** What a log holds, by its name without {@code .log}. */
        LogFile log(String name) {
            return LogFile.read(folder.resolve(name + ".log"));
        }

        boolean hasLog(String name) {
            return Files.exists(folder.resolve(name + ".log"));
        }

        /** Kind and message of each notice; what the sensor says of itself when its machine is busy is not asked for. */
        List<String> notices() {
            return hasLog("notice")
                    ? log("notice").select("note", "msg").stream()
                            .filter(row -> !row.startsWith("PacketFilter::"))
                            .toList()
                    : List.of();
        }
    }

    /** Runs to the end, with nothing to read on standard input. */
    Run run(String... args) {
        return run(Path.of("/dev/null"), args);
    }

    /** Runs to the end, with a file for standard input. */
    Run run(Path input, String... args) {
        Process process = start(ProcessBuilder.Redirect.from(input.toFile()), args);
        try {
            return await(process);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts a run whose standard input is the process's output stream. Its output goes to files, see {@link #await}. */
    Process start(String... args) {
        return start(ProcessBuilder.Redirect.PIPE, args);
    }

    /** Waits for the end of a run. */
    Run await(Process process) {
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + MOST_SECONDS + " s; " + text("stderr"));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new Run(process.exitValue(), output.startsWith(folder) ? text("stdout") : "", text("stderr"), folder);
    }

    private Process start(ProcessBuilder.Redirect input, String... args) {
        List<String> line = new ArrayList<>();
        line.add(command.toString());
        line.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(input)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ZEEK") || name.startsWith("BRO"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String name) {
        try {
            return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
