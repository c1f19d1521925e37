package dev.tandem.hostprotocol.server;

import dev.tandem.core.storage.WholeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files under the state directory, written whole or not at all. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes a folder that only its owner can enter; one that is there stays as it is. */
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            } catch (FileAlreadyExistsException e) {
                throw new IOException(folder + ": is not a directory", e);
            }
        }
    }

    /** Writes a file that only its owner can read. */
    public static void write(Path file, String text) throws IOException {
        write(file, text, "rw-------");
    }

    /** Writes a file that everybody can read. */
    public static void writeReadable(Path file, String text) throws IOException {
        write(file, text, "rw-r--r--");
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        WholeFile.write(file, text, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    }
}
