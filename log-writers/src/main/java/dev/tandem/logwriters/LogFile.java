package dev.tandem.logwriters;

import dev.tandem.core.log.LogSchema;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One log on the writer thread: its file, and the rows that could not be written yet.
 *
 * <p>The file is created when the log is opened, so that it exists with its header from then on, and after a rotation when
 * the next row comes. Directories are not created. When the disk fails, the listener hears of it once; the rows wait, up to
 * the bound of {@link LogWriterThread}, and are tried again every second. What finds no room is dropped and counted, and
 * the listener hears how much that was when the log works again.
 */
final class LogFile {
    private static final String DEFAULT_POSTPROCESSOR = "Log::__default_rotation_postprocessor";

    private final LogSchema schema;
    /** Who is told: whoever opened it, or the last that asked for something. */
    private QueuedLogWriter.Front told;

    private final LogHeader header;
    private final AsciiOptions options;
    private final LogWriterThread thread;
    private final boolean isSpecial;
    private final String name;
    private final @Nullable ShadowFile shadow;
    private final @Nullable CommitLedger ledger;
    private final @Nullable LogArchive archive;
    private final SharedFiles shared;

    private final ArrayDeque<LogChunk> kept = new ArrayDeque<>();
    private @Nullable LogSink sink;
    private byte @Nullable [] headerDue;
    private boolean failing;
    private long dropped;
    private double lastRotation;
    /** The rotation at the end, which is for the last front. */
    private @Nullable Runnable lastly;

    private volatile boolean appends;

    /**
     * @param commits the logs that are committed; null when none are
     * @param shared tells who else writes to this file
     */
    LogFile(
            QueuedLogWriter.Front opener,
            AsciiOptions options,
            LogHeader header,
            LogWriterThread thread,
            @Nullable LogArchive archive,
            @Nullable CommitLedger commits,
            SharedFiles shared) {
        this.shared = shared;
        schema = opener.schema();
        told = opener;
        this.options = options;
        this.header = header;
        this.thread = thread;
        String path = options.toStdout() ? "/dev/stdout" : schema.path();
        isSpecial = path.startsWith("/dev/");
        name = isSpecial ? path : fileName(path, options);
        boolean isTracked = options.tracksLeftovers() && schema.rotation().intervalSeconds() > 0;
        // A cut through compressed bytes leaves nothing that could be appended to.
        boolean isCommitted =
                commits != null && !isSpecial && options.gzipLevel() == 0 && commits.covers(schema.path());
        ledger = isCommitted ? commits : null;
        // Leftovers are finished before anything is written; what is committed goes on.
        shadow = isTracked && !isSpecial && ledger == null ? new ShadowFile(Path.of(name)) : null;
        // Whoever has a postprocessor of their own does with the file what they like.
        this.archive = !isSpecial
                        && schema.rotation().intervalSeconds() > 0
                        && schema.rotation().postprocessor().equals(DEFAULT_POSTPROCESSOR)
                ? archive
                : null;
    }

    private static String fileName(String path, AsciiOptions options) {
        String file = path + options.extension();
        return options.logdir().isEmpty() || path.startsWith("/")
                ? file
                : Path.of(options.logdir(), file).toString();
    }

    /** The same for the same log to the same place. */
    String key() {
        return schema.path() + '\0' + name;
    }

    /** Whether rows of the other's fronts can go here. */
    boolean isLike(LogFile other) {
        return schema.fields().equals(other.schema.fields()) && schema.options().equals(other.schema.options());
    }

    /** What was written to the file before in this run stays. Before {@link #open}. */
    void appends() {
        appends = true;
    }

    void open() {
        try {
            ensureOpen();
        } catch (IOException e) {
            fail(e);
        }
    }

    private LogSink ensureOpen() throws IOException {
        LogSink open = sink;
        if (open == null) {
            if (shadow != null) {
                shadow.create(options.extension(), schema.rotation().postprocessor());
            }
            open = options.gzipLevel() > 0 ? new GzipSink(openSink(), options.gzipLevel()) : openSink();
            sink = open;
            headerDue = header.opening();
        }
        if (headerDue != null) {
            if (headerDue.length > 0) {
                open.write(headerDue, headerDue.length);
            }
            headerDue = null;
        }
        return open;
    }

    private LogSink openSink() throws IOException {
        return switch (name) {
            case "/dev/stdout" -> new StdoutSink(System.out);
            case "/dev/stderr" -> new StdoutSink(System.err);
            default -> openFile(Path.of(name));
        };
    }

    private LogSink openFile(Path path) throws IOException {
        CommitLedger commits = ledger;
        if (commits == null) {
            return appends ? FileSink.after(path, Long.MAX_VALUE) : archived(new FileSink(path));
        }
        return commits.open(
                this,
                path,
                aside -> tell(name + " is not what was committed, it is kept as " + aside.getFileName()
                        + "; its last rows may be logged again"));
    }

    private LogSink archived(FileSink file) {
        if (archive == null || options.gzipLevel() > 0) {
            return file;
        }
        try {
            return new ArchivedSink(file, archive.begin(schema.path()));
        } catch (IOException e) {
            return file; // the log is compressed when it rotates; should that fail, it is told then
        }
    }

    /** Adds how long the file is, with all that was written to it on disk. Fails when rows wait for the disk. */
    void mark(Map<String, CommitFile.Mark> marks) throws IOException {
        if (failing) {
            throw new IOException(name + ": cannot be written");
        }
        if (sink instanceof FileSink file) {
            Path path = Path.of(name);
            marks.put(CommitLedger.path(path), new CommitFile.Mark(file.sync(), FileSink.identity(path)));
        }
    }

