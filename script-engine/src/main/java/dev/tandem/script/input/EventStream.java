package dev.tandem.script.input;

import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/** A stream whose rows raise an event each. */
final class EventStream extends FedStream {
    private final FuncValue event;
    private final RecordType fields;
    private final EnumValue isNew;

    /** @param isNew {@code Input::EVENT_NEW} */
    EventStream(
            ScriptContext context, StreamDescription description, FuncValue event, RecordType fields, EnumValue isNew) {
        super(context, description);
        this.event = event;
        this.fields = fields;
        this.isNew = isNew;
    }

    @Override
    void put(Row row) {
        RowValues values = new RowValues(row, description, this::warn);
        boolean asRecord = description.wantsRecord();
        @Nullable Object[] args = new Object[2 + (asRecord ? 1 : fields.size())];
        args[0] = description.record();
        args[1] = isNew;
        try {
            if (asRecord) {
                args[2] = values.record(fields);
            } else {
                for (int i = 0; i < fields.size(); i++) {
                    Type type = fields.field(i).type();
                    args[2 + i] = argument(event, 2 + i, type, values.next(type));
                }
            }
        } catch (RowValues.BadRow e) {
            return;
        }
        context.raise(event, args);
    }

    @Override
    void entry(Row row) {
        put(row);
    }
}
