package dev.tandem.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs {@code bin/tandemctl} on a prefix, as a user does. */
final class SensorRunner {
    private static final long MOST_SECONDS = 60;
    private static final long LOOK_MILLIS = 50;

    /** How a command ended. */
    record Result(int status, String out, String err) {}

    private final Path prefix;
    private final Path outputs;

    /** @param folder in which the prefix is made */
    SensorRunner(Path folder) {
        prefix = folder.resolve("sensor");
        outputs = folder;
    }

    Path prefix() {
        return prefix;
    }

    /** Does a command to its end. */
    Result run(String... command) {
        return run(DaemonRunner.CHECKOUT.resolve("bin/tandemctl"), withPrefix(command));
    }

    private List<String> withPrefix(String... command) {
        List<String> line = new ArrayList<>(List.of("--prefix", prefix.toString()));
        line.addAll(List.of(command));
        return line;
    }

    /** Runs some program to its end. */
    Result run(Path program, List<String> arguments) {
        Path out = outputs.resolve("command.out");
        Path err = outputs.resolve("command.err");
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("ZEEK") || name.startsWith("TANDEM"));
            builder.environment().put("TZ", "UTC");
            Process process = builder.start();
            try {
                if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(line + " has not ended after " + MOST_SECONDS + " s: "
                            + Files.readString(out) + Files.readString(err));
                }
                return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Replaces a line of a configuration file that begins with some text, or adds it. */
    void configure(String file, String beginning, String line) {
        Path path = prefix.resolve(file);
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(path));
            lines.removeIf(old -> old.startsWith(beginning));
            lines.add(line);
            Files.write(path, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds text to a file. */
    void append(String file, String text) {
        try {
            Files.writeString(prefix.resolve(file), text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(prefix.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for something that another process does. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("still not so: " + what);
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
