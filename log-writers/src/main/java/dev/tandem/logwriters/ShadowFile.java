package dev.tandem.logwriters;

import dev.tandem.core.log.LeftoverLog;
import dev.tandem.core.storage.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Beside an open log that rotates, a file that tells the next run how to finish it should this one die: {@code
 * .shadow.conn.log} beside {@code conn.log}, with the log's suffix and its postprocessor, a line each (zeek {@code
 * src/logging/writers/ascii/Ascii.cc}). It goes when the log has been rotated.
 */
record ShadowFile(Path log) {
    private static final String PREFIX = ".shadow.";

    private Path file() {
        return log.resolveSibling(PREFIX + log.getFileName());
    }

    /** Written whole or not at all. */
    void create(String suffix, String postprocessor) throws IOException {
        WholeFile.write(file(), suffix + "\n" + postprocessor + "\n");
    }

    void delete() throws IOException {
        Files.deleteIfExists(file());
    }

    /**
     * The logs of a directory whose shadows are still there; shadows without a log are deleted.
     *
     * @param suffix of logs whose shadow does not say it
     * @param archive where they go when they are rotated; null leaves them where they are
     */
    static List<LeftoverLog> leftovers(
            Path directory, String suffix, @Nullable LogArchive archive, Consumer<String> problem) {
        List<LeftoverLog> found = new ArrayList<>();
        try (DirectoryStream<Path> shadows = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path shadow : shadows) {
                String name = shadow.getFileName().toString().substring(PREFIX.length());
                ShadowFile of = new ShadowFile(directory.resolve(name));
                try {
                    if (Files.isRegularFile(of.log)) {
                        found.add(of.leftover(suffix, archive));
                    } else {
                        of.delete();
                    }
                } catch (IOException e) {
                    problem.accept("failed to process leftover log '" + of.log + "': " + e.getMessage());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            problem.accept(
                    "failed to open directory '" + directory + "' in search of leftover logs: " + e.getMessage());
        }
        return found;
    }

    private LeftoverLog leftover(String otherwise, @Nullable LogArchive archive) throws IOException {
        List<String> lines = Files.readAllLines(file(), StandardCharsets.ISO_8859_1);
        boolean isWhole = lines.size() >= 2;
        String suffix = isWhole ? lines.get(0) : otherwise;
        String name = log.getFileName().toString();
        return new Leftover(
                this,
                archive,
                suffix,
                name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name,
                isWhole ? lines.get(1) : "",
                seconds(file()),
                seconds(log));
    }

    private static double seconds(Path file) throws IOException {
        return Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
    }

    private record Leftover(
            ShadowFile shadow,
            @Nullable LogArchive archive,
            String suffix,
            String path,
            String postprocessor,
            double openTime,
            double closeTime)
            implements LeftoverLog {
        @Override
        public String file() {
            return shadow.log.toString();
        }

        @Override
        public String rotate(String rotatedPath) throws IOException {
            String target = rotatedPath + suffix;
            Files.move(shadow.log, Path.of(target));
            shadow.delete();
            return archive == null
                    ? target
                    : archive.store(Path.of(target), path, suffix, false, openTime, closeTime)
                            .toString();
        }
    }
}
