package dev.tandem.script.input;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose rows become the entries of a table or set (zeek {@code src/input/Manager.cc}, SendEntryTable and PutTable).
 *
 * <p>A source that is read as a whole is compared with its last reading: rows that are new or changed go in, those that are
 * no longer there go out. Rows are told apart by the columns of the index. The predicate may refuse each step.
 */
final class TableStream extends FedStream {
    /** An entry that came from the source. */
    private record Known(List<@Nullable Object> values, Object key) {}

    private final TableValue table;
    private final RecordType index;
    private final @Nullable RecordType value;
    private final int indexColumns;
    private final EnumType changes;
    private final @Nullable FuncValue predicate;
    private final @Nullable FuncValue event;
    private Map<List<@Nullable Object>, Known> last = new LinkedHashMap<>();
    private Map<List<@Nullable Object>, Known> current = new LinkedHashMap<>();

    /**
     * @param value null for a set
     * @param indexColumns how many columns the index has
     * @param changes {@code Input::Event}
     */
    TableStream(
            ScriptContext context,
            StreamDescription description,
            TableValue table,
            RecordType index,
            @Nullable RecordType value,
            int indexColumns,
            EnumType changes) {
        super(context, description);
        this.table = table;
        this.index = index;
        this.value = value;
        this.indexColumns = indexColumns;
        this.changes = changes;
        predicate = description.function("pred");
        event = description.function("ev");
    }

    private EnumValue change(String name) {
        EnumValue v = changes.byName("Input::" + name);
        if (v == null) {
            throw new ScriptError("Input::Event has no " + name);
        }
        return v;
    }

    private Type valueType(RecordType record) {
        return description.wantsRecord() ? record : record.field(0).type();
    }

    // ---- a source that is read as a whole

    @Override
    void entry(Row row) {
        List<@Nullable Object> all = Arrays.asList(row.values());
        List<@Nullable Object> name = all.subList(0, indexColumns);
        List<@Nullable Object> values = all.subList(indexColumns, all.size());
        if (name.stream().allMatch(v -> v == null)) {
            warn("Could not hash line. Ignoring");
            return;
        }
        Known before = last.remove(name);
        if (before != null && before.values.equals(values)) {
            current.put(name, before);
            return;
        }
        Entry entry = read(row);
        if (entry == null) {
            return;
        }
        boolean isUpdate = before != null;
        if (!isWanted(isUpdate ? "EVENT_CHANGED" : "EVENT_NEW", entry)) {
            if (before != null) {
                current.put(name, before);
            }
            return;
        }
        Object key = entry.key();
        Object old = isUpdate ? table.getExact(key) : null;
        table.put(key, entry.value);
        current.put(name, new Known(values, key));
        tell(entry, isUpdate ? old : null);
    }

    @Override
    void finishReading() {
        for (Map.Entry<List<@Nullable Object>, Known> gone : last.entrySet()) {
            Object key = gone.getValue().key;
            Object old = table.getExact(key);
            if (old != null && (predicate != null || event != null)) {
                Entry entry = new Entry(record(TableValue.parts(key)), old);
                if (!isWanted("EVENT_REMOVED", entry)) {
                    current.put(gone.getKey(), gone.getValue());
                    continue;
                }
                raise("EVENT_REMOVED", entry.index, old);
            }
            table.remove(key);
        }
        last = current;
        current = new LinkedHashMap<>();
    }

    private RecordValue record(Object[] parts) {
        RecordValue record = Records.bare(index);
        for (int i = 0; i < parts.length; i++) {
            record.set(i, parts[i]);
        }
        return record;
    }

    // ---- a source that only grows

    @Override
    void put(Row row) {
        Entry entry = read(row);
        if (entry == null) {
            return;
        }
        Object old = value == null ? null : table.getExact(entry.key());
        if (isWanted(old == null ? "EVENT_NEW" : "EVENT_CHANGED", entry)) {
            table.put(entry.key(), entry.value);
            tell(entry, old);
        }
    }

    // ---- both

    /** A row as the table wants it. A predicate may change the records. */
    private record Entry(RecordValue index, Object value) {
        Object key() {
            Object[] parts = new Object[index.layout().size()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = index.get(i);
            }
            return TableValue.key(parts);
        }
    }

    /** Null when the row is of no use, with the reason told. */
    private @Nullable Entry read(Row row) {
        RowValues values = new RowValues(row, description, this::warn);
        try {
            RecordValue key = record(values.key(index));
            Object stored = TableValue.PRESENT;
            if (value != null) {
                stored = values.next(valueType(value));
                if (stored == null) {
                    throw values.missing("record", value.field(0).name());
                }
            }
            return new Entry(key, stored);
        } catch (RowValues.BadRow e) {
            return null;
        }
    }

    private boolean isWanted(String change, Entry entry) {
        FuncValue asked = predicate;
        if (asked == null) {
            return true;
        }
        List<@Nullable Object> args = new ArrayList<>(List.of(change(change), entry.index));
        if (value != null) {
            args.add(argument(asked, 2, valueType(value), entry.value));
        }
        try {
            return Boolean.TRUE.equals(asked.call(args.toArray()));
        } catch (ScriptError e) {
            context.reporter().scriptError(e, null);
            return false;
        }
    }

    private void tell(Entry entry, @Nullable Object old) {
        // Of a changed entry the event has what was there before.
        raise(old == null ? "EVENT_NEW" : "EVENT_CHANGED", entry.index, old == null ? entry.value : old);
    }

    private void raise(String change, RecordValue key, Object entryValue) {
        FuncValue told = event;
        if (told == null || told.isEmpty()) {
            return;
        }
        if (value == null) {
            context.raise(told, description.record(), change(change), key);
        } else {
            context.raise(
                    told, description.record(), change(change), key, argument(told, 3, valueType(value), entryValue));
        }
    }
}
