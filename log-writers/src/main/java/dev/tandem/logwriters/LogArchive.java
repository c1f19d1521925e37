package dev.tandem.logwriters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where rotated logs go: {@code 2015-01-20/conn.15:48:23-16:00:00.log.gz}, a folder for the day on which a log was opened,
 * and both times in its name (zeekctl {@code bin/make-archive-name}).
 *
 * <p>A log is compressed while it is written, into a part beside the folders ({@link #begin}), which only gets its name when
 * the log rotates. So there is no burst of work on the hour, and nothing to wait for at the end. When the part could not be
 * written, or its process died, the log itself is compressed. Nothing is deleted before its archive is whole.
 *
 * <p>Writer thread; {@link #retry} before it begins.
 */
public final class LogArchive {
    private static final String PARTS = ".open";
    private static final int MOST_NAMES = 1000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private final Path directory;
    private final ArchiveForm form;
    private final String node;
    private final ZoneId zone;

    /**
     * @param node tells apart the logs of several nodes that share the archive; empty when it has one only
     * @param zone of the times in names
     */
    public LogArchive(Path directory, ArchiveForm form, String node, ZoneId zone) {
        this.directory = directory;
        this.form = form;
        this.node = node;
        this.zone = zone;
    }

    /** Opens the part of a log that is being opened; one that is left over is emptied. */
    OutputStream begin(String log) throws IOException {
        Path part = part(log);
        Files.createDirectories(part.getParent());
        OutputStream file = Files.newOutputStream(part);
        try {
            return form.into(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private Path part(String log) {
        return directory
                .resolve(PARTS)
                .resolve((node.isEmpty() ? "" : node + "~") + log.replace('/', '~') + form.suffix());
    }

    /**
     * Archives a rotated log and deletes it where it was.
     *
     * @param file the rotated log, closed
     * @param log its path, as {@code conn}
     * @param extension of its file
     * @param hasPart whether its part is whole and closed
     * @param openTime seconds since 1970, like {@code closeTime}
     * @return where it is now
     * @throws IOException when it could not be; the log is where it was
     */
    Path store(Path file, String log, String extension, boolean hasPart, double openTime, double closeTime)
            throws IOException {
        PendingArchive pending = new PendingArchive(file, log, extension, openTime, closeTime);
        pending.remember();
        Path part = part(log);
        if (!hasPart) {
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = begin(log)) {
                in.transferTo(out);
            }
        }
        LocalDateTime opened = local(openTime);
        Path day = directory.resolve(DAY.format(opened));
        Files.createDirectories(day);
        String name = log.replace('/', '-') + "." + TIME.format(opened) + "-" + TIME.format(local(closeTime))
                + (node.isEmpty() ? "" : "-" + node);
        Path target = free(day, name, extension + form.suffix());
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(file);
        pending.forget();
        return target;
    }

    private LocalDateTime local(double time) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond((long) time), zone);
    }

    /** Logs of two runs within one second are both kept. */
    private static Path free(Path day, String name, String suffix) throws IOException {
        for (int i = 1; i < MOST_NAMES; i++) {
            Path target = day.resolve(name + (i == 1 ? "" : "-" + i) + suffix);
            if (!Files.exists(target)) {
                return target;
            }
        }
        throw new IOException("there are too many logs called " + name);
    }

    /**
     * Archives rotated logs that could not be before.
     *
     * @param where the logs are
     * @param problem told of what fails again
     */
    void retry(Path where, Consumer<String> problem) {
        if (!Files.isDirectory(where)) {
            return;
        }
        try (DirectoryStream<Path> markers = Files.newDirectoryStream(where, PendingArchive.PREFIX + "*")) {
            for (Path marker : markers) {
                again(marker, problem);
            }
        } catch (IOException | DirectoryIteratorException e) {
            problem.accept("cannot look for logs to archive in " + where + ": " + e.getMessage());
        }
    }

    private void again(Path marker, Consumer<String> problem) {
        try {
            PendingArchive pending = PendingArchive.read(marker);
            if (Files.isRegularFile(pending.file())) {
                store(
                        pending.file(),
                        pending.log(),
                        pending.extension(),
                        false,
                        pending.openTime(),
                        pending.closeTime());
            } else {
                pending.forget();
            }
        } catch (IOException e) {
            problem.accept("cannot archive " + marker + ": " + reason(e));
        }
    }

    static @Nullable String reason(Exception e) {
        return e instanceof java.nio.file.FileSystemException ? e.toString() : e.getMessage();
    }
}
