package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that the fields of a record ask for, depth first (zeek {@code src/input/Manager.cc}, UnrollRecordType). */
final class Columns {
    private Columns() {}

    static boolean isRecord(Type type) {
        return type.is(Tag.RECORD);
    }

    /** Whether a field of this type can be read: atomic, a set or vector of atomic values, a record. */
    static boolean canRead(Type type) {
        return switch (type) {
            case TableType t ->
                t.isSet() && t.index().size() == 1 && isAtomic(t.index().get(0));
            case VectorType v -> isAtomic(v.element());
            case RecordType r -> true;
            default -> isAtomic(type);
        };
    }

    private static boolean isAtomic(Type type) {
        return type.tag().isAtomic();
    }

    /** A field that no reader fills and that may stay unset. */
    static boolean isIgnored(RecordField field) {
        return switch (field.type().tag()) {
            case FILE, FUNC, OPAQUE -> field.isOptional();
            default -> false;
        };
    }

    /** Whether a row need not have a value for the field. */
    static boolean mayBeMissing(RecordField field) {
        return field.isOptional() || field.hasDefault();
    }

    /**
     * Adds a record's columns.
     *
     * @param toleratesOthers whether {@link #isIgnored} fields are left out instead of refused
     * @return false when a field cannot be read, with a message which
     */
    static boolean addAll(RecordType record, String prefix, boolean toleratesOthers, List<Column> to, Reporter tell) {
        for (RecordField field : record.fields()) {
            String name = prefix + field.name();
            String label = field.type().tag().label();
            if (!canRead(field.type())) {
                if (toleratesOthers && isIgnored(field)) {
                    tell.info(
                            "Encountered incompatible type \"" + label + "\" in type definition for field \"" + name
                                    + "\" in ReaderFrontend. Ignoring optional field.",
                            null);
                    continue;
                }
                tell.error(
                        "Incompatible type \"" + label + "\" in type definition for field \"" + name
                                + "\" in ReaderFrontend",
                        null);
                return false;
            }
            if (field.type() instanceof RecordType inner) {
                if (inner.size() > 0 && mayBeMissing(field)) {
                    tell.info(
                            "The input framework does not support optional record fields: \"" + field.name() + "\"",
                            null);
                    return false;
                }
                if (!addAll(inner, name + ".", toleratesOthers, to, tell)) {
                    return false;
                }
            } else {
                to.add(new Column(name, protocolColumn(field), field.type(), mayBeMissing(field)));
            }
        }
        return true;
    }

    private static @Nullable String protocolColumn(RecordField field) {
        AttributeValue column = field.attributes().get(Attr.TYPE_COLUMN);
        return field.type().is(Tag.PORT) && column != null && column.evaluate() instanceof Bytes b ? b.utf8() : null;
    }
}
