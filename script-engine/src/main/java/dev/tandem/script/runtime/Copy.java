package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.script.types.RecordType;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Deep copies: {@code copy()}, default values and the like. What was shared or cyclic inside the value is so inside the
 * copy (Zeek {@code src/Val.cc}, CloneState). Files are shared; expiry begins anew.
 */
public final class Copy {
    private final IdentityHashMap<Object, Object> done = new IdentityHashMap<>();

    private Copy() {}

    /** The value itself when nothing in it can change. */
    public static Object of(Object value) {
        return isMutable(value) ? new Copy().copy(value) : value;
    }

    private static boolean isMutable(Object value) {
        return value instanceof RecordValue
                || value instanceof TableValue
                || value instanceof VectorValue
                || value instanceof OpaqueValue
                || value instanceof FuncValue
                || value instanceof Tuple
                || value instanceof AnyValue;
    }

    private @Nullable Object copyOrNull(@Nullable Object value) {
        return value == null ? null : copy(value);
    }

    private Object copy(Object value) {
        return switch (value) {
            case RecordValue r -> record(r);
            case TableValue t -> table(t);
            case VectorValue v -> vector(v);
            case Tuple t -> tuple(t);
            case OpaqueValue o -> {
                Object before = done.get(o);
                Object copy = before != null ? before : o.copy();
                done.put(o, copy);
                yield copy;
            }
            case FuncValue f -> {
                Object before = done.get(f);
                Object copy = before != null ? before : f.copy();
                done.put(f, copy);
                yield copy;
            }
            default -> value;
        };
    }

    private Object record(RecordValue from) {
        Object before = done.get(from);
        if (before != null) {
            return before;
        }
        RecordValue to = from.layout() instanceof RecordType type ? Records.bare(type) : new SlotRecord(from.layout());
        done.put(from, to);
        for (int i = 0; i < from.layout().size(); i++) {
            to.set(i, copyOrNull(from.get(i)));
        }
        return to;
    }

    private Object vector(VectorValue from) {
        Object before = done.get(from);
        if (before != null) {
            return before;
        }
        VectorValue to = new VectorValue(from.type());
        done.put(from, to);
        to.resize(from.size());
        for (int i = 0; i < from.size(); i++) {
            to.set(i, copyOrNull(from.get(i)));
        }
        return to;
    }

    private Object table(TableValue from) {
        Object before = done.get(from);
        if (before != null) {
            return before;
        }
        TableValue to = new TableValue(from.type(), from.attributes());
        done.put(from, to);
        for (int e = from.nextEntry(-1); e >= 0; e = from.nextEntry(e)) {
            Object key = from.entryKey(e);
            Object value = from.entryValue(e);
            if (key != null && value != null) {
                to.put(copy(key), copy(value));
            }
        }
        TableObserver observer = from.observer();
        if (observer != null) {
            observer.copied(to);
        }
        return to;
    }

    @SuppressWarnings("ReferenceEquality")
    private Object tuple(Tuple from) {
        Object[] parts = from.parts();
        Object[] copies = new Object[parts.length];
        boolean changed = false;
        for (int i = 0; i < parts.length; i++) {
            copies[i] = copy(parts[i]);
            changed |= copies[i] != parts[i];
        }
        return changed ? new Tuple(copies) : from;
    }
}
