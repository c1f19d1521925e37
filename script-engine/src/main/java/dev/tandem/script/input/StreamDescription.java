package dev.tandem.script.input;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stream's description record, read with its defaults ({@code Input::TableDescription} and the like). Engine thread. */
record StreamDescription(RecordValue record) {
    /** Null when the field is unset. */
    @Nullable
    Object field(String name) {
        RecordType type = (RecordType) record.layout();
        int slot = type.slot(name);
        return slot < 0 ? null : Records.get(record, type, slot);
    }

    private Bytes bytes(String name) {
        return field(name) instanceof Bytes b ? b : Bytes.EMPTY;
    }

    String name() {
        return nameValue().utf8();
    }

    Bytes nameValue() {
        return bytes("name");
    }

    Bytes sourceValue() {
        return bytes("source");
    }

    boolean wantsRecord() {
        return !Boolean.FALSE.equals(field("want_record"));
    }

    @Nullable
    FuncValue function(String name) {
        return field(name) instanceof FuncValue f ? f : null;
    }

    @Nullable
    FuncValue errorEvent() {
        return function("error_ev");
    }

    /** A record type; null when the field is something else. */
    @Nullable
    RecordType recordType(String name) {
        return field(name) instanceof RecordType r ? r : null;
    }

    /** An {@code Input::Reader}; null when there is none. */
    @Nullable
    EnumValue reader() {
        return field("reader") instanceof EnumValue e ? e : null;
    }

    ReaderJob job(List<Column> columns) {
        ReadMode mode = field("mode") instanceof EnumValue e ? ReadMode.values()[(int) e.number()] : ReadMode.MANUAL;
        Map<String, String> config = new HashMap<>();
        if (field("config") instanceof TableValue t) {
            for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
                if (t.entryKey(e) instanceof Bytes key && t.entryValue(e) instanceof Bytes value) {
                    config.put(key.latin1(), value.latin1());
                }
            }
        }
        return new ReaderJob(name(), sourceValue().utf8(), mode, config, columns);
    }
}
