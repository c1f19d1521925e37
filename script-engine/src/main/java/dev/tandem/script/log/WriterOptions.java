package dev.tandem.script.log;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of writers as the loaded scripts leave them: the defaults a writer factory needs. */
public final class WriterOptions {
    private static final String[] ASCII = {
        "separator",
        "set_separator",
        "empty_field",
        "unset_field",
        "meta_prefix",
        "include_meta",
        "enable_utf_8",
        "use_json",
        "json_timestamps",
        "json_include_unset_fields",
        "json_string_escape_policy",
        "output_to_stdout",
        "gzip_level",
        "gzip_file_extension",
        "enable_leftover_log_rotation"
    };

    private static final String[] SQLITE = {"set_separator", "empty_field", "unset_field", "synchronous", "journal_mode"
    };

    private WriterOptions() {}

    /**
     * By bare name, as a filter's {@code config} would give them: T or F, numbers, text, an enum's full name. Options that
     * no script declares are left out. Call it when all scripts are read.
     */
    public static Map<String, String> ascii(ScriptContext context) {
        return all(context, "LogAscii", ASCII);
    }

    /** Like {@link #ascii}, for databases. */
    public static Map<String, String> sqlite(ScriptContext context) {
        return all(context, "LogSQLite", SQLITE);
    }

    private static Map<String, String> all(ScriptContext context, String module, String[] names) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : names) {
            String text = text(context.global(module + "::" + name));
            if (text != null) {
                all.put(name, text);
            }
        }
        String logdir = text(context.global("Log::default_logdir"));
        if (logdir != null) {
            all.put("logdir", logdir);
        }
        return all;
    }

    /** Whether logs of {@code Log::WRITER_NONE} say what they are opened with. */
    public static boolean isNoneDebugged(ScriptContext context) {
        return Boolean.TRUE.equals(context.global("LogNone::debug"));
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean b -> b ? "T" : "F";
            case Bytes b -> b.utf8();
            case EnumValue e -> e.name();
            default -> value.toString();
        };
    }
}
