package dev.tandem.script.log;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogType;
import dev.tandem.script.types.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a column's value is found.
 *
 * @param field name, as written, and type
 * @param path one step per record to descend
 * @param isExtension whether the path begins at what {@code ext_func} returned, not at the row
 */
record LogColumn(LogField field, List<Step> path, boolean isExtension) {
    /**
     * A field on the way.
     *
     * @param byDefault what to take when it is unset; null for nothing
     */
    record Step(int slot, @Nullable AttributeValue byDefault) {}

    LogType type() {
        return field.type();
    }
}
