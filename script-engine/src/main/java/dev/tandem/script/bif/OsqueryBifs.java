package dev.tandem.script.bif;

import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.framework.HostResults;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.RecordPromotion;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** The functions behind the {@code osquery} scripts. */
public final class OsqueryBifs {
    private OsqueryBifs() {}

    @Bif(value = "osquery::__subscribe", type = "function(q: osquery::Query, host: string, group: string): bool")
    public static boolean subscribe(ScriptContext context, RecordValue query, Bytes host, Bytes group) {
        return hosts(context).subscribe(query, target(host, group));
    }

    @Bif(value = "osquery::__unsubscribe", type = "function(q: osquery::Query, host: string, group: string): bool")
    public static boolean unsubscribe(ScriptContext context, RecordValue query, Bytes host, Bytes group) {
        return hosts(context).unsubscribe(query, target(host, group));
    }

    @Bif(value = "osquery::__execute", type = "function(q: osquery::Query, host: string, group: string): bool")
    public static boolean execute(ScriptContext context, RecordValue query, Bytes host, Bytes group) {
        return hosts(context).execute(query, target(host, group));
    }

    @Bif(value = "osquery::__join", type = "function(range: subnet, group: string): bool")
    public static boolean join(ScriptContext context, Subnet range, Bytes group) {
        hosts(context).join(range, group.utf8());
        return true;
    }

    @Bif(value = "osquery::__leave", type = "function(range: subnet, group: string): bool")
    public static boolean leave(ScriptContext context, Subnet range, Bytes group) {
        hosts(context).leave(range, group.utf8());
        return true;
    }

    /** The full name of an event; empty when it is none. */
    @Bif(value = "osquery::__event_name", type = "function(ev: any): string")
    public static Bytes eventName(Object ev) {
        return ev instanceof FuncValue f ? Bytes.of(f.name()) : Bytes.EMPTY;
    }

    /** The same, and where a script handles it. */
    @Bif(value = "osquery::__event_place", type = "function(ev: any): string")
    public static Bytes eventPlace(Object ev) {
        if (!(ev instanceof FuncValue f)) {
            return Bytes.EMPTY;
        }
        Position place = f.place();
        return Bytes.of(place.equals(Position.NONE) ? f.name() : f.name() + " (" + place + ")");
    }

    /**
     * One query, or a vector or table of queries, as a vector of queries: the functions that take several were given a vector
     * in 2018 and one query in 2019. Records of other types with the same fields will do.
     */
    @Bif(value = "osquery::__queries", type = "function(qs: any): vector of osquery::Query")
    public static VectorValue queries(ScriptContext context, Object any) {
        RecordType type = (RecordType) context.type("osquery::Query");
        if (type == null) {
            throw new IllegalStateException("osquery::Query is not declared");
        }
        VectorValue all = new VectorValue(new VectorType(type));
        switch (any) {
            case RecordValue one -> addQuery(context, all, one, type);
            case VectorValue several -> {
                for (int i = 0; i < several.size(); i++) {
                    addQuery(context, all, several.get(i), type);
                }
            }
            case TableValue table -> {
                for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
                    Object key = table.entryKey(e);
                    Object query = key != null && table.type().isSet() ? TableValue.parts(key)[0] : table.entryValue(e);
                    addQuery(context, all, query, type);
                }
            }
            default -> context.callError("osquery: not a query", any);
        }
        return all;
    }

    private static void addQuery(ScriptContext context, VectorValue all, @Nullable Object value, RecordType type) {
        RecordValue query = value instanceof RecordValue r ? promote(r, type) : null;
        if (query == null) {
            context.callError("osquery: not a query", value);
        } else {
            all.add(query);
        }
    }

    private static @Nullable RecordValue promote(RecordValue record, RecordType type) {
        return RecordPromotion.promote(record, type, true);
    }

    private static QueryTarget target(Bytes host, Bytes group) {
        if (!host.isEmpty()) {
            return new QueryTarget.OneHost(host.utf8());
        }
        return group.isEmpty() ? new QueryTarget.Everyone() : new QueryTarget.Group(group.utf8());
    }

    private static HostResults hosts(ScriptContext context) {
        return context.service(HostResults.class);
    }
}
