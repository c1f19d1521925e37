package dev.tandem.logwriters;

import dev.tandem.logwriters.CommitFile.Commit;
import dev.tandem.logwriters.CommitFile.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs that are committed with their input, see {@link dev.tandem.core.log.CommittedLogs}. Made on the engine thread; from
 * then on the writer thread has it, but for {@link #covers}.
 */
final class CommitLedger {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLedger.class);

    /** As {@code Log::rotation_format_func} names rotated logs by default. */
    private static final DateTimeFormatter ROTATED = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);

    private final CommitFile file;
    private final Predicate<String> names;
    private final List<LogFile> open = new ArrayList<>();
    /** Those of earlier runs too, which may not have been opened yet. */
    private final Map<String, Mark> closed = new LinkedHashMap<>();

    /** As it is on disk. */
    private Commit stored;

    private boolean failing;

    /** @throws IOException when what was stored cannot be understood */
    CommitLedger(Path file, Predicate<String> names) throws IOException {
        this.file = new CommitFile(file);
        this.names = names;
        stored = this.file.read();
        for (Map.Entry<String, Mark> log : stored.logs().entrySet()) {
            if (log.getValue().identity().equals(FileSink.identity(Path.of(log.getKey())))) {
                closed.put(log.getKey(), log.getValue());
            }
        }
    }

    /** Where the input stood at the last commit. */
    long position() {
        return stored.position();
    }

    /** Whether a log of that path is one of them. */
    boolean covers(String path) {
        return names.test(path);
    }

    /**
     * Opens a log to go on where it was committed. A file that is not the one that was committed, or longer than nothing and
     * never was, is left to the user under another name: nobody can say what of it will be logged again.
     *
     * @param aside told the name
     */
    FileSink open(LogFile log, Path path, Consumer<Path> aside) throws IOException {
        Mark mark = closed.get(path(path));
        if (Files.exists(path) && Files.size(path) > 0) {
            if (mark != null && mark.identity().equals(FileSink.identity(path))) {
                FileSink sink = FileSink.after(path, mark.length());
                opened(log, path);
                return sink;
            }
            aside.accept(setAside(path));
        }
        FileSink sink = FileSink.after(path, 0);
        try {
            // Known before its first row: should that not be committed, the file is cut back to nothing.
            write(stored.with(path(path), new Mark(0, FileSink.identity(path))));
        } catch (IOException e) {
            sink.close();
            throw e;
        }
        opened(log, path);
        return sink;
    }

    /** Renames a file as if it had rotated when it was written last. */
    private static Path setAside(Path file) throws IOException {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot);
        String time = ROTATED.format(
                LocalDateTime.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneId.systemDefault()));
        for (int i = 1; ; i++) {
            Path target = file.resolveSibling(stem + (i == 1 ? "" : "-" + i) + "." + time + extension);
            if (!Files.exists(target)) {
                return Files.move(file, target);
            }
        }
    }

    private void opened(LogFile log, Path path) {
        closed.remove(path(path));
        if (!open.contains(log)) {
            open.add(log);
        }
    }

    void closed(LogFile log, Path path, Mark mark) {
        open.remove(log);
        closed.put(path(path), mark);
    }

    /** A file has been given another name: what comes next under its own is new. */
    void moved(Path path) {
        closed.remove(path(path));
    }

    static String path(Path log) {
        return log.toAbsolutePath().normalize().toString();
    }

    /** Stores how long the files are; {@code safe} is told when it is done. A log that cannot be written holds it up. */
    void write(long position, LongConsumer safe) {
        try {
            Map<String, Mark> marks = new LinkedHashMap<>(closed);
            for (LogFile log : open) {
                log.mark(marks);
            }
            write(new Commit(position, marks));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "logs of host results cannot be committed, the journal is kept until they can: {}",
                        e.toString());
            }
            return;
        }
        safe.accept(position);
    }

    private void write(Commit commit) throws IOException {
        file.write(commit);
        stored = commit;
    }
}
