package dev.tandem.hostprotocol.pubsub;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.EventMessage;
import dev.tandem.core.value.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/**
 * Writes what {@link BrokerJson} reads. Numbers that JSON has no form for (infinite, not a number) become {@code none}; bytes
 * that are no UTF-8 become the four characters {@code \xHH}, as in logs. Any thread.
 */
public final class BrokerJsonWriter {
    private final StringBuilder out = new StringBuilder(256);

    private BrokerJsonWriter() {}

    /** An event on a topic, as clients are sent it. */
    public static String message(String topic, EventMessage event) {
        BrokerJsonWriter w = new BrokerJsonWriter();
        w.out.append("{\"type\":\"data-message\",\"topic\":");
        w.quoted(topic);
        w.out.append(",\"@data-type\":\"vector\",\"data\":[");
        w.write(new Data.Count(1)).value(new Data.Count(1), ',');
        w.out.append(",{\"@data-type\":\"vector\",\"data\":[");
        w.write(Data.text(event.name()));
        w.value(new Data.Vector(event.arguments()), ',');
        if (!Double.isNaN(event.time())) {
            Data time = new Data.Timestamp(Math.round(event.time() * 1e6) * 1000);
            w.value(Data.vector(Data.vector(new Data.Count(BrokerJson.NETWORK_TIME), time)), ',');
        }
        return w.out.append("]}]}").toString();
    }

    public static String value(Data data) {
        BrokerJsonWriter w = new BrokerJsonWriter();
        w.write(data);
        return w.out.toString();
    }

    /** {@code {"type":TYPE,KEY:VALUE,...}}. */
    static String notice(String type, String... keysAndValues) {
        BrokerJsonWriter w = new BrokerJsonWriter();
        w.out.append("{\"type\":");
        w.quoted(type);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            w.out.append(',');
            w.quoted(keysAndValues[i]);
            w.out.append(':');
            w.quoted(keysAndValues[i + 1]);
        }
        return w.out.append('}').toString();
    }

    private BrokerJsonWriter value(Data data, char before) {
        out.append(before);
        write(data);
        return this;
    }

    private BrokerJsonWriter write(Data data) {
        switch (data) {
            case Data.None n -> kind("none").append("{}");
            case Data.Bool b -> kind("boolean").append(b.value());
            case Data.Count c -> kind("count").append(Long.toUnsignedString(c.value()));
            case Data.Int i -> kind("integer").append(i.value());
            case Data.Real r -> real(r.value());
            case Data.Text t -> text("string", t.value());
            case Data.EnumName e -> text("enum-value", e.name());
            case Data.Address a -> text("address", a.value().toString());
            case Data.Network n -> text("subnet", n.value().toString());
            case Data.PortNumber p -> text("port", BrokerText.port(p.value()));
            case Data.Timestamp t -> text("timestamp", BrokerText.timestamp(t.nanos()));
            case Data.Timespan t -> text("timespan", BrokerText.timespan(t.nanos()));
            case Data.Vector v -> list("vector", v.values());
            case Data.Elements s -> list("set", s.values());
            case Data.Entries t -> table(t);
        }
        out.append('}');
        return this;
    }

    private void real(double value) {
        if (Double.isFinite(value)) {
            kind("real").append(value);
        } else {
            kind("none").append("{}");
        }
    }

    private StringBuilder kind(String kind) {
        return out.append("{\"@data-type\":\"").append(kind).append("\",\"data\":");
    }

    private void text(String kind, String text) {
        kind(kind);
        quoted(text);
    }

    private void text(String kind, Bytes text) {
        kind(kind);
        try {
            quoted(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.array()))
                    .toString());
        } catch (CharacterCodingException e) {
            StringBuilder escaped = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                int b = text.at(i);
                escaped.append(b < 0x80 ? String.valueOf((char) b) : String.format("\\x%02x", b));
            }
            quoted(escaped.toString());
        }
    }

    private void list(String kind, Collection<Data> values) {
        kind(kind).append('[');
        String between = "";
        for (Data value : values) {
            out.append(between);
            write(value);
            between = ",";
        }
        out.append(']');
    }

    private void table(Data.Entries table) {
        kind("table").append('[');
        String between = "";
        for (Map.Entry<Data, Data> entry : table.values().entrySet()) {
            out.append(between).append("{\"key\":");
            write(entry.getKey());
            out.append(",\"value\":");
            write(entry.getValue());
            out.append('}');
            between = ",";
        }
        out.append(']');
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
