package dev.tandem.script.input;

import dev.tandem.script.check.TypeRules;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a stream's description names fits together: its fields are of type any, so no one checked before (zeek {@code
 * src/input/Manager.cc}, CreateTableStream and CreateEventStream).
 */
final class StreamRules {
    /** The stream cannot be made. */
    @SuppressWarnings("serial")
    static final class Refused extends Exception {
        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private final StreamDescription stream;
    private final Type descriptionType;

    /** @param descriptionType {@code Input::TableDescription} or {@code Input::EventDescription} */
    StreamRules(StreamDescription stream, Type descriptionType) {
        this.stream = stream;
        this.descriptionType = descriptionType;
    }

    private Refused refused(String reason) {
        return new Refused("Input stream " + stream.name() + ": " + reason);
    }

    /** A description field that must be a record type; null when it is unset. */
    private @Nullable RecordType recordType(String field, String label) throws Refused {
        if (stream.field(field) != null && stream.recordType(field) == null) {
            throw refused("'" + label + "' field is not a record type");
        }
        return stream.recordType(field);
    }

    /** A description field that must be an event; null when it is unset. */
    private @Nullable FuncValue event(String field) throws Refused {
        if (stream.field(field) != null && stream.function(field) == null) {
            throw refused("'" + field + "' field is not an event");
        }
        return stream.function(field);
    }

    private static boolean isEvent(FuncValue f) {
        return f.type().flavor() == FuncType.Flavor.EVENT;
    }

    private static Type parameter(FuncValue f, int at) {
        return f.type().params().field(at).type();
    }

    private static boolean isNamed(Type type, String name) {
        return type.is(Tag.ENUM) && name.equals(type.name());
    }

    private static String tagged(Type type) {
        return "'" + type.tag().label() + "':" + type.label();
    }

    // ---- streams into tables

    record TableParts(
            TableValue table, RecordType index, @Nullable RecordType value) {}

    TableParts tableParts() throws Refused {
        RecordType index = recordType("idx", "idx");
        if (index == null) {
            throw refused("'idx' field is not a record type");
        }
        RecordType value = recordType("val", "val");
        Object destination = stream.field("destination");
        if (!(destination instanceof TableValue table)) {
            Type type = destination == null ? null : AnyValue.typeOf(destination);
            throw refused("'destination' field has type " + (type == null ? "void" : type.label())
                    + ", expected table or set identifier");
        }
        checkIndex(index, table.type());
        checkValue(value, table.type());
        checkTableEvent(index, value, table.type().isSet());
        checkErrorEvent("TableDescription");
        return new TableParts(table, index, value);
    }

    private void checkIndex(RecordType index, TableType table) throws Refused {
        for (int i = 0; i < table.index().size(); i++) {
            if (i >= index.size()) {
                throw refused("Table type has more indexes than index definition");
            }
            Type wanted = index.field(i).type();
            Type got = table.index().get(i);
            if (!TypeRules.same(wanted, got)) {
                throw refused(
                        "Table type does not match index type. Need type " + tagged(wanted) + ", got " + tagged(got));
            }
        }
        if (index.size() != table.index().size()) {
            throw refused("Table has less elements than index definition");
        }
    }

    private Type wantedValue(RecordType value) {
        return stream.wantsRecord() || value.size() == 0
                ? value
                : value.field(0).type();
    }

    private void checkValue(@Nullable RecordType value, TableType table) throws Refused {
        Type yield = table.yield();
        if (value == null) {
            if (yield != null) {
                throw refused("'destination' field is a table, but 'val' field is not provided (did you mean to use a "
                        + "set instead of a table?)");
            }
            return;
        }
        if (yield == null) {
            throw refused("'destination' field is a set, but the 'val' field was also specified (did you mean to use a "
                    + "table instead of a set?)");
        }
        Type wanted = wantedValue(value);
        if (!TypeRules.same(yield, wanted)) {
            throw refused("Table type does not match value type. Need type '" + wanted.label() + "', got '"
                    + yield.label() + "'");
        }
    }

