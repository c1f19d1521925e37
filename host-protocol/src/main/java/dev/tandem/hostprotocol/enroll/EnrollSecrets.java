package dev.tandem.hostprotocol.enroll;

import dev.tandem.hostprotocol.server.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets that let a host enrol. Several are good at a time, so that one can be replaced host by host: those given, and
 * the lines of a file, which is read again when it has changed. Any thread.
 */
public final class EnrollSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(EnrollSecrets.class);

    private final List<byte[]> given = new ArrayList<>();
    private final @Nullable Path file;
    private List<byte[]> ofFile = List.of();
    private @Nullable FileTime read;

    private EnrollSecrets(Collection<String> given, @Nullable Path file) {
        this.file = file;
        given.stream().filter(secret -> !secret.isBlank()).forEach(secret -> this.given.add(digest(secret)));
    }

    /**
     * @param given may be empty
     * @param file a secret a line; empty lines and those that begin with # do not count; null for none
     * @throws IOException when the file cannot be read or nothing is good
     */
    public static EnrollSecrets of(Collection<String> given, @Nullable Path file) throws IOException {
        EnrollSecrets secrets = new EnrollSecrets(given, file);
        if (file != null) {
            secrets.readFile(file);
        }
        if (secrets.given.isEmpty() && secrets.ofFile.isEmpty()) {
            throw new IOException(
                    file == null ? "no secret for hosts to enrol with is given" : file + ": holds no secret");
        }
        return secrets;
    }

    /** Writes a file with a secret nobody can guess, unless it is there. Returns whether it was written. */
    public static boolean make(Path file) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        PrivateFiles.write(file, NodeKey.create() + "\n");
        return true;
    }

    /** Takes as long for every secret. */
    public synchronized boolean isGood(String secret) {
        refresh();
        byte[] digest = digest(secret);
        boolean good = false;
        for (byte[] one : given) {
            good |= MessageDigest.isEqual(one, digest);
        }
        for (byte[] one : ofFile) {
            good |= MessageDigest.isEqual(one, digest);
        }
        return good;
    }

    private void refresh() {
        if (file == null) {
            return;
        }
        try {
            if (!Files.getLastModifiedTime(file).equals(read)) {
                readFile(file);
            }
        } catch (IOException e) {
            if (read != null) {
                read = null; // told once
                LOG.warn("{}: cannot be read, the secrets read before stay good: {}", file, e.toString());
            }
        }
    }

    private void readFile(Path from) throws IOException {
        FileTime time = Files.getLastModifiedTime(from);
        ofFile = Files.readAllLines(from).stream()
                .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                .map(EnrollSecrets::digest)
                .toList();
        read = time;
    }

    private static byte[] digest(String secret) {
        return NodeKey.digest(secret.strip());
    }
}
