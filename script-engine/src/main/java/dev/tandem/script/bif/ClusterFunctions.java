package dev.tandem.script.bif;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.broker.EventArguments;
import dev.tandem.script.broker.ScriptBackbone;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishing as {@code Cluster} has it (zeek {@code src/cluster/cluster.bif}, {@code BifSupport.cc}). */
public final class ClusterFunctions {
    private ClusterFunctions() {}

    /** An event with its arguments; without the event when they do not go together, which has been reported. */
    @Bif(value = "Cluster::make_event", type = "function(...): Cluster::Event")
    public static RecordValue makeEvent(ScriptContext ctx, Object... args) {
        RecordType type = Declared.type(ctx, "Cluster::Event", RecordType.class);
        RecordValue made = Records.bare(type);
        VectorValue values = new VectorValue((VectorType) type.field(1).type());
        made.set(1, values);
        if (args.length == 0) {
            ctx.callError("not enough arguments", null);
        } else if (!(args[0] instanceof FuncValue f)) {
            ctx.callError("got non-event type '" + AnyValue.typeOf(args[0]).label() + "'", null);
        } else {
            Object[] rest = Arrays.copyOfRange(args, 1, args.length);
            if (isRight(ctx, f, rest)) {
                made.set(0, f);
                for (Object value : rest) {
                    values.add(value);
                }
            }
        }
        return made;
    }

    private static boolean isRight(ScriptContext ctx, FuncValue f, Object[] args) {
        String problem = problem(f, args);
        if (problem != null) {
            ctx.reporter().error(problem, ctx.callSite());
        }
        return problem == null;
    }

    private static @Nullable String problem(FuncValue f, Object[] args) {
        if (f.type().flavor() != FuncType.Flavor.EVENT) {
            return "unexpected function type for " + f.name() + ": "
                    + f.type().flavor().keyword();
        }
        RecordType parameters = f.type().params();
        if (args.length != parameters.size()) {
            return "bad number of arguments for " + f.name() + ": got " + args.length + ", expect " + parameters.size();
        }
        int wrong = EventArguments.firstMismatch(parameters, args);
        return wrong < 0
                ? null
                : "event parameter #" + (wrong + 1) + " type mismatch, got "
                        + AnyValue.typeOf(args[wrong]).label() + ", expecting "
                        + parameters.field(wrong).type().label();
    }

    @Bif(value = "Cluster::publish", type = "function(topic: string, ...): bool")
    public static boolean publish(ScriptContext ctx, Bytes topic, Object... args) {
        if (args.length == 0) {
            ctx.callError("no event arguments given", null);
            return false;
        }
        return switch (args[0]) {
            case FuncValue f -> {
                Object[] rest = Arrays.copyOfRange(args, 1, args.length);
                yield isRight(ctx, f, rest) && send(ctx, topic, f, rest);
            }
            case RecordValue r -> publishRecord(ctx, topic, r);
            default -> {
                ctx.callError(
                        "expected function or record as first argument, got "
                                + AnyValue.typeOf(args[0]).label(),
                        null);
                yield false;
            }
        };
    }

    private static boolean publishRecord(ScriptContext ctx, Bytes topic, RecordValue event) {
        if (BrokerFunctions.isEvent(event)) {
            return BrokerFunctions.send(ctx, topic, event);
        }
        if (!event.layout().typeName().equals("Cluster::Event")) {
            ctx.callError(
                    "Publish of unknown record type '" + AnyValue.typeOf(event).label() + "'", null);
            return false;
        }
        if (!(event.get(0) instanceof FuncValue f) || !(event.get(1) instanceof VectorValue args)) {
            return false;
        }
        List<Object> all = new ArrayList<>(args.size());
        for (int i = 0; i < args.size(); i++) {
            Object value = args.get(i);
            if (value == null) {
                return false;
            }
            all.add(value);
        }
        return isRight(ctx, f, all.toArray()) && send(ctx, topic, f, all.toArray());
    }

    private static boolean send(ScriptContext ctx, Bytes topic, FuncValue f, Object[] args) {
        ScriptBackbone backbone = ctx.service(ScriptBackbone.class);
        List<Data> data = new ArrayList<>(args.length);
        for (Object arg : args) {
            Data d = backbone.conversion().toData(arg);
            if (d == null) {
                return false;
            }
            data.add(d);
        }
        backbone.publish(topic.utf8(), f.name(), data);
        return true;
    }

    /** To the node of a pool that a key belongs to; false when the pool has no node that is up. */
    @Bif(value = "Cluster::publish_hrw", type = "function(pool: Cluster::Pool, key: any, ...): bool")
    public static boolean publishByKey(ScriptContext ctx, RecordValue pool, Object key, Object... args) {
        return toPool(ctx, "Cluster::hrw_topic", pool, key, args);
    }

    /** To the nodes of a pool in turn; false when the pool has no node that is up. */
    @Bif(value = "Cluster::publish_rr", type = "function(pool: Cluster::Pool, key: string, ...): bool")
    public static boolean publishInTurn(ScriptContext ctx, RecordValue pool, Bytes key, Object... args) {
        return toPool(ctx, "Cluster::rr_topic", pool, key, args);
    }

    private static boolean toPool(
            ScriptContext ctx, String topicFunction, RecordValue pool, Object key, Object... args) {
        if (!pool.layout().typeName().equals("Cluster::Pool")) {
            ctx.callError("expected type Cluster::Pool for pool", null);
            return false;
        }
        Object topic = ctx.global(topicFunction) instanceof FuncValue f ? f.call(pool, key) : null;
        return topic instanceof Bytes t && !t.isEmpty() && publish(ctx, t, args);
    }

    @Bif(value = "Cluster::__subscribe", type = "function(topic_prefix: string): bool")
    public static boolean subscribe(ScriptContext ctx, Bytes prefix) {
        return BrokerFunctions.subscribe(ctx, prefix);
    }

    @Bif(value = "Cluster::__unsubscribe", type = "function(topic_prefix: string): bool")
    public static boolean unsubscribe(ScriptContext ctx, Bytes prefix) {
        return BrokerFunctions.unsubscribe(ctx, prefix);
    }
}
