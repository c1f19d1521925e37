package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.SeededHash;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Equality and hash of values as table keys and set comparison see them: aggregates by content. Hashes depend on a secret of
 * the process, so that nobody outside can choose keys that collide.
 */
public final class Equality {
    private Equality() {}

    public static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof Bytes || a instanceof Addr || a instanceof Long) {
            return a.equals(b);
        }
        return switch (a) {
            case RecordValue r -> b instanceof RecordValue s && equalRecords(r, s);
            case VectorValue v -> b instanceof VectorValue w && equalVectors(v, w);
            case TableValue t -> b instanceof TableValue u && t.sameContent(u);
            case AnyValue x -> Objects.equals(x.value(), AnyValue.unwrap(b));
            default -> a.equals(b);
        };
    }

    private static boolean equalRecords(RecordValue a, RecordValue b) {
        int size = a.layout().size();
        if (size != b.layout().size()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalVectors(VectorValue a, VectorValue b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The hash of an int or count. */
    public static int hash(long n) {
        return SeededHash.mix32(n, 7);
    }

    public static int hash(@Nullable Object value) {
        if (value instanceof Bytes || value instanceof Addr || value instanceof Port || value instanceof Tuple) {
            return value.hashCode();
        }
        return switch (value) {
            case null -> 0;
            case Long n -> hash((long) n);
            case Double d -> SeededHash.mix32(Double.doubleToLongBits(d == 0 ? 0.0 : d), 8);
            case Boolean b -> b ? 1 : 2;
            case RecordValue r -> {
                int h = 17;
                for (int i = 0; i < r.layout().size(); i++) {
                    h = 31 * h + hash(r.get(i));
                }
                yield h;
            }
            case VectorValue v -> {
                int h = 19;
                for (int i = 0; i < v.size(); i++) {
                    h = 31 * h + hash(v.get(i));
                }
                yield h;
            }
            case TableValue t -> table(t);
            case AnyValue a -> hash(a.value());
            default -> value.hashCode();
        };
    }

    /** The same whatever the order of the entries. */
    private static int table(TableValue t) {
        int h = t.size();
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            h += SeededHash.mix32(hash(t.entryKey(e)), hash(t.entryValue(e)));
        }
        return h;
    }
}
