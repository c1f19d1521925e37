package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Seeds;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes by which sketches tell elements of one type apart, and by which tables are ordered under chosen seeds. They are
 * those of Zeek (zeek {@code src/CompHash.cc}, SingleValHash), so that filters, estimates and orders with the same seeds are
 * the same.
 */
public final class KeyBytes {
    private final @Nullable Seeds seeds;

    private KeyBytes(@Nullable Seeds seeds) {
        this.seeds = seeds;
    }

    /** Of an element; the same for the same content. */
    public static Bytes of(Object any) {
        return new KeyBytes(null).bytes(AnyValue.unwrap(any));
    }

    /** Of a table's key; by the seeds tables inside it are ordered. */
    static Bytes of(Object key, Seeds seeds) {
        return new KeyBytes(seeds).bytes(key);
    }

    private Bytes bytes(Object key) {
        ByteSink out = new ByteSink();
        boolean one = key instanceof Tuple t && t.size() == 1;
        add(out, one ? ((Tuple) key).part(0) : key, true);
        return out.toBytes();
    }

    private void add(ByteSink out, Object value, boolean alone) {
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
                aligned(out, s.width(), 4);
            }
            case Pattern p -> {
                if (!alone) {
                    aligned(out, p.exactText().length() + 1, 8);
                    aligned(out, p.anywhereText().length() + 1, 8);
                }
                out.add(p.exactText()).add(0).add(p.anywhereText()).add(0);
            }
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

    private record Entry(
            int hash, Bytes bytes, Object key, @Nullable Object value) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int c = Integer.compareUnsigned(hash, other.hash);
            if (c == 0) {
                c = Integer.compare(bytes.length(), other.bytes.length());
            }
            return c != 0 ? c : bytes.compareTo(other.bytes);
        }
    }

    /** Tables with the same content are the same, whatever the order. */
    private void table(ByteSink out, TableValue table) {
        List<Entry> entries = new ArrayList<>();
        for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
            Object key = table.entryKey(e);
            if (key != null) {
                Bytes bytes = bytes(key);
                int hash = seeds == null ? 0 : (int) seeds.hash(bytes.array());
                entries.add(new Entry(hash, bytes, key, table.entryValue(e)));
            }
        }
        Collections.sort(entries);
        aligned(out, entries.size(), 4);
        for (Entry e : entries) {
            Object[] parts = TableValue.parts(e.key);
            aligned(out, parts.length, 4);
            for (Object part : parts) {
                add(out, part, false);
            }
            if (e.value != null && !table.type().isSet()) {
                add(out, e.value, false);
            }
        }
    }

    /** What must be there, and is, needs no mark that it is. */
    private void record(ByteSink out, RecordValue record) {
        for (int i = 0; i < record.layout().size(); i++) {
            Object value = record.get(i);
            if (value != null
                    && record.layout() instanceof RecordType type
                    && !type.field(i).isOptional()
                    && !type.field(i).hasDefault()) {
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

    private void optional(ByteSink out, @Nullable Object value) {
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
