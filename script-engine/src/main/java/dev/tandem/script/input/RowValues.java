package dev.tandem.script.input;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.pattern.PatternSyntaxError;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of a row, one after the other, as a script's types want them. A value that does not fit is told to {@code
 * complain} and makes the row useless. Engine thread.
 */
final class RowValues {
    /** The row is of no use; the reason was told. */
    @SuppressWarnings("serial")
    static final class BadRow extends Exception {
        BadRow() {
            super(null, null, false, false);
        }
    }

    private final Row row;
    private final StreamDescription stream;
    private final String origin;
    private final Consumer<String> complain;
    private int next;

    RowValues(Row row, StreamDescription stream, Consumer<String> complain) {
        this(row, stream, "stream '" + stream.name() + "'", complain);
    }

    /** @param origin whose values they are, in messages */
    RowValues(Row row, StreamDescription stream, String origin, Consumer<String> complain) {
        this.row = row;
        this.stream = stream;
        this.origin = origin;
        this.complain = complain;
    }

    /** The next value, or as many as a record takes; null when there is none. */
    @Nullable
    Object next(Type type) throws BadRow {
        return type instanceof RecordType r ? record(r) : value(row.values()[next++], type);
    }

    /** A record made of the next values. */
    RecordValue record(RecordType type) throws BadRow {
        RecordValue record = Records.make(type);
        for (int slot = 0; slot < type.size(); slot++) {
            RecordField field = type.field(slot);
            if (field.type() instanceof RecordType inner) {
                record.set(slot, record(inner));
            } else if (!Columns.isIgnored(field)) {
                Object raw = row.values()[next++];
                if (raw == null && !Columns.mayBeMissing(field)) {
                    throw missing("record", field.name());
                }
                Object value = value(raw, field.type());
                if (value != null) {
                    record.set(slot, value);
                }
            }
        }
        return record;
    }

    /** The parts of a table's key, made of the next values. */
    Object[] key(RecordType type) throws BadRow {
        Object[] parts = new Object[type.size()];
        for (int i = 0; i < parts.length; i++) {
            Object part = next(type.field(i).type());
            if (part == null) {
                throw missing("index", type.field(i).name());
            }
            parts[i] = part;
        }
        return parts;
    }

    BadRow missing(String kind, String field) {
        String place = row.line() > 0 ? stream.sourceValue().utf8() + ":" + row.line() + ": " : "";
        complain.accept(place + "Skipping input with missing non-optional value (" + kind + " field " + field + ")");
        return new BadRow();
    }

    private @Nullable Object value(@Nullable Object raw, Type type) throws BadRow {
        if (raw == null) {
            return null;
        }
        return value(raw, type, row.line());
    }

    private Object value(Object raw, Type type, int line) throws BadRow {
        switch (type) {
            case EnumType e -> {
                Bytes name = (Bytes) raw;
                EnumValue constant = e.byName(name.latin1());
                if (constant == null) {
                    String place = line > 0 ? stream.sourceValue().utf8() + ", line " + line + ": " : "";
                    complain.accept(place + "Value '" + name.latin1() + "' for " + origin + " is not a valid enum.");
                    throw new BadRow();
                }
                return constant;
            }
            case TableType t -> {
                TableValue set = new TableValue(t);
                for (Object element : (List<?>) raw) {
                    if (element != null) {
                        set.add(TableValue.key(value(element, t.index().get(0), 0)));
                    }
                }
                return set;
            }
            case VectorType v -> {
                VectorValue vector = new VectorValue(v);
                for (Object element : (List<?>) raw) {
                    vector.add(element == null ? null : value(element, v.element(), 0));
                }
                return vector;
            }
            default -> {
                return raw instanceof Row.PatternText p ? pattern(p) : raw;
            }
        }
    }

    private Pattern pattern(Row.PatternText p) throws BadRow {
        try {
            return Pattern.compile(p.text(), p.isCaseInsensitive(), p.isSingleLine());
        } catch (PatternSyntaxError e) {
            complain.accept("Invalid pattern /" + p.text() + "/: " + e.getMessage());
            throw new BadRow();
        }
    }
}
