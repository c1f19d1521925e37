package dev.tandem.core.backbone;

import dev.tandem.core.backbone.Data.Address;
import dev.tandem.core.backbone.Data.Bool;
import dev.tandem.core.backbone.Data.Count;
import dev.tandem.core.backbone.Data.Elements;
import dev.tandem.core.backbone.Data.Entries;
import dev.tandem.core.backbone.Data.EnumName;
import dev.tandem.core.backbone.Data.Int;
import dev.tandem.core.backbone.Data.Network;
import dev.tandem.core.backbone.Data.None;
import dev.tandem.core.backbone.Data.PortNumber;
import dev.tandem.core.backbone.Data.Real;
import dev.tandem.core.backbone.Data.Text;
import dev.tandem.core.backbone.Data.Timespan;
import dev.tandem.core.backbone.Data.Timestamp;
import dev.tandem.core.backbone.Data.Vector;
import java.util.Iterator;
import java.util.Map;

/** The total order of {@link Data}: by kind, then by value; consistent with equality. */
final class DataOrder {
    private DataOrder() {}

    static int compare(Data a, Data b) {
        int kind = Integer.compare(kind(a), kind(b));
        return kind != 0 ? kind : sameKind(a, b);
    }

    private static int kind(Data d) {
        return switch (d) {
            case None n -> 0;
            case Bool v -> 1;
            case Count v -> 2;
            case Int v -> 3;
            case Real v -> 4;
            case Text v -> 5;
            case Address v -> 6;
            case Network v -> 7;
            case PortNumber v -> 8;
            case Timestamp v -> 9;
            case Timespan v -> 10;
            case EnumName v -> 11;
            case Elements v -> 12;
            case Entries v -> 13;
            case Vector v -> 14;
        };
    }

    private static int sameKind(Data a, Data b) {
        return switch (a) {
            case None n -> 0;
            case Bool v -> Boolean.compare(v.value(), ((Bool) b).value());
            case Count v -> Long.compareUnsigned(v.value(), ((Count) b).value());
            case Int v -> Long.compare(v.value(), ((Int) b).value());
            case Real v -> Double.compare(v.value(), ((Real) b).value());
            case Text v -> v.value().compareTo(((Text) b).value());
            case Address v -> v.value().compareTo(((Address) b).value());
            case Network v -> v.value().compareTo(((Network) b).value());
            case PortNumber v -> v.value().compareTo(((PortNumber) b).value());
            case Timestamp v -> Long.compare(v.nanos(), ((Timestamp) b).nanos());
            case Timespan v -> Long.compare(v.nanos(), ((Timespan) b).nanos());
            case EnumName v -> v.name().compareTo(((EnumName) b).name());
            case Elements v ->
                inTurn(v.values().iterator(), ((Elements) b).values().iterator());
            case Entries v ->
                entries(
                        v.values().entrySet().iterator(),
                        ((Entries) b).values().entrySet().iterator());
            case Vector v -> inTurn(v.values().iterator(), ((Vector) b).values().iterator());
        };
    }

    /** As words in a dictionary: the first difference decides, and a beginning comes before the whole. */
    private static int inTurn(Iterator<Data> a, Iterator<Data> b) {
        while (a.hasNext() && b.hasNext()) {
            int order = compare(a.next(), b.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    private static int entries(Iterator<Map.Entry<Data, Data>> a, Iterator<Map.Entry<Data, Data>> b) {
        while (a.hasNext() && b.hasNext()) {
            Map.Entry<Data, Data> left = a.next();
            Map.Entry<Data, Data> right = b.next();
            int order = compare(left.getKey(), right.getKey());
            order = order != 0 ? order : compare(left.getValue(), right.getValue());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }
}
