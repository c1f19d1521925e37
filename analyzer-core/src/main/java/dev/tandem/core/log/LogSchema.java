package dev.tandem.core.log;

import java.util.List;
import java.util.Map;

/**
 * What a writer is opened with.
 *
 * @param path log name without suffix, e.g. {@code conn}; may hold directories
 * @param fields the columns in order
 * @param options the filter's {@code config} table: per-log overrides of the writer's options, by their bare names
 *     ({@code separator}, {@code use_json}, ...)
 * @param rotation when it rotates
 */
public record LogSchema(String path, List<LogField> fields, Map<String, String> options, RotationPolicy rotation) {
    public LogSchema {
        fields = List.copyOf(fields);
        options = Map.copyOf(options);
    }

    /** One that never rotates. */
    public LogSchema(String path, List<LogField> fields, Map<String, String> options) {
        this(path, fields, options, RotationPolicy.NEVER);
    }
}
