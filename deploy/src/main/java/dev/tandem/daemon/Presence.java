package dev.tandem.daemon;

import dev.tandem.control.socket.ControlHandler;
import dev.tandem.control.socket.ControlServer;
import dev.tandem.control.socket.EngineTasks;
import dev.tandem.core.storage.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What others see of a run: its status file, its state directory with the pid file and the control socket, and what it tells
 * systemd. Engine thread, but for {@link #phase()}.
 */
final class Presence implements AutoCloseable {
    private static final String PID_FILE = "tandem.pid";

    private final @Nullable Path statusFile;
    private final @Nullable Path stateDirectory;
    private final ServiceNotifier service;
    private final Terminal terminal;
    private final EngineTasks tasks = new EngineTasks();
    private final List<ControlHandler> handlers = new ArrayList<>();
    private @Nullable ControlServer server;
    private volatile RunPhase phase = RunPhase.INITIALIZING;

    /**
     * @param statusFile null for none
     * @param stateDirectory null for none
     */
    Presence(@Nullable Path statusFile, @Nullable Path stateDirectory, ServiceNotifier service, Terminal terminal) {
        this.statusFile = statusFile;
        this.stateDirectory = stateDirectory;
        this.service = service;
        this.terminal = terminal;
    }

    /** Where other threads ask the engine's. */
    EngineTasks tasks() {
        return tasks;
    }

    /** Adds an answer of the control socket; before {@link #open}. */
    void handler(ControlHandler handler) {
        handlers.add(handler);
    }

    /** Any thread. */
    RunPhase phase() {
        return phase;
    }

    /**
     * Writes the pid file and takes commands, if there is a state directory.
     *
     * @throws IOException when another run has it, or it cannot be written
     */
    void open() throws IOException {
        if (stateDirectory == null) {
            return;
        }
        Files.createDirectories(stateDirectory);
        server = ControlServer.open(stateDirectory, handlers);
        Files.writeString(
                stateDirectory.resolve(PID_FILE), ProcessHandle.current().pid() + "\n");
        writeStatus();
    }

    /** The run has got that far. */
    void enter(RunPhase next) {
        phase = next;
        service.phase(next);
        writeStatus();
    }

    /** The file of a run with a state directory is its own from when the directory is: before, another may be running there. */
    private void writeStatus() {
        if (statusFile == null || (stateDirectory != null && server == null)) {
            return;
        }
        try {
            WholeFile.write(statusFile, phase.line() + "\n");
        } catch (IOException e) {
            terminal.complain("status file " + statusFile + ": " + e.getMessage());
        }
    }

    /** Once in every turn of the engine. */
    void turn() {
        tasks.drain();
        service.alive();
    }

    @Override
    public void close() throws IOException {
        enter(RunPhase.TERMINATED);
        ControlServer open = server;
        if (open == null || stateDirectory == null) {
            return;
        }
        server = null;
        // While the socket still answers: nobody else has put theirs there yet.
        try (open) {
            Files.deleteIfExists(stateDirectory.resolve(PID_FILE));
        }
    }
}
