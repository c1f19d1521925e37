package dev.tandem.hostprotocol.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row as a result line has it.
 *
 * @param columns names in the line's order; rows of the same shape share one list
 * @param values as many texts; numbers as they were written, null for JSON null
 */
public record ResultRow(List<String> columns, List<@Nullable String> values) {}
