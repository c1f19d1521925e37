package dev.tandem.hostprotocol.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row as a result line has it.
 *
 * @param columns names in the line's order; rows of the same shape share one list
 * @param values as many texts; numbers as they were written, null for JSON null
 */
public record ResultRow(List<String> columns, List<@Nullable String> values) {
    /** Text of a column; empty when there is none of that name or it is null. */
    public String value(String column) {
        int at = columns.indexOf(column);
        String text = at < 0 ? null : values.get(at);
        return text == null ? "" : text;
    }

    /** When it happened, if it is an event that says so ({@code time}); else {@code otherwise}. Seconds since 1970. */
    public double eventTime(double otherwise) {
        double time = Times.parse(value("time"));
        return time > 0 ? time : otherwise;
    }
}
