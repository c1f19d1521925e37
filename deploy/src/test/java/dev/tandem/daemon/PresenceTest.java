package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
    @TempDir
    Path folder;

    private Presence presence() {
        return new Presence(
                folder.resolve("status"), folder.resolve("state"), ServiceNotifier.of(Map.of()), Captured.aTerminal());
    }

    private String status() throws IOException {
        return Files.readString(folder.resolve("status")).strip();
    }

    @Test
    void theStatusFileSaysHowFarTheRunIs() throws IOException {
        try (Presence presence = presence()) {
            presence.enter(RunPhase.INITIALIZING);
            presence.open();
            assertEquals("INITIALIZING [main]", status());
            presence.enter(RunPhase.RUNNING);
            assertEquals("RUNNING [run_loop]", status());
            assertTrue(Files.exists(folder.resolve("state/tandem.pid")));
        }
        assertEquals("TERMINATED [zeek_terminate_loop]", status());
        assertFalse(Files.exists(folder.resolve("state/tandem.pid")));
    }

    @Test
    void aRunThatFindsAnotherThereLeavesThatsFilesAlone() throws IOException {
        try (Presence first = presence()) {
            first.enter(RunPhase.INITIALIZING);
            first.open();
            first.enter(RunPhase.RUNNING);
            try (Presence second = presence()) {
                second.enter(RunPhase.INITIALIZING);
                assertThrows(IOException.class, second::open);
            }
            assertEquals("RUNNING [run_loop]", status());
            assertTrue(Files.exists(folder.resolve("state/tandem.pid")));
        }
    }
}
