package dev.tandem.control.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPathTest {
    @TempDir
    private Path folder;

    private void refused(Path directory) {
        IOException e = assertThrows(IOException.class, () -> SocketPath.ensurePrivate(directory));
        assertTrue(String.valueOf(e.getMessage()).contains("mode 700"), e.getMessage());
    }

    @Test
    void aDirectoryOfTheUsersAloneIsMadeAndTakenAgain() throws Exception {
        Path directory = folder.resolve("own");
        SocketPath.ensurePrivate(directory);
        SocketPath.ensurePrivate(directory);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }

    @Test
    void oneThatOthersMayEnterAndALinkAreRefused() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        refused(open);
        Path own = folder.resolve("own");
        SocketPath.ensurePrivate(own);
        refused(Files.createSymbolicLink(folder.resolve("link"), own));
        refused(Files.createFile(folder.resolve("file")));
    }
}
