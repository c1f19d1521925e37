package dev.tandem.script.log;

import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.RecordPromotion;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.telemetry.Metric;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A named sequence of rows of one type; what a script's {@code Log::Stream} says, its filters and its open logs. */
final class LogStream {
    private static final Bytes STRING_CUT = Bytes.of("log_string_field_truncated");
    private static final Bytes CONTAINER_CUT = Bytes.of("log_container_field_truncated");
    private static final Bytes TOO_LARGE = Bytes.of("log_record_too_large");

    final EnumValue id;

    /** Counts rows, also those that no filter wants. */
    final Metric writes;

    final RecordType columns;

    /** Raised with each row; null for none. */
    final @Nullable FuncValue event;

    final @Nullable FuncValue policy;
    final RowLimits limits;
    final DelayedRows delayed;
    final List<LogFilter> filters = new ArrayList<>();
    final Map<OpenLog.Key, OpenLog> logs = new LinkedHashMap<>();
    boolean isEnabled = true;
    boolean isBuffered = true;

    private final ScriptContext context;
    private final EventType weird;

    private LogStream(
            ScriptContext context,
            Metric writes,
            EnumValue id,
            RecordType columns,
            @Nullable FuncValue event,
            Fields f) {
        this.context = context;
        this.writes = writes;
        this.id = id;
        this.columns = columns;
        this.event = event;
        policy = f.function("policy");
        limits = new RowLimits(
                f.count("max_field_string_bytes"),
                f.count("max_total_string_bytes"),
                f.count("max_field_container_elements"),
                f.count("max_total_container_elements"));
        delayed = new DelayedRows(f.seconds("max_delay_interval"), f.count("max_delay_queue_size"));
        weird = context.eventTypes().event("net_weird");
    }

    /** Null when the stream cannot be used, with a message why. */
    static @Nullable LogStream of(ScriptContext context, Metric writes, EnumValue id, RecordValue description) {
        Fields f = new Fields(description);
        Reporter reporter = context.reporter();
        if (!(f.get("columns") instanceof RecordType columns)) {
            reporter.error("sval argument not of right type", null);
            return null;
        }
        boolean logsSomething = false;
        for (RecordField field : columns.fields()) {
            if (field.isLogged() && !LogColumns.canLog(field.type())) {
                reporter.error("type of field '" + field.name() + "' is not support for logging output", null);
                return null;
            }
            logsSomething |= field.isLogged();
        }
        if (!logsSomething) {
            reporter.error("logged record type does not have any &log attributes", null);
            return null;
        }
        FuncValue event = f.function("ev");
        if (event != null) {
            String fault = fault(event.type(), columns);
            if (fault != null) {
                reporter.error(fault, null);
                return null;
            }
        }
        return new LogStream(context, writes, id, columns, event, f);
    }

    private static @Nullable String fault(FuncType event, RecordType columns) {
        if (event.flavor() != FuncType.Flavor.EVENT) {
            return "stream event is a function, not an event";
        }
        if (event.params().size() != 1) {
            return "stream event must take a single argument";
        }
        return RecordPromotion.sameType(event.params().field(0).type(), columns)
                ? null
                : "stream event's argument type does not match column record type";
    }

    /** Forgets a filter of that name, if there is one. */
    void removeFilter(String name) {
        filters.removeIf(f -> f.name.equals(name));
    }

    void stringCut() {
        weird(STRING_CUT);
    }

    void containerCut() {
        weird(CONTAINER_CUT);
    }

    void rowTooLarge() {
        weird(TOO_LARGE);
    }

    private void weird(Bytes name) {
        if (weird.wanted()) {
            context.events().add(weird, name, id.text(), Bytes.EMPTY);
        }
    }

    void close() {
        logs.values().forEach(OpenLog::close);
        logs.clear();
    }
}
