package dev.tandem.control.socket;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Where the control socket of a state directory is: {@code control.sock} in it. The name of a socket has room for 107 bytes
 * (unix(7)); one that is longer is in a directory of the user's own under the system's temporary one instead, by a name made
 * from the long one, so that both ends find it.
 */
public final class SocketPath {
    private static final int LONGEST = 107;

    private SocketPath() {}

    /** @throws IOException when the directory for a long name cannot be made */
    public static UnixDomainSocketAddress of(Path stateDirectory) throws IOException {
        Path socket = stateDirectory.toAbsolutePath().normalize().resolve("control.sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return UnixDomainSocketAddress.of(socket);
        }
        Path directory = Path.of("/tmp", "tandem-" + System.getProperty("user.name"));
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        String name = UUID.nameUUIDFromBytes(socket.toString().getBytes(StandardCharsets.UTF_8)) + ".sock";
        return UnixDomainSocketAddress.of(directory.resolve(name));
    }
}
