package dev.tandem.script.framework;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.DataText;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * Columns as agents send them: typed as the host has them, text for every expression. They become what a parameter declares,
 * as columns of osquery do.
 */
public final class AgentColumns {
    private AgentColumns() {}

    /** Whether an event takes rows of hosts: its other parameters are columns then. */
    public static boolean areParametersOf(FuncType event) {
        RecordType parameters = event.params();
        return parameters.size() > 0
                && "osquery::ResultInfo".equals(parameters.field(0).type().name());
    }

    /** Null when the column is no such value. */
    public static @Nullable Object read(Data column, Type type) {
        Bytes text = column instanceof Data.None ? Bytes.EMPTY : Bytes.of(DataText.of(column));
        return text.isEmpty() ? ColumnReader.missing(type) : ColumnReader.read(text, type);
    }
}
