package dev.tandem.logwriters;

import dev.tandem.logwriters.CommitFile.Commit;
import dev.tandem.logwriters.CommitFile.Mark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final CommitFile file;
    private final Predicate<String> names;
    private final long position;
    private final List<LogFile> open = new ArrayList<>();
    /** Those of earlier runs too, which may not have been opened yet. */
    private final Map<String, Mark> closed = new LinkedHashMap<>();

    private boolean failing;

    /** @throws IOException when what was stored cannot be understood */
    CommitLedger(Path file, Predicate<String> names) throws IOException {
        this.file = new CommitFile(file);
        this.names = names;
        Commit found = this.file.read();
        position = found.position();
        for (Map.Entry<String, Mark> log : found.logs().entrySet()) {
            if (log.getValue().identity().equals(FileSink.identity(Path.of(log.getKey())))) {
                closed.put(log.getKey(), log.getValue());
            }
        }
    }

    long position() {
        return position;
    }

    /** Whether a log of that path is one of them. */
    boolean covers(String path) {
        return names.test(path);
    }

    /** How much of a file that is there stays: 0 when it is not known. */
    long lengthToKeep(Path log) throws IOException {
        Mark mark = closed.get(path(log));
        return mark != null && mark.identity().equals(FileSink.identity(log)) ? mark.length() : 0;
    }

    void opened(LogFile log, Path path) {
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
            file.write(new Commit(position, marks));
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
}
