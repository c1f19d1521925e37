package dev.tandem.script.broker;

import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.DataText;
import dev.tandem.core.backbone.EventMessage;
import dev.tandem.core.event.EventType;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.framework.AgentColumns;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The scripts' place at the backbone: sends events that scripts publish, and raises those that come for them.
 *
 * <p>What comes waits in a bounded inbox until {@link #drain}, which belongs into every turn of the engine; what comes on {@link
 * #ORDERED_TOPICS} waits in {@link #inOrder} until its time has come. Its arguments
 * become what the event's prototype declares; where they cannot, the event is reported and not raised. {@link #accept} and
 * {@link #isBehind} on any thread, all else on the engine thread.
 */
public final class ScriptBackbone implements Backbone.Subscriber, AutoCloseable {
    /** Events on topics that begin so carry the network time of their sending and are taken in its order. */
    public static final String ORDERED_TOPICS = "tandem/ordered/";

    private static final int INBOX = 16_384;
    private static final int MOST_A_TURN = 1024;

    private final ScriptContext context;
    private final DataConversion conversion;
    private final Backbone.Member member;
    private final BlockingQueue<Arrived> inbox = new ArrayBlockingQueue<>(INBOX);
    private final OrderedInbox ordered = new OrderedInbox(this::take);
    private final AtomicLong lost = new AtomicLong();
    private final String nodeId = UUID.randomUUID().toString();
    private long lostReported;

    public ScriptBackbone(ScriptContext context, Backbone backbone) {
        this.context = context;
        conversion = new DataConversion(context);
        member = backbone.join(this);
    }

    public DataConversion conversion() {
        return conversion;
    }

    /** What this node calls itself, anew each run. Any thread. */
    public String nodeId() {
        return nodeId;
    }

    public void subscribe(String prefix) {
        member.subscribe(prefix);
    }

    public void unsubscribe(String prefix) {
        member.unsubscribe(prefix);
    }

    /** Sends an event, with the network time when scripts want that told. */
    public void publish(String topic, String event, List<Data> arguments) {
        boolean timed = Boolean.TRUE.equals(context.global("EventMetadata::add_network_timestamp"));
        double time = timed ? context.events().runningTime() : Double.NaN;
        if (topic.startsWith(ORDERED_TOPICS)) {
            member.publish(topic, new EventMessage(event, arguments, context.networkTime()));
            return;
        }
        member.publish(topic, new EventMessage(event, arguments, timed && time <= 0 ? context.networkTime() : time));
    }

    @Override
    public boolean accept(String topic, EventMessage message, Backbone.Subscriber from) {
        Arrived arrived = new Arrived(topic, message, from);
        if (topic.startsWith(ORDERED_TOPICS)) {
            return ordered.offer(arrived);
        }
        boolean taken = inbox.offer(arrived);
        if (!taken) {
            lost.incrementAndGet();
        }
        return taken;
    }

    @Override
    public boolean isBehind() {
        return inbox.size() > INBOX / 2 || ordered.isBehind();
    }

    /** What waits for its time: to be added to the engine of a replay. */
    public OrderedInbox inOrder() {
        return ordered;
    }

    /** How many events came while the inbox was full. Any thread. */
    public long lostEvents() {
        return lost.get() + ordered.lost();
    }

    /** Raises what has come in order too, whatever its time: when there is nothing to wait for. */
    public int drainAll() {
        return ordered.drain(MOST_A_TURN) + drain();
    }

    /** Raises what has come, up to a number that leaves the engine time for packets. Returns how many events that were. */
    public int drain() {
        int taken = 0;
        for (; taken < MOST_A_TURN; taken++) {
            Arrived arrived = inbox.poll();
            if (arrived == null) {
                break;
            }
            take(arrived);
        }
        tellLost();
        return taken;
    }

    private void take(Arrived arrived) {
        String problem = raise(arrived.message());
        if (problem != null) {
            context.reporter().error(problem, null);
            arrived.from().refused(arrived.message(), problem);
        }
    }

    private void tellLost() {
        long now = lostEvents();
        if (now > lostReported) {
            context.reporter()
                    .warning((now - lostReported) + " events from other nodes lost: they come too fast", null);
            lostReported = now;
        }
    }

    /** The time that the sender told; else not a number, unless scripts want that to be the time of arrival. */
    private double time(EventMessage message) {
        boolean arrival = Double.isNaN(message.time())
                && Boolean.TRUE.equals(context.global("EventMetadata::add_missing_remote_network_timestamp"));
        return arrival ? context.networkTime() : message.time();
    }

    /** Null when all is well, also when nobody handles the event. */
    private @Nullable String raise(EventMessage message) {
        if (!(context.global(message.name()) instanceof FuncValue function)
                || function.type().flavor() != FuncType.Flavor.EVENT) {
            return "Failed to lookup handler for '" + message.name() + "'";
        }
        RecordType parameters = function.type().params();
        List<Data> arguments = message.arguments();
        if (arguments.size() != parameters.size()) {
            return "event '" + message.name() + "' got " + arguments.size() + " arguments, expects "
                    + parameters.size();
        }
        EventType type = context.eventTypes().event(message.name());
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            Data data = arguments.get(i);
            Object value = conversion.toScript(data, parameters.field(i).type());
            if (value == null && i > 0 && AgentColumns.areParametersOf(function.type())) {
                value = AgentColumns.read(data, parameters.field(i).type());
            }
            if (value == null) {
                return "failed to convert remote event '" + message.name() + "' arg #" + i + ", got "
                        + DataText.kind(data) + ", expected "
                        + parameters.field(i).type().label();
            }
            values[i] = value;
        }
        if (type.wanted()) {
            context.events().addRemote(time(message), type, values);
        }
        return null;
    }

    /** Raises {@code Broker::error}. */
    public void raiseError(String code, String message) {
        EventType type = context.eventTypes().event("Broker::error");
        EnumValue value = context.type("Broker::ErrorCode") instanceof EnumType t ? t.byName("Broker::" + code) : null;
        if (type.wanted() && value != null) {
            context.events().add(type, value, Bytes.of(message));
        }
    }

    @Override
    public void close() {
        member.close();
    }
}
