package dev.tandem.script.runtime;

import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.EndpointRecord;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** Makes records and reads their fields with defaults. */
public final class Records {
    private Records() {}

    /** A record with every field unset, of the class that its type has in core. */
    public static RecordValue bare(RecordType type) {
        type.madeValue();
        String name = type.name();
        if (name != null) {
            switch (name) {
                case "conn_id" -> {
                    return new ConnIdRecord(type);
                }
                case "endpoint" -> {
                    return new EndpointRecord(type);
                }
                case "connection" -> {
                    RecordType id = (RecordType) type.field(0).type();
                    RecordType endpoint = (RecordType) type.field(1).type();
                    return new ConnectionRecord(
                            type,
                            new ConnIdRecord(id),
                            new EndpointRecord(endpoint),
                            new EndpointRecord(endpoint),
                            empty(type.field(5)));
                }
                default -> {}
            }
        }
        return new SlotRecord(type);
    }

    /** A record with its defaults set, and its mandatory aggregates empty. */
    public static RecordValue make(RecordType type) {
        RecordValue r = bare(type);
        fillDefaults(r, type);
        return r;
    }

    /** Sets what is unset and has a default, or is a mandatory aggregate. */
    public static void fillDefaults(RecordValue r, RecordType type) {
        for (int slot = 0; slot < type.size(); slot++) {
            if (r.get(slot) == null) {
                Object initial = initial(type.field(slot));
                if (initial != null) {
                    r.set(slot, initial);
                }
            }
        }
    }

    private static @Nullable Object initial(RecordField field) {
        AttributeValue def = field.attributes().get(Attr.DEFAULT);
        if (def != null) {
            return def.evaluate();
        }
        return field.isOptional() ? null : empty(field);
    }

    private static @Nullable Object empty(RecordField field) {
        if (field.type() instanceof TableType t) {
            Attributes own = field.attributes().ofTable();
            TableValue table = new TableValue(t, own);
            own.begin(table);
            return table;
        }
        return emptyAggregate(field.type());
    }

    /** An empty table, set, vector, or a fresh record; null for other types. */
    public static @Nullable Object emptyAggregate(Type type) {
        return switch (type) {
            case TableType t -> new TableValue(t);
            case VectorType v -> new VectorValue(v);
            case RecordType r -> make(r);
            default -> null;
        };
    }

    /**
     * A field's value: what is set, else its default evaluated afresh (and kept when it is an aggregate, so that changing it
     * changes the record), else null.
     */
    public static @Nullable Object get(RecordValue r, RecordType type, int slot) {
        Object value = r.get(slot);
        if (value != null) {
            return value;
        }
        RecordField field = type.field(slot);
        AttributeValue def = field.attributes().get(Attr.DEFAULT);
        if (def == null) {
            return null;
        }
        Object fresh = def.evaluate();
        if (fresh instanceof TableValue || fresh instanceof VectorValue || fresh instanceof RecordValue) {
            r.set(slot, fresh);
        }
        return fresh;
    }
}