    /** Remembers how long the file was when it was closed, for when it is opened again and for the next run. */
    private void remember(LogSink closing) throws IOException {
        CommitLedger commits = ledger;
        if (commits != null && closing instanceof FileSink file) {
            Path path = Path.of(name);
            commits.closed(this, path, new CommitFile.Mark(file.sync(), FileSink.identity(path)));
        }
    }

    /** Writes a chunk or keeps it for later, and returns it to the pool. */
    void write(LogChunk chunk) {
        if (kept.isEmpty() && append(chunk)) {
            thread.queue().recycle(chunk);
        } else {
            keep(chunk);
        }
    }

    private boolean append(LogChunk chunk) {
        try {
            ensureOpen().write(chunk.bytes, chunk.length);
            thread.rowsWritten.add(chunk.rows);
            return true;
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    private void keep(LogChunk chunk) {
        if (thread.keep(chunk.length)) {
            kept.add(chunk.compact());
        } else {
            drop(chunk);
        }
        thread.queue().recycle(chunk);
    }

    private void drop(LogChunk chunk) {
        dropped += chunk.rows;
        thread.rowsDropped.add(chunk.rows);
    }

    private void fail(IOException e) {
        if (!failing) {
            failing = true;
            thread.retryLater(this);
            tell((sink == null ? "cannot open " : "error writing to ") + name + ": " + reason(e));
        }
    }

    private void tell(String message) {
        told.listener().failed(told.schema(), message);
    }

    /** Tries again what failed; true when the log works, or is given up, and needs no further try. */
    boolean retry() {
        if (!failing) {
            return true;
        }
        try {
            ensureOpen();
        } catch (IOException e) {
            return false;
        }
        for (LogChunk chunk = kept.peek(); chunk != null; chunk = kept.peek()) {
            if (!append(chunk)) {
                return false;
            }
            kept.remove();
            thread.unkeep(chunk.length);
        }
        failing = false;
        tellOfDropped();
        return true;
    }

    private void tellOfDropped() {
        if (dropped > 0) {
            tell(name + ": " + dropped + " rows could not be written and are lost");
            dropped = 0;
        }
    }

    /**
     * Closes and renames the file. Nothing happens, and nobody is told, when none is open or it is a device, as in Zeek.
     * Rows that could not be written go to the next file.
     *
     * <p>Each front of a shared file asks; the first one of an interval has it done, at the end the last one.
     *
     * @param asker the front that asks, which is told
     */
    void rotate(
            QueuedLogWriter.Front asker, String rotatedPath, double openTime, double closeTime, boolean terminating) {
        if (terminating && shared.isShared(this)) {
            lastly = () -> rotate(told, rotatedPath, openTime, closeTime, true);
            return;
        }
        told = asker;
        retry();
        if (shared.several() && openTime < lastRotation && !terminating || sink == null || isSpecial) {
            return;
        }
        boolean hasPart = closeSink(sink) instanceof ArchivedSink closed && closed.isWhole();
        String target = shared.several() ? unused(rotatedPath) : rotatedPath + options.extension();
        lastRotation = closeTime;
        try {
            Files.move(Path.of(name), Path.of(target), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            tell("failed to rename " + name + " to " + target + ": " + reason(e));
            return;
        }
        if (ledger != null) {
            ledger.moved(Path.of(name));
        }
        forgetShadow();
        if (archive != null) {
            target = archive(archive, target, hasPart, openTime, closeTime);
        }
        asker.listener().rotated(asker.schema(), target, openTime, closeTime, terminating);
    }

    /** For fronts that give a name again: they have not noticed the last rotation, or write apart from the others. */
    private String unused(String rotatedPath) {
        String file = rotatedPath + options.extension();
        for (int n = 2; Files.exists(Path.of(file)); n++) {
            file = rotatedPath + "-" + n + options.extension();
        }
        return file;
    }

    /** Returns where the file is then; it stays where it was when it could not be archived, and is tried again at the next start. */
    private String archive(LogArchive to, String file, boolean hasPart, double openTime, double closeTime) {
        try {
            return to.store(Path.of(file), schema.path(), options.extension(), hasPart, openTime, closeTime)
                    .toString();
        } catch (IOException e) {
            tell("cannot archive " + file + ": " + LogArchive.reason(e));
            return file;
        }
    }

    private void forgetShadow() {
        if (shadow != null) {
            try {
                shadow.delete();
            } catch (IOException e) {
                tell("cannot unlink the shadow of " + name + ": " + reason(e));
            }
        }
    }

    /**
     * A front writes no more. The last one's end writes the last line, after one more try at what is kept; the rest of that is
     * lost.
     *
     * @param leaving told of it
     */
    void close(QueuedLogWriter.Front leaving) {
        if (!shared.leave(this)) {
            return;
        }
        told = leaving;
        if (lastly != null) {
            lastly.run();
        }
        retry();
        for (LogChunk chunk = kept.poll(); chunk != null; chunk = kept.poll()) {
            thread.unkeep(chunk.length);
            drop(chunk);
        }
        tellOfDropped();
        if (sink != null) {
            closeSink(sink);
        }
        failing = false;
    }

    private LogSink closeSink(LogSink open) {
        sink = null;
        byte[] last = headerDue == null && kept.isEmpty() ? header.closing() : new byte[0];
        headerDue = null;
        try {
            if (last.length > 0) {
                open.write(last, last.length);
            }
        } catch (IOException e) {
            tellOfClosing(e);
        }
        try (open) {
            remember(open);
        } catch (IOException e) {
            tellOfClosing(e);
        }
        return open;
    }

    private void tellOfClosing(IOException e) {
        if (!failing) {
            tell("error writing to " + name + ": " + reason(e));
        }
    }

    /** As the C library words it: exceptions of the most common failures hold the file's name only. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : null;
        return String.valueOf(reason != null ? reason : e.getMessage());
    }
}
