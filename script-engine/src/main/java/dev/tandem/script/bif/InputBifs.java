package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.input.InputStreams;
import dev.tandem.script.runtime.ScriptContext;

/** The functions behind the input framework's scripts (zeek {@code src/input/input.bif}). */
public final class InputBifs {
    private InputBifs() {}

    private static InputStreams streams(ScriptContext context) {
        return context.service(InputStreams.class);
    }

    @Bif(value = "Input::__create_table_stream", type = "function(description: Input::TableDescription): bool")
    public static boolean createTableStream(ScriptContext context, RecordValue description) {
        return streams(context).addTable(description);
    }

    @Bif(value = "Input::__create_event_stream", type = "function(description: Input::EventDescription): bool")
    public static boolean createEventStream(ScriptContext context, RecordValue description) {
        return streams(context).addEvent(description);
    }

    @Bif(value = "Input::__create_analysis_stream", type = "function(description: Input::AnalysisDescription): bool")
    public static boolean createAnalysisStream(ScriptContext context, RecordValue description) {
        return streams(context).addAnalysis(description);
    }

    @Bif(value = "Input::__remove_stream", type = "function(id: string): bool")
    public static boolean removeStream(ScriptContext context, Bytes id) {
        return streams(context).remove(id.utf8());
    }

    @Bif(value = "Input::__force_update", type = "function(id: string): bool")
    public static boolean forceUpdate(ScriptContext context, Bytes id) {
        return streams(context).update(id.utf8());
    }
}
