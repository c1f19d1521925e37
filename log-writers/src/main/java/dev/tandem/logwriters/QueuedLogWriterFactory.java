package dev.tandem.logwriters;

import dev.tandem.core.log.CommittedLogs;
import dev.tandem.core.log.LeftoverLog;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens the writers of this module; all of one factory share a writer thread. The kinds are a table by the script enum's
 * name, so another kind is another entry.
 *
 * <p>Engine thread, but for {@link #statistics}, which any thread may call. Of several engines in a process each has a factory
 * ({@link #ofEngine}).
 */
public final class QueuedLogWriterFactory implements LogWriterFactory, CommittedLogs {
    private static final long MEGABYTE = 1 << 20;
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long STOP_MILLIS = 10_000;

    /**
     * Totals since the start.
     *
     * @param rowsWritten rows that the operating system has taken
     * @param rowsDropped rows lost because their file could not be written for too long; should be 0
     * @param engineWaitNanos how long the engine thread stood still because the disk was slow; should stay near 0
     */
    public record Statistics(long rowsWritten, long rowsDropped, long engineWaitNanos) {}

    private interface Kind {
        LogWriter open(LogSchema schema, Listener listener);
    }

    private final Map<String, Kind> kinds = Map.of(
            "Log::WRITER_ASCII", this::openAscii,
            "Log::WRITER_NONE", this::openNone,
            "Log::WRITER_SQLITE", this::openSqlite);

    private final Map<String, SqliteDatabase> databases;
    private final SharedFiles files;
    private final String engine;
    private final List<LogWriter> open = new ArrayList<>();
    private final Clock clock;
    private final LogWriterThread thread;
    private Consumer<String> noneDebug = text -> {};
    private AsciiOptions asciiDefaults;
    private SqliteOptions sqliteOptions = SqliteOptions.DEFAULTS;
    private @Nullable LogArchive archive;
    private long lastFlush = System.nanoTime();
    private @Nullable CommitLedger ledger;
    private LongSupplier inputPosition = () -> 0;
    private LongConsumer toldSafe = position -> {};
    private boolean closed;

    /** @param asciiDefaults options of text logs where a log's own do not say otherwise */
    public QueuedLogWriterFactory(AsciiOptions asciiDefaults) {
        this(asciiDefaults, Clock.system(ZoneId.systemDefault()), 16 * MEGABYTE, 32 * MEGABYTE);
    }

    /**
     * @param clock for the times in headers, in its zone
     * @param queueBytes bound of the rows on their way to the disk
     * @param keepBytes bound of the rows kept for files that cannot be written
     */
    QueuedLogWriterFactory(AsciiOptions asciiDefaults, Clock clock, long queueBytes, long keepBytes) {
        this.asciiDefaults = asciiDefaults;
        this.clock = clock;
        thread = new LogWriterThread(queueBytes, keepBytes);
        databases = SqliteDatabase.none();
        files = new SharedFiles();
        engine = "";
    }

    private QueuedLogWriterFactory(QueuedLogWriterFactory first, String engine) {
        asciiDefaults = first.asciiDefaults;
        clock = first.clock;
        thread = first.thread;
        databases = first.databases;
        files = first.files;
        archive = first.archive;
        this.engine = engine;
    }

    /**
     * The factory of another engine in this process, whose rows go to the same files: by whole rows, none lost. Rotations are
     * done once, when the first engine asks; files are closed with the last writer. To be closed before this one.
     *
     * @param name of the engine, for what it writes apart because its columns differ
     */
    public QueuedLogWriterFactory ofEngine(String name) {
        files.share();
        return new QueuedLogWriterFactory(this, name);
    }

    private boolean isFirst() {
        return engine.isEmpty();
    }

    /** Changes the defaults for logs that are opened from now on: scripts settle theirs after the factory is made. */
    public void setAsciiDefaults(AsciiOptions defaults) {
        asciiDefaults = defaults;
    }

    /** Like {@link #setAsciiDefaults}, for logs in databases. */
    public void setSqliteOptions(SqliteOptions options) {
        sqliteOptions = options;
    }

    /**
     * From now on some logs are committed with their input. Before any is opened.
     *
     * @param file where commits are stored
     * @param names which logs, by their paths
     * @return the place in the input up to which logs of earlier runs are safe; 0 when there are none
     * @throws IOException when what is stored cannot be understood; the message names the file
     */
    public long commitTo(Path file, Predicate<String> names) throws IOException {
        CommitLedger made = new CommitLedger(file, names);
        ledger = made;
        inputPosition = made::position;
        return made.position();
    }

    @Override
    public void follow(LongSupplier position, LongConsumer safe) {
        inputPosition = position;
        toldSafe = safe;
    }

    @Override
    public void commit() {
        CommitLedger commits = ledger;
        long position = inputPosition.getAsLong();
        if (commits != null && position >= 0) {
            for (int i = 0; i < open.size(); i++) {
                open.get(i).flush();
            }
            thread.ask(() -> commits.write(position, toldSafe));
        }
    }

    /**
     * Archives logs that an earlier run has rotated and could not archive. Before any log is opened.
     *
     * @param rotationDirectory where logs are when they have rotated; empty when that is where they were
     * @param problem told of what fails again
     */
    public void archiveLeft(String rotationDirectory, Consumer<String> problem) {
        LogArchive to = archive;
        if (to != null) {
            Path logs = Path.of(asciiDefaults.logdir()).toAbsolutePath().normalize();
            to.retry(logs, problem);
            Path rotated = Path.of(rotationDirectory).toAbsolutePath().normalize();
            if (!rotationDirectory.isEmpty() && !rotated.equals(logs)) {
                to.retry(rotated, problem);
            }
        }
    }

    /** Where text logs that rotate go from now on, unless they have a postprocessor of their own; null leaves them. */
    public void setArchive(@Nullable LogArchive newArchive) {
        archive = newArchive;
    }

    /** Who is told what logs of {@code Log::WRITER_NONE} are opened with. */
    public void setNoneDebug(Consumer<String> listener) {
        noneDebug = listener;
    }

    /**
     * {@inheritDoc}
     *
     * @param openTime not used: as in Zeek, headers bear the wall clock's time
     */
    @Override
    public LogWriter open(String writer, LogSchema schema, double openTime, Listener listener) {
        Kind kind = kinds.get(writer);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "no log writer '" + writer + "', there are " + String.join(", ", new TreeSet<>(kinds.keySet())));
        }
        return kind.open(schema, listener);
    }

    private LogWriter openAscii(LogSchema schema, Listener listener) {
        AsciiOptions options = asciiDefaults.with(schema.options());
        CommitLedger commits = ledger;
        QueuedLogWriter.Front front = new QueuedLogWriter.Front(schema, listener);
        LogFile file = file(front, options);
        QueuedLogWriter writer = options.useJson()
                ? new JsonLogWriter(front, file, thread, options, open::remove)
                : new TsvLogWriter(front, file, thread, options, open::remove);
        if (commits != null && commits.covers(schema.path())) {
            writer.aroundRotation(this::commit);
        }
        open.add(writer);
        return writer;
    }

    private LogFile file(QueuedLogWriter.Front front, AsciiOptions options) {
        LogFile made = newFile(front, options);
        LogFile file = files.join(made);
        if (file != null) {
            return file;
        }
        LogSchema schema = front.schema();
        LogSchema own = new LogSchema(
                schema.path() + "." + (isFirst() ? "0" : engine), schema.fields(), schema.options(), schema.rotation());
        front.listener().failed(schema, "other columns than in another shard; rows of this one go to " + own.path());
        LogFile apart = newFile(new QueuedLogWriter.Front(own, front.listener()), options);
        LogFile known = files.join(apart);
        return known == null ? apart : known;
    }

    private LogFile newFile(QueuedLogWriter.Front front, AsciiOptions options) {
        LogHeader header = new LogHeader(front.schema(), options, clock);
        return new LogFile(front, options, header, thread, archive, ledger, files);
    }

    private LogWriter openSqlite(LogSchema schema, Listener listener) {
        SqliteTable table = new SqliteTable(schema, sqliteOptions, listener, thread, databases);
        LogWriter writer = new SqliteLogWriter(schema, sqliteOptions, listener, thread, table, open::remove);
        open.add(writer);
        return writer;
    }

    private LogWriter openNone(LogSchema schema, Listener listener) {
        noneDebug.accept(NoneLogWriter.description(schema));
        return new NoneLogWriter(schema, listener, thread);
    }

    @Override
    public List<LeftoverLog> leftovers(Consumer<String> problem) {
        return asciiDefaults.tracksLeftovers()
                ? ShadowFile.leftovers(
                        Path.of(asciiDefaults.logdir()).toAbsolutePath().normalize(),
                        asciiDefaults.extension(),
                        archive,
                        problem)
                : List.of();
    }

    @Override
    public void flushDue(long nanoTime) {
        if (nanoTime - lastFlush >= FLUSH_NANOS) {
            lastFlush = nanoTime;
            for (int i = 0; i < open.size(); i++) {
                open.get(i).flush();
            }
        }
    }

    public Statistics statistics() {
        return new Statistics(
                thread.rowsWritten.sum(),
                thread.rowsDropped.sum(),
                thread.queue().fullNanos());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (LogWriter writer : List.copyOf(open)) {
            writer.close();
        }
        if (isFirst()) {
            commit();
            thread.stop(STOP_MILLIS);
        }
    }
}
