package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.JsonWriter;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import org.jspecify.annotations.Nullable;

/** JSON to and from values. */
public final class JsonFunctions {
    /** A pattern belongs to one thread. */
    private static final ThreadLocal<Pattern> LEADING_UNDERSCORE =
            ThreadLocal.withInitial(() -> Pattern.compile("^_", false, false));

    private JsonFunctions() {}

    @Bif(
            value = "to_json",
            type = "function(val: any, only_loggable: bool &default=F, field_escape_pattern: pattern &default=/^_/,"
                    + " interval_as_double: bool &default=F): string")
    public static Bytes toJson(
            Object val,
            @Nullable Boolean onlyLoggable,
            @Nullable Pattern fieldEscapePattern,
            @Nullable Boolean intervalAsDouble) {
        return new JsonWriter(
                        onlyLoggable != null && onlyLoggable,
                        fieldEscapePattern == null ? LEADING_UNDERSCORE.get() : fieldEscapePattern,
                        intervalAsDouble != null && intervalAsDouble)
                .write(val, Types.ANY);
    }

    @Bif(
            value = "from_json",
            type = "function(s: string, t: any, key_func: string_mapper &default=from_json_default_key_mapper):"
                    + " from_json_result")
    public static RecordValue fromJson(ScriptContext ctx, Bytes s, Object t, @Nullable FuncValue keyFunc) {
        RecordType resultType = Declared.type(ctx, "from_json_result", RecordType.class);
        RecordValue result = Records.make(resultType);
        int valid = resultType.slot("valid");
        result.set(valid, false);
        if (!(t instanceof Type type)) {
            ctx.callError("from_json() requires a type argument", null);
            return result;
        }
        // The default key function changes nothing, so it need not be called for each member.
        FuncValue keys = keyFunc == null || keyFunc.name().equals("from_json_default_key_mapper") ? null : keyFunc;
        try {
            Object value = new JsonReader(keys).read(s, type);
            result.set(resultType.slot("v"), value == null ? null : AnyValue.wrap(type, value));
            result.set(valid, true);
        } catch (JsonReader.Mismatch e) {
            result.set(resultType.slot("err"), Bytes.of(String.valueOf(e.getMessage())));
        }
        return result;
    }
}
