package dev.tandem.script.log;

import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.RecordPromotion;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.RecordType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the log that a row goes to, by the filter's path or path function, and opens it when it is new. */
final class LogOpener {
    private final ScriptContext context;
    private final LogWriterFactory writers;
    private final LogWriterFactory.Listener listener;
    private final LogCounters counters;
    private final LogRotation rotation;
    private final EarliestDue due;

    /**
     * @param listener of all logs' writers
     * @param due hears when a new log rotates
     */
    LogOpener(
            ScriptContext context,
            LogWriterFactory writers,
            LogWriterFactory.Listener listener,
            LogCounters counters,
            LogRotation rotation,
            EarliestDue due) {
        this.context = context;
        this.writers = writers;
        this.listener = listener;
        this.counters = counters;
        this.rotation = rotation;
        this.due = due;
    }

    /** The log that a filter writes this row to, opened when it is new; null when the path function gave none. */
    @Nullable
    OpenLog log(LogStream stream, LogFilter filter, RecordValue row) {
        Bytes path = filter.path;
        if (filter.pathFunction != null) {
            path = askPath(stream, filter, filter.pathFunction, row);
        }
        if (path == null) {
            return null;
        }
        OpenLog last = filter.lastLog;
        if (last == null || !Objects.equals(path, filter.lastPath)) {
            last = find(stream, filter, path.utf8());
            filter.lastPath = path;
            filter.lastLog = last;
        }
        return last;
    }

    private @Nullable Bytes askPath(LogStream stream, LogFilter filter, FuncValue function, RecordValue row) {
        Bytes suggestion = filter.path == null ? Bytes.EMPTY : filter.path;
        Object argument = row;
        if (function.type().params().size() > 2
                && function.type().params().field(2).type() instanceof RecordType wanted) {
            argument = RecordPromotion.promote(row, wanted, true);
        }
        Object result = function.call(stream.id, suggestion, argument);
        if (result instanceof Bytes path) {
            if (filter.path == null) {
                filter.path = path;
            }
            return path;
        }
        context.reporter()
                .error(result == null ? "path_func did not return a value" : "path_func did not return string", null);
        return null;
    }

    private OpenLog find(LogStream stream, LogFilter filter, String wanted) {
        OpenLog.Key key = new OpenLog.Key(filter.writer, wanted);
        OpenLog log = stream.logs.get(key);
        if (log != null && !log.filterName.equals(filter.name)) {
            String owner = log.filterName;
            for (int n = 2; log != null && !log.filterName.equals(filter.name); n++) {
                key = new OpenLog.Key(filter.writer, wanted + "-" + n);
                log = stream.logs.get(key);
            }
            filter.path = Bytes.of(key.path());
            context.reporter()
                    .warning(
                            "Write using filter '" + filter.name + "' on path '" + wanted
                                    + "' changed to use new path '" + key.path() + "' to avoid conflict with filter '"
                                    + owner + "'",
                            null);
        }
        return log != null ? log : open(stream, filter, key);
    }

    private OpenLog open(LogStream stream, LogFilter filter, OpenLog.Key key) {
        LogFilter owner = rotationOwner(stream, key);
        double interval = owner != null
                ? owner.rotationInterval
                : context.global("Log::default_rotation_interval") instanceof Double d ? d : 0;
        FuncValue postprocessor = owner == null ? null : owner.postprocessor;
        LogSchema schema =
                new LogSchema(key.path(), filter.fields, filter.options, rotation.policy(interval, postprocessor));
        LogWriter writer = null;
        if (filter.isLocal) {
            try {
                writer = writers.open(key.writer().name(), schema, context.networkTime(), listener);
            } catch (IllegalArgumentException e) {
                context.reporter().error(key.path() + "/" + key.writer().name() + ": " + e.getMessage(), null);
            }
        }
        OpenLog log = new OpenLog(
                key, schema, filter.name, writer, postprocessor, interval, counters.ofLog(stream.id, filter.name, key));
        log.openTime = context.networkTime();
        stream.logs.put(key, log);
        rotation.schedule(log);
        due.atMost(log.nextRotation);
        return log;
    }

    /** The first filter that writes to this path: its rotation settings count. Null when the path was computed. */
    private static @Nullable LogFilter rotationOwner(LogStream stream, OpenLog.Key key) {
        for (LogFilter f : stream.filters) {
            if (f.writer == key.writer() && f.path != null && f.path.utf8().equals(key.path())) {
                return f;
            }
        }
        return null;
    }
}
