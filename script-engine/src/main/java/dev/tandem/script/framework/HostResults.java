package dev.tandem.script.framework;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Monitored hosts as scripts see them: takes queries from the {@code osquery} functions to {@link HostQueries}, and turns what
 * hosts answer into events. A row raises the event of its query, {@code NAME(resultInfo, column, ...)}, one argument per
 * selected column in the order of the SELECT (Bro-Osquery's contract).
 *
 * <p>Engine thread. It is the sink of the engine's {@code HostAnswers}; what it raises waits in the event queue.
 */
public final class HostResults implements HostQueries.Sink {
    private final ScriptContext context;
    private final HostQueries hosts;
    private final Map<HostQuery, RowEvent> events = new HashMap<>();
    private @Nullable RecordType infoType;
    private int hostSlot;
    private int updateSlot;
    private int cookieSlot;
    private int hostTimeSlot;
    private int arrivalSlot;
    private int decorationsSlot;

    /** @param hosts stays the caller's, who closes it */
    public HostResults(ScriptContext context, HostQueries hosts) {
        this.context = context;
        this.hosts = hosts;
    }

    // ---- what scripts ask

    /**
     * Puts a query on the schedule of hosts, now and later.
     *
     * @param query an {@code osquery::Query}
     * @return false when the query is not usable, with a message why
     */
    public boolean subscribe(RecordValue query, QueryTarget target) {
        HostQuery q = query(query, false);
        if (q != null) {
            hosts.subscribe(q, target);
        }
        return q != null;
    }

    /** Takes a subscription back. */
    public boolean unsubscribe(RecordValue query, QueryTarget target) {
        HostQuery q = query(query, false);
        if (q != null) {
            hosts.unsubscribe(q, target);
        }
        return q != null;
    }

    /** Asks once, of hosts that are there now. */
    public boolean execute(RecordValue query, QueryTarget target) {
        HostQuery q = query(query, true);
        if (q != null) {
            hosts.execute(q, target);
        }
        return q != null;
    }

    public void join(Subnet range, String group) {
        hosts.join(range, group);
    }

    public void leave(Subnet range, String group) {
        hosts.leave(range, group);
    }

    private @Nullable HostQuery query(RecordValue record, boolean once) {
        RecordType type = (RecordType) record.layout();
        String sql = text(record, type, "query");
        if (!(Records.get(record, type, type.slot("ev")) instanceof FuncValue event)) {
            context.reporter().error("osquery: query without an event: " + sql, null);
            return null;
        }
        if (sql.isBlank()) {
            context.reporter().error("osquery: empty query for event " + event.name(), null);
            return null;
        }
        HostQuery q = new HostQuery(
                event.name(),
                sql,
                once ? UpdateType.SNAPSHOT : updates(record, type),
                interval(record, type),
                text(record, type, "cookie"),
                topic(text(record, type, "resT")));
        events.computeIfAbsent(q, k -> new RowEvent(event, k, context.reporter()));
        return q;
    }

    private static String text(RecordValue record, RecordType type, String field) {
        return Records.get(record, type, type.slot(field)) instanceof Bytes b ? b.utf8() : "";
    }

    private static UpdateType updates(RecordValue record, RecordType type) {
        if (Records.get(record, type, type.slot("utype")) instanceof EnumValue e) {
            return UpdateType.valueOf(e.name().substring(e.name().lastIndexOf(':') + 1));
        }
        return UpdateType.ADD;
    }

    private long interval(RecordValue record, RecordType type) {
        Object own = Records.get(record, type, type.slot("inter"));
        Object seconds = own != null ? own : context.global("osquery::default_query_interval");
        return seconds instanceof Long n && n > 0 ? n : 10;
    }

    /** This node's own topic is the same as none. */
    private String topic(String topic) {
        return context.global("osquery::BroID_Topic") instanceof Bytes own
                        && own.utf8().equals(topic)
                ? ""
                : topic;
    }

    // ---- what hosts answer

    @Override
    public void accept(HostEvent event) {
        switch (event) {
            case HostEvent.Connected c -> raise("osquery::host_connected", Bytes.of(c.hostId()));
            case HostEvent.HeardFrom h -> {
                Addr address = Addr.parse(h.address());
                if (address != null) {
                    raise("osquery::host_heard_from", Bytes.of(h.hostId()), address);
                }
            }
            case HostEvent.Disconnected d -> raise("osquery::host_disconnected", Bytes.of(d.hostId()));
            case HostEvent.Row row -> row(row);
            case HostEvent.PackRow row -> packRow(row);
            case HostEvent.Status s -> status(s);
            case HostEvent.Finished f -> {
                HostQuery q = f.query();
                String error = f.error() == null ? "" : f.error();
                raise(
                        "osquery::query_finished",
                        Bytes.of(f.hostId()),
                        Bytes.of(q.sql()),
                        Bytes.of(q.cookie()),
                        (long) f.rows(),
                        Bytes.of(error));
                if (!error.isEmpty()) {
                    raise("osquery::host_error", Bytes.of(f.hostId()), Bytes.of(error + ": " + q.sql()));
                }
            }
        }
    }

    private void status(HostEvent.Status s) {
        String name = switch (s.severity()) {
            case 0 -> "osquery::host_log";
            case 1 -> "osquery::host_warning";
            default -> "osquery::host_error";
        };
        raise(name, Bytes.of(s.hostId()), Bytes.of(s.message()));
        raise(
                "osquery::host_status",
                Bytes.of(s.hostId()),
                (long) s.severity(),
                Bytes.of(s.message()),
                Bytes.of(s.origin()),
                s.hostTime());
    }

    private void raise(String name, Object... args) {
        if (context.global(name) instanceof FuncValue event && !event.isEmpty()) {
            context.raise(event, args);
        }
    }

    private void row(HostEvent.Row row) {
        RowEvent event = events.get(row.query());
        if (event == null) {
            event = ofUnknownQuery(row.query());
        }
        if (event == null || event.event.isEmpty()) {
            return;
        }
        @Nullable
        Object[] args = event.arguments(
                info(
                        row.hostId(),
                        row.update(),
                        row.query().cookie(),
                        row.decorations(),
                        row.hostTime(),
                        row.arrivalTime()),
                row);
        if (args != null) {
            context.raise(event.event, args);
        }
    }

    /** A query that another node asked for, or one asked before scripts were loaded again: its event is known by name. */
    private @Nullable RowEvent ofUnknownQuery(HostQuery query) {
        if (!(context.global(query.event()) instanceof FuncValue f)) {
            return null;
        }
        RowEvent event = new RowEvent(f, query, context.reporter());
        events.put(query, event);
        return event;
    }

    /** Packs have queries that scripts do not know beforehand: their columns come by name. */
    private void packRow(HostEvent.PackRow row) {
        if (!(context.global("osquery::pack_row") instanceof FuncValue event) || event.isEmpty()) {
            return;
        }
        TableValue columns =
                new TableValue((TableType) event.type().params().field(3).type());
        for (int i = 0; i < row.columns().size(); i++) {
            Bytes value = row.values().get(i);
            if (value != null) {
                columns.put(Bytes.of(row.columns().get(i)), value);
            }
        }
        RecordValue info = info(row.hostId(), row.update(), "", row.decorations(), row.hostTime(), row.arrivalTime());
        context.raise(event, info, Bytes.of(row.pack()), Bytes.of(row.query()), columns);
    }

    private RecordValue info(
            String host,
            UpdateType update,
            String cookie,
            Map<String, String> decorations,
            double hostTime,
            double arrival) {
        RecordType type = infoType();
        RecordValue info = Records.bare(type);
        info.set(hostSlot, Bytes.of(host));
        info.set(updateSlot, ((EnumType) type.field(updateSlot).type()).byName("osquery::" + update));
        info.set(cookieSlot, Bytes.of(cookie));
        info.set(hostTimeSlot, hostTime);
        info.set(arrivalSlot, arrival);
        if (!decorations.isEmpty()) {
            TableValue told =
                    new TableValue((TableType) type.field(decorationsSlot).type());
            decorations.forEach((name, value) -> told.put(Bytes.of(name), Bytes.of(value)));
            info.set(decorationsSlot, told);
        }
        return info;
    }

    private RecordType infoType() {
        RecordType type = infoType;
        if (type == null) {
            if (!(context.type("osquery::ResultInfo") instanceof RecordType found)) {
                throw new ScriptError("osquery scripts are not loaded");
            }
            type = found;
            infoType = type;
            hostSlot = type.slot("host");
            updateSlot = type.slot("utype");
            cookieSlot = type.slot("cookie");
            hostTimeSlot = type.slot("host_time");
            arrivalSlot = type.slot("arrival_time");
            decorationsSlot = type.slot("decorations");
        }
        return type;
    }
}
