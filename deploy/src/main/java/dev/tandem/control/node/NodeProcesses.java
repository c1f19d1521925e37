package dev.tandem.control.node;

import dev.tandem.control.config.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Starts and ends the processes of nodes: by ourselves ({@link OwnProcesses}), or by systemd ({@link SystemdUnits}). */
public interface NodeProcesses {
    /**
     * Starts a node that does not run.
     *
     * @return its process
     * @throws IOException when it cannot be started at all; the message is fit for the user
     */
    ProcessHandle start(Node node) throws IOException, InterruptedException;

    /** Asks a node to end, and returns at once. */
    void stop(Node node) throws IOException, InterruptedException;

    /** Ends a node that does not want to. */
    void kill(Node node) throws IOException, InterruptedException;

    /** The process of a node; empty when it does not run. */
    Optional<ProcessHandle> running(Node node);

    /**
     * Has what a node's last process said in {@code stdout.log} and {@code stderr.log} of its directory, where reports look.
     * Nothing is there when it cannot be had.
     */
    void fetchMessages(Node node) throws InterruptedException;

    /** Sees to it that nodes that end by themselves are started again from now on. */
    void watch() throws IOException, InterruptedException;

    /** The one for this machine and prefix. */
    static NodeProcesses of(Site site) {
        return SystemdUnits.isInCharge(site) ? new SystemdUnits(site) : new OwnProcesses(site);
    }

    /** How long a node may take until it works, reading its scripts. */
    Duration START_TIME = Duration.ofSeconds(30);
}
