package dev.tandem.script.bif;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.broker.DataConversion;
import dev.tandem.script.broker.EventArguments;
import dev.tandem.script.broker.ScriptBackbone;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Publishing and subscribing as {@code Broker} has it (zeek {@code src/broker/messaging.bif}). */
public final class BrokerFunctions {
    private BrokerFunctions() {}

    private static ScriptBackbone backbone(ScriptContext ctx) {
        return ctx.service(ScriptBackbone.class);
    }

    /** An event and its arguments as data; without a name when they do not go together, which has been reported. */
    @Bif(value = "Broker::make_event", type = "function(...): Broker::Event")
    public static RecordValue makeEvent(ScriptContext ctx, Object... args) {
        RecordType type = Declared.type(ctx, "Broker::Event", RecordType.class);
        RecordValue made = Records.bare(type);
        VectorValue data = new VectorValue((VectorType) type.field(1).type());
        made.set(1, data);
        if (args.length == 0) {
            return made;
        }
        if (!(args[0] instanceof FuncValue f) || f.type().flavor() != FuncType.Flavor.EVENT) {
            String what = args[0] instanceof FuncValue
                    ? ""
                    : " (" + Describe.message(args[0], AnyValue.typeOf(args[0])) + ")";
            ctx.callError("attempt to convert non-event into an event type" + what, null);
            return made;
        }
        Object[] values = Arrays.copyOfRange(args, 1, args.length);
        RecordType parameters = f.type().params();
        if (values.length != parameters.size()) {
            ctx.callError("bad # of arguments: got " + values.length + ", expect " + parameters.size(), null);
            return made;
        }
        int wrong = EventArguments.firstMismatch(parameters, values);
        if (wrong >= 0) {
            ctx.callError(
                    "event parameter #" + (wrong + 1) + " type mismatch, got "
                            + AnyValue.typeOf(values[wrong]).label() + ", expect "
                            + parameters.field(wrong).type().label(),
                    null);
            return made;
        }
        DataConversion conversion = backbone(ctx).conversion();
        for (int i = 0; i < values.length; i++) {
            Data d = conversion.toData(values[i]);
            if (d == null) {
                Type given = AnyValue.typeOf(values[i]);
                ctx.callError(
                        "failed to convert param #" + (i + 1) + " of type "
                                + given.tag().label() + " to broker data",
                        null);
                return made;
            }
            data.add(conversion.wrap(d));
        }
        made.set(0, Bytes.of(f.name()));
        return made;
    }

    @Bif(value = "Broker::publish", type = "function(topic: string, ...): bool")
    public static boolean publish(ScriptContext ctx, Bytes topic, Object... args) {
        if (args.length == 0) {
            ctx.callError("no event arguments given", null);
            return false;
        }
        RecordValue event;
        if (args[0] instanceof RecordValue made) {
            if (!isEvent(made)) {
                ctx.callError(
                        "expected Broker::Event, got " + AnyValue.typeOf(made).label(), null);
                return false;
            }
            event = made;
        } else {
            event = makeEvent(ctx, args);
        }
        return send(ctx, topic, event);
    }

    static boolean isEvent(RecordValue record) {
        return record.layout().typeName().equals("Broker::Event");
    }

    /** Sends what {@link #makeEvent} made; false when it holds no event. */
    static boolean send(ScriptContext ctx, Bytes topic, RecordValue event) {
        if (!(event.get(0) instanceof Bytes name) || !(event.get(1) instanceof VectorValue args)) {
            return false;
        }
        List<Data> data = new ArrayList<>(args.size());
        for (int i = 0; i < args.size(); i++) {
            Data d = args.get(i) instanceof RecordValue r ? DataConversion.dataIn(r) : null;
            if (d == null) {
                return false;
            }
            data.add(d.copy());
        }
        backbone(ctx).publish(topic.utf8(), name.utf8(), data);
        return true;
    }

    @Bif(value = "Broker::__subscribe", type = "function(topic_prefix: string): bool")
    public static boolean subscribe(ScriptContext ctx, Bytes prefix) {
        backbone(ctx).subscribe(prefix.utf8());
        return true;
    }

    @Bif(value = "Broker::__unsubscribe", type = "function(topic_prefix: string): bool")
    public static boolean unsubscribe(ScriptContext ctx, Bytes prefix) {
        backbone(ctx).unsubscribe(prefix.utf8());
        return true;
    }

    /** Takes part in a topic without handling its events: the backbone carries them to others all the same. */
    @Bif(value = "Broker::__forward", type = "function(topic_prefix: string): bool")
    public static boolean forward(ScriptContext ctx, Bytes prefix) {
        return true;
    }
}
