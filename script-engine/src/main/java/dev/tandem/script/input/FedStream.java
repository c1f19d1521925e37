package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/** A stream as the engine sees it: what becomes of the rows that its reader tells. Engine thread. */
abstract class FedStream {
    final ScriptContext context;
    final StreamDescription description;

    FedStream(ScriptContext context, StreamDescription description) {
        this.context = context;
        this.description = description;
    }

    /** A row of a source that only grows. */
    abstract void put(Row row);

    /** A row of a source that is read as a whole. */
    abstract void entry(Row row);

    /** What a reading as a whole means beyond its rows; {@link #end} calls it. */
    void finishReading() {}

    /** The stream is no more. */
    void removed() {}

    /** The source was read as a whole. */
    final void end() {
        finishReading();
        raise("Input::end_of_data", description.nameValue(), description.sourceValue());
    }

    final void raise(String event, Object... args) {
        if (context.global(event) instanceof FuncValue f && !f.isEmpty()) {
            context.raise(f, args);
        }
    }

    /** A message about a row, from the engine. */
    final void warn(String message) {
        report(ReaderFeed.Level.WARNING, message, message);
    }

    /**
     * @param message for the stream's error event
     * @param text for everybody
     */
    final void report(ReaderFeed.Level level, String message, String text) {
        FuncValue event = description.errorEvent();
        if (event != null && context.type("Reporter::Level") instanceof EnumType levels) {
            EnumValue value = levels.byNumber(level.ordinal());
            context.raise(event, description.record(), Bytes.latin1(message), value);
        }
        switch (level) {
            case INFO -> context.reporter().info(text, null);
            case WARNING -> context.reporter().warning(text, null);
            case ERROR -> context.reporter().error(text, null);
        }
    }

    /** An argument as the function's parameter wants it: one of type any has the type with the value. */
    static @Nullable Object argument(FuncValue function, int at, Type type, @Nullable Object value) {
        RecordType params = function.type().params();
        boolean isAny = at < params.size() && params.field(at).type().is(Tag.ANY);
        return isAny && value != null ? AnyValue.wrap(type, value) : value;
    }
}
