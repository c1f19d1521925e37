package dev.tandem.control.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs another program to its end, but not longer than it is given. */
public final class Command {
    /**
     * How it ended.
     *
     * @param output both what it printed and its messages
     */
    public record Result(boolean ok, String output) {}

    private Command() {}

    /** @param directory to run in; must be there
     * @param most how long it may take; null for as long as it does */
    public static Result run(
            Path directory, Map<String, String> environment, @Nullable Duration most, List<String> line)
            throws InterruptedException {
        return run(directory, environment, most, line, "");
    }

    /** @param input what it reads on standard input */
    public static Result run(
            Path directory, Map<String, String> environment, @Nullable Duration most, List<String> line, String input)
            throws InterruptedException {
        Path in = null;
        Path out = null;
        try {
            in = Files.createTempFile("tandemctl", ".in");
            out = Files.createTempFile("tandemctl", ".out");
            Files.writeString(in, input);
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                String tooLong = "";
                if (most == null) {
                    process.waitFor();
                } else if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                    tooLong = "did not end within " + most.toSeconds() + " s";
                }
                String text = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
                return new Result(tooLong.isEmpty() && process.exitValue() == 0, text + tooLong);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new Result(false, String.valueOf(e.getMessage()));
        } finally {
            delete(in);
            delete(out);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Left to whoever clears the temporary directory.
            }
        }
    }
}
