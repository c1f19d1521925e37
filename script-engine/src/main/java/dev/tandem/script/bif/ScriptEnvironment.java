package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process environment as scripts see and change it, and the commands they run in it. Java cannot change its own
 * environment, so changes are kept here and given to those commands. Engine thread.
 */
public final class ScriptEnvironment {
    private static final String SHELL = "/bin/sh";

    private final Map<String, String> variables = new HashMap<>(System.getenv());
    private final Path directory;

    /** @param directory where commands run */
    public ScriptEnvironment(Path directory) {
        this.directory = directory;
    }

    /** Null when it is not set. */
    public @Nullable String get(String name) {
        return variables.get(name);
    }

    /** False when the name cannot be one. */
    public boolean set(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
            return false;
        }
        variables.put(name, value);
        return true;
    }

    /** A shell command that is ready to start: its streams are pipes unless the caller says otherwise. */
    public ProcessBuilder command(String command) {
        ProcessBuilder builder = new ProcessBuilder(List.of(SHELL, "-c", command));
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.directory(directory.toAbsolutePath().toFile());
        return builder;
    }

    private Process start(String command, Map<String, String> more, boolean withInput) throws IOException {
        ProcessBuilder builder = command(command);
        builder.environment().putAll(more);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        if (!withInput) {
            builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
        }
        return builder.start();
    }

    /**
     * Runs a command in the background, its output on standard error.
     *
     * @param more variables for this command only
     * @return the shell's exit status, -1 when it could not be started
     */
    public int run(String command, Map<String, String> more) {
        try {
            return start("(" + command + ") 1>&2 &", more, false).waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /**
     * Runs a command with input and waits for its end.
     *
     * @return false when it could not be started or did not read all
     */
    public boolean pipe(String command, Bytes input) {
        try {
            Process process = start(command, Map.of(), true);
            boolean written = true;
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.array());
            } catch (IOException e) {
                written = false;
            }
            process.waitFor();
            return written;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
