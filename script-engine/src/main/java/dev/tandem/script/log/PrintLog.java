package dev.tandem.script.log;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.interp.PrintRedirect;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns {@code print} into rows of a log, as {@code Log::print_to_log} says (zeek {@code src/Stmt.cc}, do_print_stmt). */
public final class PrintLog implements PrintRedirect {
    private final ScriptContext context;
    private final LogStreams logs;
    private final Predicate<FileValue> isStandardOutput;
    private final boolean takesFiles;
    private final EnumValue stream;
    private final RecordType row;

    private PrintLog(
            ScriptContext context,
            LogStreams logs,
            Predicate<FileValue> isStandardOutput,
            boolean takesFiles,
            EnumValue stream,
            RecordType row) {
        this.context = context;
        this.logs = logs;
        this.isStandardOutput = isStandardOutput;
        this.takesFiles = takesFiles;
        this.stream = stream;
        this.row = row;
    }

    /** Null when scripts want none of it. */
    public static @Nullable PrintLog of(ScriptContext context, LogStreams logs, Predicate<FileValue> isStandardOutput) {
        if (!(context.global("Log::print_to_log") instanceof EnumValue mode)
                || mode.name().equals("Log::REDIRECT_NONE")
                || !(context.global("Log::PRINTLOG") instanceof EnumValue stream)
                || !(context.type("Log::PrintLogInfo") instanceof RecordType row)) {
            return null;
        }
        return new PrintLog(context, logs, isStandardOutput, mode.name().equals("Log::REDIRECT_ALL"), stream, row);
    }

    @Override
    public boolean take(@Nullable FileValue file, Object[] values, Type[] types) {
        if (file != null && !takesFiles && !isStandardOutput.test(file)) {
            return false;
        }
        VectorValue texts =
                new VectorValue((VectorType) row.field(row.slot("vals")).type());
        for (int i = 0; i < values.length; i++) {
            ByteSink text = new ByteSink();
            Describe.append(text, values[i], types[i], Describe.Style.RAW);
            texts.add(text.toBytes());
        }
        RecordValue record = Records.bare(row);
        record.set(row.slot("ts"), context.networkTime());
        record.set(row.slot("vals"), texts);
        logs.write(stream, record);
        return true;
    }
}
