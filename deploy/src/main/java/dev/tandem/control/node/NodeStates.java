package dev.tandem.control.node;

import dev.tandem.control.config.Node;
import dev.tandem.core.storage.WholeFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What is to be remembered between commands: which nodes are to run, their processes, which crashed. A file that is replaced
 * whole, so reading needs no lock; writing is for the holder of the {@link SiteLock}.
 */
public final class NodeStates {
    /** starttime, the 22nd field, counted from the third. */
    private static final int START_FIELD = 19;

    private final Path file;

    NodeStates(Path file) {
        this.file = file;
    }

    private Properties read() {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            all.load(reader);
        } catch (NoSuchFileException e) {
            // Nothing has been started yet.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** A value; null when there is none. */
    public @Nullable String get(String key) {
        return read().getProperty(key);
    }

    /** @param value null removes it */
    public void set(String key, @Nullable String value) {
        Properties all = read();
        if (value == null) {
            all.remove(key);
        } else {
            all.setProperty(key, value);
        }
        try {
            Files.createDirectories(file.getParent());
            StringWriter text = new StringWriter();
            all.store(text, "Written by tandemctl.");
            WholeFile.write(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isExpectedToRun(Node node) {
        return Boolean.parseBoolean(get(node + "-expect-running"));
    }

    public void expectRunning(Node node, boolean yes) {
        set(node + "-expect-running", Boolean.toString(yes));
    }

    public boolean hasCrashed(Node node) {
        return Boolean.parseBoolean(get(node + "-crashed"));
    }

    public void crashed(Node node, boolean yes) {
        set(node + "-crashed", yes ? "true" : null);
    }

    /** Remembers a node's process; by its start time too, lest another process gets its number. */
    public void process(Node node, ProcessHandle process) {
        set(node + "-start", start(process));
        set(node + "-pid", Long.toString(process.pid()));
    }

    public void forgetProcess(Node node) {
        set(node + "-pid", null);
        set(node + "-start", null);
    }

    /** The process last started for a node and not seen to end, whether it runs or not. */
    public @Nullable Long pid(Node node) {
        String pid = get(node + "-pid");
        return pid == null ? null : Long.valueOf(pid);
    }

    /** The process that runs for a node; empty when there is none. */
    public Optional<ProcessHandle> running(Node node) {
        Long pid = pid(node);
        if (pid == null) {
            return Optional.empty();
        }
        String start = get(node + "-start");
        return ProcessHandle.of(pid).filter(p -> isAlive(p) && (start == null || start.equals(start(p))));
    }

    /** One that has ended but nobody has waited for (a zombie, where there is no init) counts as dead. */
    private static boolean isAlive(ProcessHandle process) {
        String[] stat = stat(process);
        return stat == null ? process.isAlive() : !stat[0].equals("Z");
    }

    /** When it started: in ticks since boot where /proc says so, since the time of day changes when the clock is set. */
    private static String start(ProcessHandle process) {
        String[] stat = stat(process);
        return stat == null
                ? process.info().startInstant().map(Object::toString).orElse("")
                : stat[START_FIELD];
    }

    /** The fields of /proc/PID/stat from the state on (proc_pid_stat(5)); null where there is no such file. */
    private static String @Nullable [] stat(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            return fields.length > START_FIELD ? fields : null;
        } catch (IOException e) {
            return null;
        }
    }
}
