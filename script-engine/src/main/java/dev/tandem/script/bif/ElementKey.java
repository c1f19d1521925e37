package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.Tuple;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes by which sketches tell elements of one type apart. For atomic values they are those of Zeek ({@code
 * src/CompHash.cc}, SingleValHash), so that filters and estimates with the same seeds are the same.
 */
final class ElementKey {
    private ElementKey() {}

    static Bytes of(Object any) {
        ByteSink out = new ByteSink();
        add(out, AnyValue.unwrap(any), true);
        return out.toBytes();
    }

    private static void add(ByteSink out, Object value, boolean alone) {
        switch (value) {
            case Bytes b -> {
                if (!alone) {
                    aligned(out, b.length(), 4);
                }
                out.add(b);
            }
            case Long n -> aligned(out, n, 8);
            case Double d -> aligned(out, Double.doubleToRawLongBits(d), 8);
            case Boolean b -> aligned(out, b ? 1 : 0, 8);
            case EnumValue e -> aligned(out, e.number(), 8);
            case Port p -> aligned(out, p.number() | (long) mask(p.proto()) << 16, 8);
            case Addr a -> address(out, a);
            case Subnet s -> {
                address(out, s.prefix());
                aligned(out, s.width128(), 4);
            }
            case Pattern p -> out.add(p.exactText()).add(0).add(p.text()).add(0);
            case RecordValue r -> record(out, r);
            case VectorValue v -> {
                aligned(out, v.size(), 4);
                for (int i = 0; i < v.size(); i++) {
                    aligned(out, i, 4);
                    optional(out, v.get(i));
                }
            }
            case TableValue t -> table(out, t);
            case Tuple t -> {
                for (Object part : t.parts()) {
                    add(out, part, false);
                }
            }
            default -> out.add(value.toString());
        }
    }

    /** Tables with the same content are the same, whatever the order. */
    private static void table(ByteSink out, TableValue table) {
        List<Bytes> entries = new ArrayList<>();
        for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
            ByteSink entry = new ByteSink();
            optional(entry, table.entryKey(e));
            optional(entry, table.entryValue(e));
            entries.add(entry.toBytes());
        }
        Collections.sort(entries);
        aligned(out, entries.size(), 8);
        entries.forEach(out::add);
    }

    /** What must be there, and is, needs no mark that it is. */
    private static void record(ByteSink out, RecordValue record) {
        for (int i = 0; i < record.layout().size(); i++) {
            Object value = record.get(i);
            if (value != null
                    && record.layout() instanceof RecordType type
                    && !type.field(i).isOptional()) {
                add(out, value, false);
            } else {
                optional(out, value);
            }
        }
    }

    private static void address(ByteSink out, Addr a) {
        pad(out, 4);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.add((int) (a.high() >>> shift));
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.add((int) (a.low() >>> shift));
        }
    }

    private static void optional(ByteSink out, @Nullable Object value) {
        out.add(value == null ? 0 : 1);
        if (value != null) {
            add(out, value, false);
        }
    }

    private static int mask(Port.Proto proto) {
        return switch (proto) {
            case TCP -> 1;
            case UDP -> 2;
            case ICMP -> 3;
            case UNKNOWN -> 0;
        };
    }

    private static void pad(ByteSink out, int unit) {
        while (out.size() % unit != 0) {
            out.add(0);
        }
    }

    private static void aligned(ByteSink out, long n, int bytes) {
        pad(out, bytes);
        for (int i = 0; i < bytes; i++) {
            out.add((int) (n >>> 8 * i));
        }
    }
}
