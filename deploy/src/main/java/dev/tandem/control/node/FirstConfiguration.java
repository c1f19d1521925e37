package dev.tandem.control.node;

import dev.tandem.control.config.ConfigException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The configuration files that a new prefix begins with: copies of those that come with Tandem. */
final class FirstConfiguration {
    private static final Map<String, String> FILES = Map.of(
            "tandemctl.cfg", "etc/tandemctl.cfg",
            "node.cfg", "etc/node.cfg",
            "networks.cfg", "etc/networks.cfg",
            "local.zeek", "share/tandem/site/local.zeek");

    private FirstConfiguration() {}

    /** Makes those that are missing when there is no {@code etc} at all; what users have removed later stays away. */
    static void ensure(Path home, Path prefix) throws ConfigException {
        if (Files.isDirectory(prefix.resolve("etc"))) {
            return;
        }
        Path shipped = home.resolve("config");
        if (!Files.isDirectory(shipped)) {
            shipped = home.resolve("deploy/config");
        }
        try {
            for (Map.Entry<String, String> e : FILES.entrySet()) {
                Path target = prefix.resolve(e.getValue());
                Files.createDirectories(target.getParent());
                copy(shipped.resolve(e.getKey()), target);
            }
        } catch (IOException e) {
            throw new ConfigException(
                    "cannot set up " + prefix + ": " + e + "; choose a directory you may write to with --prefix DIR");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to);
        } catch (FileAlreadyExistsException e) {
            // The users' own.
        }
    }
}
