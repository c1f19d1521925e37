package dev.tandem.logwriters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rotated log on its way to the archive, as a file beside it tells: {@code .archive.NAME}, with the log's path, extension, and
 * both times in a line each. It is there until the log is in the archive, so that the next run finds what this one could not do,
 * and nothing else.
 *
 * @param openTime seconds since 1970, like {@code closeTime}
 */
record PendingArchive(Path file, String log, String extension, double openTime, double closeTime) {
    private static final Logger LOG = LoggerFactory.getLogger(PendingArchive.class);

    static final String PREFIX = ".archive.";

    /** @throws IOException when the marker is not what was written there; the message names it */
    static PendingArchive read(Path marker) throws IOException {
        List<String> lines = Files.readAllLines(marker, StandardCharsets.UTF_8);
        try {
            String name = marker.getFileName().toString().substring(PREFIX.length());
            return new PendingArchive(
                    marker.resolveSibling(name),
                    lines.get(0),
                    lines.get(1),
                    Double.parseDouble(lines.get(2)),
                    Double.parseDouble(lines.get(3)));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException(marker + ": is not what was written there; delete it, or the log it is about too", e);
        }
    }

    private Path marker() {
        return file.resolveSibling(PREFIX + file.getFileName());
    }

    /** Where there is no room for it the archive may still have some: that is no reason to stop. */
    void remember() {
        try {
            Files.write(
                    marker(),
                    List.of(log, extension, Double.toString(openTime), Double.toString(closeTime)),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.warn("should {} not reach the archive, the next start will not try again: {}", file, e.toString());
        }
    }

    void forget() throws IOException {
        Files.deleteIfExists(marker());
    }
}
