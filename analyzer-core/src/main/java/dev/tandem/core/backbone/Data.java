package dev.tandem.core.backbone;

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

/**
 * A value as nodes send it to each other: Broker's data model. Values of different kinds have an order too, that of their
 * declaration here, so that sets and tables of anything are sorted.
 *
 * <p>Vectors, sets and tables can be changed by whoever made them, on one thread, and no more once they were published.
 */
public sealed interface Data extends Comparable<Data> {
    /** What has no value: an unset field of a record. */
    record None() implements Data {
        public static final None VALUE = new None();
    }

    record Bool(boolean value) implements Data {}

    /** @param value 64 bits, unsigned */
    record Count(long value) implements Data {}

    record Int(long value) implements Data {}

    record Real(double value) implements Data {}

    /** Bytes, mostly UTF-8. */
    record Text(Bytes value) implements Data {}

    record Address(Addr value) implements Data {}

    record Network(Subnet value) implements Data {}

    record PortNumber(Port value) implements Data {}

    /** @param nanos since 1970 */
    record Timestamp(long nanos) implements Data {}

    record Timespan(long nanos) implements Data {}

    /** @param name with its module, e.g. {@code Log::WRITER_ASCII} */
    record EnumName(String name) implements Data {}

    record Elements(NavigableSet<Data> values) implements Data {}

    record Entries(NavigableMap<Data, Data> values) implements Data {}

    /** Also a record, by the order of its fields. */
    record Vector(List<Data> values) implements Data {}

    static Data text(String text) {
        return new Text(Bytes.of(text));
    }

    static Data vector(Data... values) {
        return new Vector(List.of(values));
    }

    /** A value that shares nothing changeable with this one. */
    default Data copy() {
        return switch (this) {
            case Vector v -> {
                List<Data> all = new ArrayList<>(v.values.size());
                v.values.forEach(e -> all.add(e.copy()));
                yield new Vector(all);
            }
            case Elements s -> {
                NavigableSet<Data> all = new TreeSet<>();
                s.values.forEach(e -> all.add(e.copy()));
                yield new Elements(all);
            }
            case Entries t -> {
                NavigableMap<Data, Data> all = new TreeMap<>();
                t.values.forEach((k, v) -> all.put(k.copy(), v.copy()));
                yield new Entries(all);
            }
            default -> this;
        };
    }

    @Override
    default int compareTo(Data other) {
        return DataOrder.compare(this, other);
    }
}
