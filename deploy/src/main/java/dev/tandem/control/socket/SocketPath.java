package dev.tandem.control.socket;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Where the control socket of a state directory is: {@code control.sock} in it. The name of a socket has room for 107 bytes
 * (unix(7)); one that is longer is in a directory of the user's own under the system's temporary one instead, by a name made
 * from the long one, so that both ends find it.
 */
public final class SocketPath {
    private static final int LONGEST = 107;
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private SocketPath() {}

    /** @throws IOException when the directory for a long name cannot be made, or is not the user's alone */
    public static UnixDomainSocketAddress of(Path stateDirectory) throws IOException {
        Path socket = stateDirectory.toAbsolutePath().normalize().resolve("control.sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return UnixDomainSocketAddress.of(socket);
        }
        Path directory = Path.of("/tmp", "tandem-" + System.getProperty("user.name"));
        ensurePrivate(directory);
        String name = UUID.nameUUIDFromBytes(socket.toString().getBytes(StandardCharsets.UTF_8)) + ".sock";
        return UnixDomainSocketAddress.of(directory.resolve(name));
    }

    /**
     * Makes the directory when it is not there. Anybody may have made one of that name before: whoever has it could take the
     * place of the daemon.
     */
    static void ensurePrivate(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
            return;
        } catch (FileAlreadyExistsException e) {
            // Looked at below.
        }
        PosixFileAttributes found =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory()
                || !owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                || !found.permissions().equals(PRIVATE)) {
            throw new IOException(
                    directory + " is not a directory of this user's alone (mode 700), so no control socket is"
                            + " trusted there: remove it, or choose a state directory with a shorter name");
        }
    }
}
