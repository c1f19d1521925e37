package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.log.LogStreams;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.EnumValue;
import org.jspecify.annotations.Nullable;

/** The functions behind the logging framework's scripts (zeek {@code src/logging/logging.bif}). */
public final class LogBifs {
    private LogBifs() {}

    @Bif(value = "Log::__create_stream", type = "function(id: Log::ID, stream: Log::Stream): bool")
    public static boolean createStream(ScriptContext context, EnumValue id, RecordValue stream) {
        return streams(context).create(id, stream);
    }

    @Bif(value = "Log::__remove_stream", type = "function(id: Log::ID): bool")
    public static boolean removeStream(ScriptContext context, EnumValue id) {
        return streams(context).remove(id);
    }

    @Bif(value = "Log::__enable_stream", type = "function(id: Log::ID): bool")
    public static boolean enableStream(ScriptContext context, EnumValue id) {
        return streams(context).enable(id, true);
    }

    @Bif(value = "Log::__disable_stream", type = "function(id: Log::ID): bool")
    public static boolean disableStream(ScriptContext context, EnumValue id) {
        return streams(context).enable(id, false);
    }

    @Bif(value = "Log::__add_filter", type = "function(id: Log::ID, filter: Log::Filter): bool")
    public static boolean addFilter(ScriptContext context, EnumValue id, RecordValue filter) {
        return streams(context).addFilter(id, filter);
    }

    @Bif(value = "Log::__remove_filter", type = "function(id: Log::ID, name: string): bool")
    public static boolean removeFilter(ScriptContext context, EnumValue id, Bytes name) {
        return streams(context).removeFilter(id, name.utf8());
    }

    @Bif(value = "Log::__write", type = "function(id: Log::ID, columns: any): bool")
    public static boolean write(ScriptContext context, EnumValue id, Object columns) {
        return streams(context).write(id, row(columns));
    }

    @Bif(value = "Log::__set_buf", type = "function(id: Log::ID, buffered: bool): bool")
    public static boolean setBuf(ScriptContext context, EnumValue id, boolean buffered) {
        return streams(context).setBuffered(id, buffered);
    }

    @Bif(value = "Log::__flush", type = "function(id: Log::ID): bool")
    public static boolean flush(ScriptContext context, EnumValue id) {
        return streams(context).flush(id);
    }

    @Bif(value = "Log::flush_all", type = "function(): any")
    public static @Nullable Object flushAll(ScriptContext context) {
        streams(context).flushAll();
        return null;
    }

    @Bif(
            value = "Log::__delay",
            type = "function(id: Log::ID, rec: any, post_delay_cb: Log::PostDelayCallback): Log::DelayToken")
    public static OpaqueValue delay(ScriptContext context, EnumValue id, Object rec, FuncValue callback) {
        boolean isEmpty = callback == context.global("Log::empty_post_delay_cb");
        return streams(context).delay(id, row(rec), isEmpty ? null : callback);
    }

    @Bif(value = "Log::__delay_finish", type = "function(id: Log::ID, rec: any, token: Log::DelayToken): bool")
    public static boolean delayFinish(ScriptContext context, EnumValue id, Object rec, OpaqueValue token) {
        return streams(context).finishDelay(id, row(rec), token);
    }

    @Bif(value = "Log::__set_max_delay_interval", type = "function(id: Log::ID, max_delay: interval): bool")
    public static boolean setMaxDelayInterval(ScriptContext context, EnumValue id, double maxDelay) {
        return streams(context).setMaxDelay(id, maxDelay);
    }

    @Bif(value = "Log::__set_max_delay_queue_size", type = "function(id: Log::ID, max_queue_size: count): bool")
    public static boolean setMaxDelayQueueSize(ScriptContext context, EnumValue id, long maxQueueSize) {
        return streams(context).setMaxDelayedRows(id, maxQueueSize);
    }

    @Bif(value = "Log::__get_delay_queue_size", type = "function(id: Log::ID): int")
    public static long delayQueueSize(ScriptContext context, EnumValue id) {
        return streams(context).delayedRows(id);
    }

    private static LogStreams streams(ScriptContext context) {
        return context.service(LogStreams.class);
    }

    private static RecordValue row(Object any) {
        if (any instanceof RecordValue record) {
            return record;
        }
        throw new ScriptError("not a record");
    }
}
