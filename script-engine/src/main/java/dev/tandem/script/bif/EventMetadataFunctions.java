package dev.tandem.script.bif;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.record.RecordValue;
import dev.tandem.script.check.TypeRules;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What events carry besides their arguments: so far the network time they are about, when scripts ask for that
 * ({@code EventMetadata::add_network_timestamp}) or the node that sent one told it (zeek {@code src/Event.cc}).
 */
public final class EventMetadataFunctions {
    private static final long NETWORK_TIMESTAMP = 1;
    private static final double NONE = -1;

    private EventMetadataFunctions() {}

    /** The types that identifiers were registered with. A service. */
    public static final class Registered {
        private final Map<Long, Type> types = new HashMap<>(Map.of(NETWORK_TIMESTAMP, Types.TIME));

        boolean add(long id, Type type) {
            Type before = types.get(id);
            if (before != null) {
                return TypeRules.same(before, type);
            }
            if (!isData(type, new HashSet<>())) {
                return false;
            }
            types.put(id, type);
            return true;
        }
    }

    /** Whether values of the type can go to other nodes. */
    private static boolean isData(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return true;
        }
        return switch (type) {
            case RecordType r -> r.fields().stream().allMatch(f -> isData(f.type(), seen));
            case VectorType v -> isData(v.element(), seen);
            case TableType t -> {
                Type yield = t.yield();
                yield t.index().stream().allMatch(i -> isData(i, seen)) && (yield == null || isData(yield, seen));
            }
            default ->
                switch (type.tag()) {
                    case ANY, FUNC, FILE, OPAQUE, VOID, ERROR -> false;
                    default -> true;
                };
        };
    }

    /** Whether the event that runs tells its network time. */
    private static boolean isTimed(ScriptContext ctx) {
        EventQueue events = ctx.events();
        if (!events.isRunning() || Double.isNaN(events.runningTime())) {
            return false;
        }
        return events.isRunningRemote() || Boolean.TRUE.equals(ctx.global("EventMetadata::add_network_timestamp"));
    }

    /** Negative when it has none. */
    @Bif(value = "current_event_time", type = "function(): time")
    public static double currentEventTime(ScriptContext ctx) {
        return isTimed(ctx) ? ctx.events().runningTime() : NONE;
    }

    @Bif(value = "EventMetadata::register", type = "function(id: EventMetadata::ID, t: any): bool")
    public static boolean register(ScriptContext ctx, EnumValue id, Object t) {
        if (!(AnyValue.unwrap(t) instanceof Type type)) {
            ctx.callError("register_event_metadata() expects type", null);
            return false;
        }
        return ctx.service(Registered.class).add(id.number(), type);
    }

    @Bif(value = "EventMetadata::current", type = "function(id: EventMetadata::ID): any_vec")
    public static VectorValue current(ScriptContext ctx, EnumValue id) {
        VectorValue values = new VectorValue(Declared.type(ctx, "any_vec", VectorType.class));
        if (id.number() == NETWORK_TIMESTAMP && isTimed(ctx)) {
            values.add(AnyValue.wrap(Types.TIME, ctx.events().runningTime()));
        }
        return values;
    }

    @Bif(value = "EventMetadata::current_all", type = "function(): event_metadata_vec")
    public static VectorValue currentAll(ScriptContext ctx) {
        VectorType type = Declared.type(ctx, "event_metadata_vec", VectorType.class);
        VectorValue all = new VectorValue(type);
        if (isTimed(ctx)) {
            RecordType entry = (RecordType) type.element();
            RecordValue timestamp = Declared.record(ctx, "EventMetadata::Entry");
            timestamp.set(0, ((EnumType) entry.field(0).type()).byNumber(NETWORK_TIMESTAMP));
            timestamp.set(1, AnyValue.wrap(Types.TIME, ctx.events().runningTime()));
            all.add(timestamp);
        }
        return all;
    }
}
