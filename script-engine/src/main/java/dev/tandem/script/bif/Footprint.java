package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Roughly how many values a value consists of (Zeek {@code src/Val.cc}, Footprint). A value inside itself counts 1. */
final class Footprint {
    /** Size of Zeek's smallest value: so many bytes of a string count 1. */
    private static final int BYTES_PER_UNIT = 32;

    private final List<Object> open = new ArrayList<>();

    @SuppressWarnings("ReferenceEquality")
    long of(@Nullable Object any) {
        Object value = any == null ? null : AnyValue.unwrap(any);
        if (value == null) {
            return 0;
        }
        if (value instanceof Bytes b) {
            return 1L + b.length() / BYTES_PER_UNIT;
        }
        if (!(value instanceof TableValue || value instanceof VectorValue || value instanceof RecordValue)) {
            return 1;
        }
        for (Object o : open) {
            if (o == value) {
                return 1;
            }
        }
        open.add(value);
        long total = switch (value) {
            case TableValue t -> table(t);
            case VectorValue v -> {
                long n = v.size();
                for (int i = 0; i < v.size(); i++) {
                    n += of(v.get(i));
                }
                yield n;
            }
            case RecordValue r -> {
                long n = r.layout().size();
                for (int i = 0; i < r.layout().size(); i++) {
                    n += of(r.get(i));
                }
                yield n;
            }
            default -> 0;
        };
        open.remove(open.size() - 1);
        return total;
    }

    private long table(TableValue t) {
        long n = t.size();
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            Object key = t.entryKey(e);
            if (key == null) {
                continue;
            }
            Object[] parts = TableValue.parts(key);
            n += parts.length;
            for (Object part : parts) {
                n += of(part);
            }
            if (!t.type().isSet()) {
                n += of(t.entryValue(e));
            }
        }
        return n;
    }
}
