package dev.tandem.script.log;

import dev.tandem.core.log.LogField.Container;
import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.EnumValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a filter's columns out of a row record and hands them to a writer. Made once per filter: paths are slot numbers, so
 * that a row costs no look-up by name and allocates nothing.
 */
final class RowExtractor {
    /** Is told when a value was longer than the stream allows. */
    interface Truncation {
        void stringCut();

        void containerCut();
    }

    private final int[][] slots;
    private final @Nullable AttributeValue[][] defaults;
    private final LogType[] types;
    private final Container[] containers;
    private final boolean[] fromExtension;
    private final RowLimits limits;
    private final Truncation truncation;

    private long stringBytes;
    private long elements;

    RowExtractor(List<LogColumn> columns, RowLimits limits, Truncation truncation) {
        int n = columns.size();
        this.limits = limits;
        this.truncation = truncation;
        slots = new int[n][];
        defaults = new AttributeValue[n][];
        types = new LogType[n];
        containers = new Container[n];
        fromExtension = new boolean[n];
        for (int i = 0; i < n; i++) {
            LogColumn c = columns.get(i);
            slots[i] = c.path().stream().mapToInt(LogColumn.Step::slot).toArray();
            defaults[i] = c.path().stream().map(LogColumn.Step::byDefault).toArray(AttributeValue[]::new);
            types[i] = c.type();
            containers[i] = c.field().container();
            fromExtension[i] = c.isExtension();
        }
    }

    /**
     * Writes one value per column.
     *
     * @param extension what {@code ext_func} gave; null leaves its columns unset
     */
    void extract(RecordValue record, @Nullable RecordValue extension, LogRow row) {
        stringBytes = 0;
        elements = 0;
        for (int i = 0; i < slots.length; i++) {
            Object value = find(fromExtension[i] ? extension : record, slots[i], defaults[i]);
            if (value == null) {
                row.unset();
            } else if (containers[i] == Container.SINGLE) {
                put(row, types[i], value);
            } else if (containers[i] == Container.SET) {
                putSet(row, types[i], (TableValue) value);
            } else {
                putVector(row, types[i], (VectorValue) value);
            }
        }
    }

    /** Null when the value, or a record around it, is unset. */
    private static @Nullable Object find(@Nullable Object from, int[] path, @Nullable AttributeValue[] whenUnset) {
        Object value = from;
        for (int step = 0; step < path.length && value != null; step++) {
            value = ((RecordValue) value).get(path[step]);
            if (value == null) {
                AttributeValue byDefault = whenUnset[step];
                value = byDefault == null ? null : byDefault.evaluate();
            }
        }
        return value;
    }

    private void putSet(LogRow row, LogType type, TableValue set) {
        int count = allowedElements(set.size());
        row.beginContainer(count);
        int entry = set.nextEntry(-1);
        for (int i = 0; i < count; i++) {
            put(row, type, Objects.requireNonNull(set.entryKey(entry)));
            entry = set.nextEntry(entry);
        }
        row.endContainer();
    }

    private void putVector(LogRow row, LogType type, VectorValue vector) {
        int count = allowedElements(vector.size());
        row.beginContainer(count);
        for (int i = 0; i < count; i++) {
            Object element = vector.get(i);
            if (element == null) {
                row.unset();
            } else {
                put(row, type, element);
            }
        }
        row.endContainer();
    }

    private int allowedElements(int size) {
        int count = RowLimits.allowed(size, limits.fieldElements(), limits.totalElements(), elements);
        if (count < size) {
            truncation.containerCut();
        }
        elements += count;
        return count;
    }

    private void put(LogRow row, LogType type, Object value) {
        switch (type) {
            case BOOL -> row.bool((Boolean) value);
            case INT -> row.integer((Long) value);
            case COUNT -> row.count((Long) value);
            case DOUBLE -> row.number((Double) value);
            case TIME -> row.time((Double) value);
            case INTERVAL -> row.interval((Double) value);
            case STRING -> row.string(allowedBytes((Bytes) value));
            case ENUM -> row.enumName(((EnumValue) value).text());
            case PORT -> row.port((Port) value);
            case ADDR -> row.addr((Addr) value);
            case SUBNET -> row.subnet((Subnet) value);
            case FILE -> row.string(Bytes.of(((FileValue) value).name()));
            case FUNC -> row.string(Bytes.of(value.toString()));
            case PATTERN -> row.string(Bytes.of(value.toString()));
        }
    }

    private Bytes allowedBytes(Bytes value) {
        int length =
                RowLimits.allowed(value.length(), limits.fieldStringBytes(), limits.totalStringBytes(), stringBytes);
        stringBytes += length;
        if (length == value.length()) {
            return value;
        }
        truncation.stringCut();
        return value.slice(0, length);
    }
}