    private void checkTableEvent(RecordType index, @Nullable RecordType value, boolean isSet) throws Refused {
        FuncValue event = event("ev");
        if (event == null) {
            return;
        }
        if (!isEvent(event)) {
            throw refused("Stream event is a function, not an event");
        }
        int wanted = isSet ? 3 : 4;
        if (event.type().params().size() != wanted) {
            throw refused("Table event must take " + wanted + " arguments");
        }
        if (!TypeRules.same(parameter(event, 0), descriptionType)) {
            throw refused("Table event's first attribute must be of type Input::TableDescription");
        }
        if (!isNamed(parameter(event, 1), "Input::Event")) {
            throw refused("Table event's second attribute must be of type Input::Event");
        }
        if (!fits(parameter(event, 2), index)) {
            throw refused("Table event's index attributes do not match. Need '" + index.label() + "', got '"
                    + parameter(event, 2).label() + "'");
        }
        if (value != null && !fits(parameter(event, 3), wantedValue(value))) {
            String what = stream.wantsRecord() ? "value attributes do" : "value attribute does";
            throw refused("Table event's " + what + " not match. Need '"
                    + wantedValue(value).label() + "', got '"
                    + parameter(event, 3).label() + "'");
        }
    }

    private static boolean fits(Type parameter, Type wanted) {
        return parameter.is(Tag.ANY) || TypeRules.same(parameter, wanted);
    }

    // ---- streams of events

    record EventParts(FuncValue event, RecordType fields) {}

    EventParts eventParts() throws Refused {
        RecordType fields = recordType("fields", "idx");
        if (fields == null) {
            throw refused("'idx' field is not a record type");
        }
        FuncValue event = event("ev");
        if (event == null || !isEvent(event)) {
            throw refused("Stream event is a function, not an event");
        }
        int count = event.type().params().size();
        if (count < 2) {
            throw refused("Event does not take enough arguments");
        }
        if (!isNamed(parameter(event, 1), "Input::Event")) {
            throw refused("Event's second attribute must be of type Input::Event");
        }
        if (!TypeRules.same(parameter(event, 0), descriptionType)) {
            throw refused("Event's first attribute must be of type Input::EventDescription");
        }
        if (count != 2 + (stream.wantsRecord() ? 1 : fields.size())) {
            throw refused("Event has wrong number of arguments");
        }
        if (stream.wantsRecord()) {
            if (!fits(parameter(event, 2), fields)) {
                throw refused("Incompatible type " + tagged(parameter(event, 2)) + " for event, which needs type "
                        + tagged(fields) + "\n");
            }
        } else {
            for (int i = 0; i < fields.size(); i++) {
                if (!fits(parameter(event, 2 + i), fields.field(i).type())) {
                    throw refused("Incompatible type for event in field " + (i + 3) + ". Need type "
                            + tagged(fields.field(i).type()) + ", got " + tagged(parameter(event, 2 + i)));
                }
            }
        }
        checkErrorEvent("EventDescription");
        return new EventParts(event, fields);
    }

    // ---- both

    private void checkErrorEvent(String description) throws Refused {
        FuncValue event = event("error_ev");
        if (event == null) {
            return;
        }
        if (!isEvent(event)) {
            throw refused("Error event is a function, not an event");
        }
        if (event.type().params().size() != 3) {
            throw refused("Error event must take 3 arguments");
        }
        if (!TypeRules.same(parameter(event, 0), descriptionType)) {
            throw refused("Error event's first attribute must be of type Input::" + description);
        }
        if (!parameter(event, 1).is(Tag.STRING)) {
            throw refused("Error event's second attribute must be of type string");
        }
        if (!isNamed(parameter(event, 2), "Reporter::Level")) {
            throw refused("Error event's third attribute must be of type Reporter::Level");
        }
    }
}
