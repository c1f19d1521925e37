package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/** Turns a record into one of another type, by the names of its fields (zeek {@code src/Val.cc}, DoCoerceTo). */
public final class RecordPromotion {
    private RecordPromotion() {}

    /**
     * The record itself when it has that type already, else a new one.
     *
     * @param dropOthers whether fields that the type lacks are left out
     * @return null when a field does not fit, the type lacks one, or one that it needs is unset
     */
    public static @Nullable RecordValue promote(RecordValue record, RecordType to, boolean dropOthers) {
        RecordType from = (RecordType) record.layout();
        if (from == to) {
            return record;
        }
        RecordValue result = Records.bare(to);
        for (int i = 0; i < from.size(); i++) {
            int slot = to.slot(from.field(i).name());
            if (slot < 0) {
                if (dropOthers) {
                    continue;
                }
                return null;
            }
            Object value = Records.get(record, from, i);
            if (!fits(from.field(i).type(), to.field(slot).type(), value)) {
                return null;
            }
            if (value instanceof RecordValue nested && to.field(slot).type() instanceof RecordType t) {
                value = promote(nested, t, dropOthers);
                if (value == null) {
                    return null;
                }
            }
            if (value != null && to.field(slot).type().is(Tag.ANY)) {
                value = AnyValue.wrap(from.field(i).type(), value);
            }
            result.set(slot, value);
        }
        Records.fillDefaults(result, to);
        return isComplete(result, to) ? result : null;
    }

    private static boolean fits(Type from, Type to, @Nullable Object value) {
        if (from.is(Tag.RECORD) && to.is(Tag.RECORD) || to.is(Tag.ANY)) {
            return true;
        }
        return sameType(from, to) || value == null && from.is(to.tag());
    }

    /** Whether two types are one: identical, of one name, or written alike. */
    public static boolean sameType(Type a, Type b) {
        return a == b || a.is(b.tag()) && a.describe().equals(b.describe());
    }

    private static boolean isComplete(RecordValue record, RecordType type) {
        for (int slot = 0; slot < type.size(); slot++) {
            if (record.get(slot) == null && !type.field(slot).isOptional()) {
                return false;
            }
        }
        return true;
    }
}
