package dev.tandem.script.framework;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The event that a query's rows raise: how its parameters take the columns. What is wrong with a query is said once, and the
 * rows that fit go on.
 */
final class RowEvent {
    final FuncValue event;
    private final List<Type> parameters = new ArrayList<>();
    private final Reporter reporter;
    private final boolean isUsable;
    private boolean toldOfCount;
    private boolean toldOfText;

    RowEvent(FuncValue event, HostQuery query, Reporter reporter) {
        this.event = event;
        this.reporter = reporter;
        RecordType params = event.type().params();
        String fault = null;
        if (params.size() == 0
                || !"osquery::ResultInfo".equals(params.field(0).type().name())) {
            fault = "its first parameter must be an osquery::ResultInfo";
        }
        for (int i = 1; i < params.size(); i++) {
            Type type = params.field(i).type();
            parameters.add(type);
            if (!ColumnReader.canRead(type)) {
                fault = "parameter " + params.field(i).name() + " is a " + type.label() + ", which no column can be";
            }
        }
        isUsable = fault == null;
        if (fault != null) {
            reporter.error(
                    "osquery: event " + event.name() + " cannot take rows: " + fault + " (" + query.sql() + ")", null);
        }
    }

    /** Null when the row does not fit. */
    @Nullable
    Object @Nullable [] arguments(RecordValue info, HostEvent.Row row) {
        if (!isUsable) {
            return null;
        }
        List<@Nullable Bytes> values = row.values();
        if (values.size() != parameters.size()) {
            if (!toldOfCount) {
                toldOfCount = true;
                reporter.error(
                        "osquery: event " + event.name() + " takes " + parameters.size() + " columns, its query gives "
                                + values.size() + " " + row.columns() + ": "
                                + row.query().sql(),
                        null);
            }
            return null;
        }
        @Nullable Object[] args = new Object[values.size() + 1];
        args[0] = info;
        for (int i = 0; i < values.size(); i++) {
            args[i + 1] = argument(values.get(i), i, row);
        }
        return args;
    }

    private @Nullable Object argument(@Nullable Bytes text, int column, HostEvent.Row row) {
        Type type = parameters.get(column);
        if (text == null || text.isEmpty()) {
            return ColumnReader.missing(type);
        }
        Object value = ColumnReader.read(text, type);
        if (value != null) {
            return value;
        }
        if (!toldOfText) {
            toldOfText = true;
            reporter.warning(
                    "osquery: column " + row.columns().get(column) + " of host " + row.hostId() + " is no "
                            + type.label() + " but \"" + text + "\", taken as missing: "
                            + row.query().sql(),
                    null);
        }
        return ColumnReader.missing(type);
    }
}
