package dev.tandem.core.backbone;

import java.util.Collection;
import java.util.stream.Collectors;

/** Data as messages show it, in the form of Broker's own text. */
public final class DataText {
    private DataText() {}

    public static String of(Data d) {
        return switch (d) {
            case Data.None n -> "nil";
            case Data.Bool b -> b.value() ? "T" : "F";
            case Data.Count c -> Long.toUnsignedString(c.value());
            case Data.Int i -> Long.toString(i.value());
            case Data.Real r -> Double.toString(r.value());
            case Data.Text t -> t.value().utf8();
            case Data.Address a -> a.value().toString();
            case Data.Network n -> n.value().toString();
            case Data.PortNumber p -> p.value().toString();
            case Data.Timestamp t -> t.nanos() + "ns";
            case Data.Timespan t -> t.nanos() + "ns";
            case Data.EnumName e -> e.name();
            case Data.Elements s -> list(s.values(), "{", "}");
            case Data.Entries t ->
                t.values().entrySet().stream()
                        .map(e -> of(e.getKey()) + " -> " + of(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Data.Vector v -> list(v.values(), "(", ")");
        };
    }

    /** The name of its kind in Broker's JSON, e.g. {@code enum-value}. */
    public static String kind(Data d) {
        return switch (d) {
            case Data.None n -> "none";
            case Data.Bool b -> "boolean";
            case Data.Count c -> "count";
            case Data.Int i -> "integer";
            case Data.Real r -> "real";
            case Data.Text t -> "string";
            case Data.Address a -> "address";
            case Data.Network n -> "subnet";
            case Data.PortNumber p -> "port";
            case Data.Timestamp t -> "timestamp";
            case Data.Timespan t -> "timespan";
            case Data.EnumName e -> "enum-value";
            case Data.Elements s -> "set";
            case Data.Entries t -> "table";
            case Data.Vector v -> "vector";
        };
    }

    private static String list(Collection<Data> values, String open, String close) {
        return values.stream().map(DataText::of).collect(Collectors.joining(", ", open, close));
    }
}
