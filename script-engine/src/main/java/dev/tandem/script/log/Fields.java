package dev.tandem.script.log;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.RecordType;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a configuration record (a stream, a filter, a rotation path) by name, defaults included. */
final class Fields {
    private final RecordValue values;
    private final RecordType type;

    Fields(RecordValue values) {
        this.values = values;
        this.type = (RecordType) values.layout();
    }

    /** Null when the field is unset and has no default, or the type has no such field. */
    @Nullable
    Object get(String name) {
        int slot = type.slot(name);
        if (slot < 0) {
            return null;
        }
        Object value = Records.get(values, type, slot);
        return value == null ? null : AnyValue.unwrap(value);
    }

    @Nullable
    FuncValue function(String name) {
        return get(name) instanceof FuncValue f ? f : null;
    }

    /** @throws ScriptError when it is unset */
    Object required(String name) {
        Object value = get(name);
        if (value == null) {
            throw new ScriptError("field value missing [$" + name + "]");
        }
        return value;
    }

    String text(String name) {
        return ((Bytes) required(name)).utf8();
    }

    boolean truth(String name) {
        return (Boolean) required(name);
    }

    double seconds(String name) {
        return (Double) required(name);
    }

    /** Counts above the Java range are cut to it. */
    long count(String name) {
        long n = (Long) required(name);
        return n < 0 ? Long.MAX_VALUE : n;
    }
}
