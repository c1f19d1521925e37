package dev.tandem.script.log;

import dev.tandem.core.log.LogField;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes a stream's rows to a log; what a script's {@code Log::Filter} says, ready for use. */
final class LogFilter implements RowExtractor.Truncation {
    private final LogStream stream;
    final RecordValue record;
    final String name;
    final EnumValue writer;
    final boolean isLocal;
    final double rotationInterval;
    final @Nullable FuncValue policy;

    /** The row predicate of 2018; F leaves the row out. */
    final @Nullable FuncValue predicate;

    final @Nullable FuncValue pathFunction;
    final @Nullable FuncValue extension;
    final @Nullable FuncValue postprocessor;
    final RowExtractor extractor;
    final List<LogField> fields;
    final Map<String, String> options;

    /** Null until the path function has named one, or when there is none. */
    @Nullable
    Bytes path;

    /** Where the last row went, to find it again without a look-up. */
    @Nullable
    Bytes lastPath;

    @Nullable
    OpenLog lastLog;

    private LogFilter(Fields f, RecordValue record, LogStream stream, List<LogColumn> columns, boolean extended) {
        this.stream = stream;
        this.record = record;
        name = f.text("name");
        writer = (EnumValue) f.required("writer");
        isLocal = f.truth("log_local");
        rotationInterval = f.seconds("interv");
        FuncValue own = f.function("policy");
        policy = own != null ? own : stream.policy;
        predicate = f.function("pred");
        pathFunction = f.function("path_func");
        extension = extended ? f.function("ext_func") : null;
        postprocessor = f.function("postprocessor");
        extractor = new RowExtractor(columns, stream.limits, this);
        fields = columns.stream().map(LogColumn::field).toList();
        options = options(f.get("config"));
        path = (Bytes) f.get("path");
    }

    /** Null when the filter cannot be used, with a message why. */
    static @Nullable LogFilter of(RecordValue record, LogStream stream, Reporter reporter) {
        Fields f = new Fields(record);
        RecordType extra = null;
        FuncValue extension = f.function("ext_func");
        if (extension != null) {
            Type gives = extension.type().yield();
            if (gives instanceof RecordType r) {
                extra = r;
            } else if (!gives.is(Tag.VOID) && !gives.is(Tag.ANY)) {
                // The default function gives nothing, and says void or any of it.
                reporter.error(
                        "Return value of log_ext is not a record (got "
                                + gives.tag().label() + ")",
                        null);
                return null;
            }
        }
        LogColumns.Choice choice = new LogColumns.Choice(
                (TableValue) f.get("include"),
                (TableValue) f.get("exclude"),
                (TableValue) f.get("field_name_map"),
                f.text("scope_sep"),
                f.text("ext_prefix"));
        List<LogColumn> columns = LogColumns.of(stream.columns, extra, choice);
        if (columns == null) {
            reporter.error("unsupported field type for log column", null);
            return null;
        }
        return new LogFilter(f, record, stream, columns, extra != null);
    }

    private static Map<String, String> options(@Nullable Object config) {
        Map<String, String> all = new LinkedHashMap<>();
        if (config instanceof TableValue table) {
            for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
                all.put(
                        Objects.requireNonNull((Bytes) table.entryKey(e)).utf8(),
                        Objects.requireNonNull((Bytes) table.entryValue(e)).utf8());
            }
        }
        return all;
    }

    @Override
    public void stringCut() {
        if (lastLog != null) {
            lastLog.counters.cutStrings().add(1);
        }
        stream.stringCut();
    }

    @Override
    public void containerCut() {
        if (lastLog != null) {
            lastLog.counters.cutContainers().add(1);
        }
        stream.containerCut();
    }
}
