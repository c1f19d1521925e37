package dev.tandem.hostprotocol.pubsub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.EventMessage;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of Zeek's WebSocket interface, version 1: every value is {@code {"@data-type": KIND, "data": VALUE}}, an
 * event is {@code vector [count 1, count 1, vector [string NAME, vector ARGUMENTS, vector METADATA]]} (zeek {@code
 * doc/advanced/devel/websocket-api.rst}, broker {@code libbroker/broker/internal/json.cc}). {@link BrokerJsonWriter} writes
 * it. What is read is bounded in depth and in length. Any thread.
 */
public final class BrokerJson {
    /** How deep values may contain each other. */
    static final int MAX_DEPTH = 32;

    private static final int MAX_TOPIC = 1024;
    private static final int PROTOCOL_VERSION = 1;
    private static final int EVENT = 1;

    /** Key of the network time in an event's metadata (zeek {@code scripts/base/init-bare.zeek}, EventMetadata). */
    static final long NETWORK_TIME = 1;

    /** Text that is no message. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param message what is wrong and where */
        Malformed(String message) {
            super(message);
        }
    }

    /** An event and where it goes. */
    public record Published(String topic, EventMessage event) {}

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(3 * MAX_DEPTH + 8)
                            .maxNumberLength(64)
                            .maxNameLength(256)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private BrokerJson() {}

    /** @throws Malformed when the text is no JSON */
    static JsonNode parse(String text) throws Malformed {
        try {
            JsonNode node = JSON.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new Malformed("empty message");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new Malformed("no JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * The topics of a client's first message.
     *
     * @throws Malformed in Zeek's words when it is no array of strings
     */
    public static List<String> topics(String text) throws Malformed {
        JsonNode node = parse(text);
        if (!node.isArray()) {
            throw new Malformed("subscriptions not an array");
        }
        List<String> topics = new ArrayList<>(node.size());
        for (JsonNode topic : node) {
            if (!topic.isTextual() || topic.textValue().length() > MAX_TOPIC) {
                throw new Malformed("individual subscription not a string");
            }
            topics.add(topic.textValue());
        }
        return topics;
    }

    /** A {@code data-message} with an event in it. */
    public static Published message(String text) throws Malformed {
        JsonNode node = parse(text);
        JsonNode topic = node.get("topic");
        if (!node.isObject() || topic == null || !topic.isTextual()) {
            throw new Malformed("no object with a \"topic\"");
        }
        JsonNode type = node.get("type");
        if (type != null && !"data-message".equals(type.asText())) {
            throw new Malformed("\"type\" is not \"data-message\"");
        }
        if (topic.textValue().isEmpty() || topic.textValue().length() > MAX_TOPIC) {
            throw new Malformed(
                    "topic of " + topic.textValue().length() + " characters: 1 to " + MAX_TOPIC + " are right");
        }
        return new Published(topic.textValue(), event(value(node, "message", 0)));
    }

    /** @throws Malformed when the value is no event */
    public static EventMessage event(Data data) throws Malformed {
        List<Data> outer = elements(data);
        if (outer.size() >= 3
                && outer.get(0).equals(new Data.Count(PROTOCOL_VERSION))
                && outer.get(1).equals(new Data.Count(EVENT))) {
            List<Data> inner = elements(outer.get(2));
            if (inner.size() >= 2
                    && inner.get(0) instanceof Data.Text name
                    && inner.get(1) instanceof Data.Vector arguments) {
                double time = inner.size() > 2 ? networkTime(elements(inner.get(2))) : Double.NaN;
                return new EventMessage(name.value().utf8(), List.copyOf(arguments.values()), time);
            }
        }
        throw new Malformed("no event: expected vector [count 1, count 1, vector [string, vector, ...]]");
    }

    private static List<Data> elements(Data data) {
        return data instanceof Data.Vector v ? v.values() : List.of();
    }

    private static double networkTime(List<Data> metadata) {
        for (Data entry : metadata) {
            List<Data> pair = elements(entry);
            if (pair.size() == 2
                    && pair.get(0).equals(new Data.Count(NETWORK_TIME))
                    && pair.get(1) instanceof Data.Timestamp t) {
                return t.nanos() / 1e9;
            }
        }
        return Double.NaN;
    }

    /** One value from its text. */
    public static Data value(String text) throws Malformed {
        return value(parse(text), "value", 0);
    }

    private static Data value(@Nullable JsonNode node, String where, int depth) throws Malformed {
        JsonNode type = node == null ? null : node.get("@data-type");
        if (node == null || type == null || !type.isTextual()) {
            throw new Malformed(where + ": no object with \"@data-type\"");
        }
        if (depth > MAX_DEPTH) {
            throw new Malformed("values deeper than " + MAX_DEPTH);
        }
        String kind = type.textValue();
        JsonNode data = node.get("data");
        if (kind.equals("none")) {
            return Data.None.VALUE;
        }
        if (data == null) {
            throw new Malformed(where + ": " + kind + " without \"data\"");
        }
        Data value = scalar(kind, data);
        if (value == null) {
            value = container(kind, data, where, depth);
        }
        if (value == null) {
            String shown = data.toString();
            throw new Malformed(where + ": no " + kind + ": " + shown.substring(0, Math.min(60, shown.length())));
        }
        return value;
    }

    private static @Nullable Data scalar(String kind, JsonNode data) {
        String text = data.isTextual() ? data.textValue() : null;
        return switch (kind) {
            case "boolean" -> data.isBoolean() ? new Data.Bool(data.booleanValue()) : null;
            case "count" -> {
                boolean fits = data.isIntegralNumber()
                        && data.bigIntegerValue().signum() >= 0
                        && data.bigIntegerValue().bitLength() <= 64;
                yield fits ? new Data.Count(data.bigIntegerValue().longValue()) : null;
            }
            case "integer" ->
                data.isIntegralNumber() && data.canConvertToLong() ? new Data.Int(data.longValue()) : null;
            case "real" -> data.isNumber() ? new Data.Real(data.doubleValue()) : null;
            case "string" -> text == null ? null : new Data.Text(Bytes.of(text));
            case "enum-value" -> text == null || text.isEmpty() ? null : new Data.EnumName(text);
            case "address" -> {
                Addr a = text == null ? null : Addr.parse(text);
                yield a == null ? null : new Data.Address(a);
            }
            case "subnet" -> {
                Subnet s = text == null ? null : Subnet.parse(text);
                yield s == null ? null : new Data.Network(s);
            }
            case "port" -> {
                Port p = text == null ? null : BrokerText.port(text);
                yield p == null ? null : new Data.PortNumber(p);
            }
            case "timestamp" -> text == null ? null : BrokerText.timestamp(text);
            case "timespan" -> text == null ? null : BrokerText.timespan(text);
            default -> null;
        };
    }

    private static @Nullable Data container(String kind, JsonNode data, String where, int depth) throws Malformed {
        if (!data.isArray()) {
            return null;
        }
        switch (kind) {
            case "vector" -> {
                List<Data> all = new ArrayList<>(data.size());
                for (JsonNode element : data) {
                    all.add(value(element, where + "[" + all.size() + "]", depth + 1));
                }
                return new Data.Vector(all);
            }
            case "set" -> {
                NavigableSet<Data> all = new TreeSet<>();
                for (JsonNode element : data) {
                    all.add(value(element, where + ", element of a set", depth + 1));
                }
                return new Data.Elements(all);
            }
            case "table" -> {
                NavigableMap<Data, Data> all = new TreeMap<>();
                for (JsonNode entry : data) {
                    Data key = value(entry.get("key"), where + ", key of a table", depth + 1);
                    all.put(key, value(entry.get("value"), where + ", value of a table", depth + 1));
                }
                return new Data.Entries(all);
            }
            default -> {
                return null;
            }
        }
    }
}
