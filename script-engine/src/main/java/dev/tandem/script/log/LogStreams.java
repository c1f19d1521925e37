package dev.tandem.script.log;

import dev.tandem.core.log.LeftoverLog;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.RecordPromotion;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.telemetry.Metrics;
import dev.tandem.script.types.EnumValue;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All log streams of an engine: the Java half of the logging framework, behind the {@code Log::__} functions (zeek {@code
 * src/logging/Manager.cc}).
 *
 * <p>A row's way: the stream's event is queued, {@code Log::log_stream_policy} may veto or delay it, then each filter asks
 * its policy and its path function, finds the log of that path, and extracts its columns into the log's writer. Values are
 * read at that moment; a later change does not reach the row.
 *
 * <p>Engine thread, but for what writers tell through {@link LogWriterFactory.Listener}: that waits in a queue for {@link
 * #runUntil}. Functions that name an unknown stream return false and say nothing, as Zeek's do.
 */
public final class LogStreams implements AutoCloseable {
    private final ScriptContext context;
    private final LogWriterFactory writers;
    private final Map<EnumValue, LogStream> streams = new LinkedHashMap<>();
    private final EarliestDue due = new EarliestDue();
    private final LogCounters counters;
    private final RowDelays delays;
    private final LogRotation rotation;
    private final RowSize size = new RowSize();
    private boolean isSettled;
    private @Nullable FuncValue streamPolicy;
    private long maxRowBytes;
    private final WriterTidings tidings = new WriterTidings();
    private final LogOpener opener;

    /** Without figures that anybody sees. */
    public LogStreams(ScriptContext context, LogWriterFactory writers) {
        this(context, writers, new Metrics());
    }

    /**
     * @param writers stays the caller's, who closes it after this
     * @param metrics where rows are counted
     */
    public LogStreams(ScriptContext context, LogWriterFactory writers, Metrics metrics) {
        counters = new LogCounters(metrics);
        this.context = context;
        this.writers = writers;
        delays = new RowDelays(context, (stream, record) -> writeToFilters(stream, record, false), due);
        rotation = new LogRotation(context, ZoneId.systemDefault());
        opener = new LogOpener(context, writers, tidings, counters, rotation, due);
    }

    /** Finishes what earlier runs left behind; comes before any log is opened. */
    public void rotateLeftovers() {
        EnumValue text = context.global("Log::default_writer") instanceof EnumValue known
                ? known.type().byName("Log::WRITER_ASCII")
                : null;
        if (text != null) {
            for (LeftoverLog log : writers.leftovers(m -> context.reporter().error(m, null))) {
                rotation.rotate(log, text);
            }
        }
    }

    // ---- streams

    /** Makes a stream of a {@code Log::Stream}; false when that is not usable, with a message why. */
    public boolean create(EnumValue id, RecordValue description) {
        LogStream stream = LogStream.of(context, counters.ofStream(id), id, description);
        if (stream == null) {
            return false;
        }
        remove(id);
        streams.put(id, stream);
        isSettled = false;
        return true;
    }

    /** Looks up what every row asks for, once the scripts have made their streams. */
    private void settle() {
        streamPolicy = context.global("Log::log_stream_policy") instanceof FuncValue hook ? hook : null;
        maxRowBytes = context.global("Log::max_log_record_size") instanceof Long n && n >= 0 ? n : Long.MAX_VALUE;
        isSettled = true;
    }

    /** Closes the stream's logs and forgets it. */
    public boolean remove(EnumValue id) {
        LogStream stream = streams.remove(id);
        if (stream == null) {
            return false;
        }
        stream.close();
        return true;
    }

    /** Switches a stream on or off. */
    public boolean enable(EnumValue id, boolean on) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        stream.isEnabled = on;
        return true;
    }

    /** Whether rows of this stream are of any use: it exists and is switched on. */
    public boolean isEnabled(EnumValue id) {
        LogStream stream = streams.get(id);
        return stream != null && stream.isEnabled;
    }

    /** Adds a {@code Log::Filter}, in place of one of the same name. */
    public boolean addFilter(EnumValue id, RecordValue description) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        LogFilter filter = LogFilter.of(description, stream, context.reporter());
        if (filter == null) {
            return false;
        }
        stream.removeFilter(filter.name);
        stream.filters.add(filter);
        return true;
    }

    /** True also when there is no filter of that name. */
    public boolean removeFilter(EnumValue id, String name) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        stream.removeFilter(name);
        return true;
    }

    /** Whether rows may stay in a buffer; without, each is made visible at once. */
    public boolean setBuffered(EnumValue id, boolean on) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        stream.isBuffered = on;
        return true;
    }

    /** Makes a stream's rows visible. */
    public boolean flush(EnumValue id) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        if (stream.isEnabled) {
            stream.logs.values().forEach(OpenLog::flush);
        }
        return true;
    }

    /** Makes all rows visible. */
    public void flushAll() {
        for (LogStream stream : streams.values()) {
            stream.logs.values().forEach(OpenLog::flush);
        }
    }

    // ---- rows

    /**
     * Writes a row.
     *
     * @param record of the stream's type, or one that can be turned into it
     * @return false when there is no such stream, the record does not fit, or a path function failed
     */
    public boolean write(EnumValue id, RecordValue record) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        if (!stream.isEnabled) {
            return true;
        }
        RecordValue row = RecordPromotion.promote(record, stream.columns, false);
        if (row == null) {
            context.reporter().error("incompatible log record type", null);
            return false;
        }
        stream.writes.add(1);
        if (stream.event != null && !stream.event.isEmpty()) {
            context.raise(stream.event, row);
        }
        if (!isSettled) {
            settle();
        }
        boolean vetoed = false;
        FuncValue hook = streamPolicy;
        if (hook != null && !hook.isEmpty()) {
            ActiveWrite write = delays.begin(stream, row);
            try {
                vetoed = Boolean.FALSE.equals(hook.call(row, id));
            } finally {
                delays.end();
            }
            DelayedRow delay = write.delay;
            if (delay != null) {
                if (!vetoed) {
                    delays.enqueue(stream, delay);
                    return true;
                }
                stream.delayed.forget(delay);
            }
        }
        return writeToFilters(stream, row, vetoed);
    }

    /** A vetoed row still passes the filters' hooks, which may count or look at it; it is not written. */
    private boolean writeToFilters(LogStream stream, RecordValue row, boolean vetoed) {
        List<LogFilter> filters = stream.filters;
        for (int i = 0; i < filters.size(); i++) {
            LogFilter filter = filters.get(i);
            if (filter.policy != null
                    && !filter.policy.isEmpty()
                    && Boolean.FALSE.equals(filter.policy.call(row, stream.id, filter.record))) {
                continue;
            }
            if (vetoed || filter.predicate != null && Boolean.FALSE.equals(filter.predicate.call(row))) {
                continue;
            }
            OpenLog log = opener.log(stream, filter, row);
            if (log == null) {
                return false;
            }
            if (log.writer != null) {
                write(stream, filter, log, log.writer, row);
            }
        }
        return true;
    }

    private void write(LogStream stream, LogFilter filter, OpenLog log, LogWriter writer, RecordValue row) {
        RecordValue extension = filter.extension == null
                ? null
                : (RecordValue) filter.extension.call(filter.path == null ? Bytes.EMPTY : filter.path);
        if (mayExceed(maxRowBytes, stream.limits, filter.fields.size())) {
            size.reset();
            filter.extractor.extract(row, extension, size);
            if (size.bytes() > maxRowBytes) {
                log.counters.discarded().add(1);
                stream.rowTooLarge();
                return;
            }
        }
        filter.extractor.extract(row, extension, writer.beginRow());
        writer.endRow();
        log.counters.writes().add(1);
        if (!stream.isBuffered) {
            writer.flush();
        }
    }

    /** Whether a row within these limits could hold more than so many bytes: only then is it worth measuring. */
    private static boolean mayExceed(long most, RowLimits limits, int fields) {
        return limits.totalStringBytes() == 0
                || limits.totalElements() == 0
                || limits.totalStringBytes() + (limits.totalElements() + fields) * 256 > most;
    }

    // ---- delays

    /**
     * Delays the row whose policy hook runs now.
     *
     * @param callback asked when the delay has ended; null for none
     * @return to be given to {@link #finishDelay}; means nothing when the row could not be delayed, with a message why
     */
    public OpaqueValue delay(EnumValue id, RecordValue record, @Nullable FuncValue callback) {
        return delays.delay(id, record, callback);
    }

    /** Takes one delay back; false when the three do not belong together, with a message why. */
    public boolean finishDelay(EnumValue id, RecordValue record, OpaqueValue token) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        if (!(token instanceof DelayToken t)) {
            context.reporter()
                    .error(
                            "invalid Log::delay_finish() call: wrong opaque token type: "
                                    + token.type().of(),
                            null);
            return false;
        }
        return delays.finish(stream, record, t);
    }

    /** Only ever lengthens it. */
    public boolean setMaxDelay(EnumValue id, double seconds) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        double before = stream.delayed.maxInterval;
        if (seconds < before) {
            context.reporter().warning(String.format("refusing to set lower delay %f < %f", seconds, before), null);
            return false;
        }
        stream.delayed.maxInterval = seconds;
        return true;
    }

    public boolean setMaxDelayedRows(EnumValue id, long rows) {
        LogStream stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        stream.delayed.maxSize = rows < 0 ? Long.MAX_VALUE : rows;
        delays.evict(stream);
        return true;
    }

    /** Rows that wait; -1 when there is no such stream. */
    public long delayedRows(EnumValue id) {
        LogStream stream = streams.get(id);
        return stream == null ? -1 : stream.delayed.size();
    }

    // ---- time

    /**
     * Network time at which {@link #runUntil} has something to do: a row has waited long enough, a log rotates, a writer told
     * something. May be too early. Infinity when there is nothing.
     */
    public double nextDue() {
        return tidings.isEmpty() ? due.time() : Double.NEGATIVE_INFINITY;
    }

    private double earliestDue() {
        double earliest = Double.POSITIVE_INFINITY;
        for (LogStream stream : streams.values()) {
            earliest = Math.min(earliest, RowDelays.nextDue(stream));
            for (OpenLog log : stream.logs.values()) {
                earliest = Math.min(earliest, log.nextRotation);
            }
        }
        return earliest;
    }

    /** Does what is due at a network time. */
    public void runUntil(double networkTime) {
        for (LogStream stream : List.copyOf(streams.values())) {
            if (RowDelays.nextDue(stream) <= networkTime) {
                delays.expire(stream, networkTime);
            }
            for (OpenLog log : new ArrayList<>(stream.logs.values())) {
                rotation.rotateIfDue(log, networkTime);
            }
        }
        due.exactly(earliestDue());
        hear();
    }

    /**
     * The engine is ending: rows that wait go on now, and nothing is due any more until more is written. Logs rotate a last
     * time in {@link #close}.
     */
    public void expire() {
        for (LogStream stream : List.copyOf(streams.values())) {
            delays.drain(stream);
            for (OpenLog log : stream.logs.values()) {
                log.nextRotation = Double.POSITIVE_INFINITY;
            }
        }
        due.exactly(earliestDue());
        hear();
    }

    private void hear() {
        tidings.hear(this::openLog, context.reporter(), rotation);
    }

    private @Nullable OpenLog openLog(LogSchema schema) {
        for (LogStream stream : streams.values()) {
            for (OpenLog log : stream.logs.values()) {
                if (log.schema == schema) {
                    return log;
                }
            }
        }
        return null;
    }

    /**
     * Ends all logs: delayed rows are written, logs that rotate do so a last time, every writer is closed. Comes after the
     * last event; a second call does nothing.
     */
    @Override
    public void close() {
        for (LogStream stream : List.copyOf(streams.values())) {
            delays.drain(stream);
        }
        double now = context.networkTime();
        for (LogStream stream : streams.values()) {
            for (OpenLog log : stream.logs.values()) {
                if (log.rotates()) {
                    rotation.rotate(log, now, true);
                }
                log.close();
            }
        }
        hear();
        streams.values().forEach(LogStream::close);
        streams.clear();
    }
}
