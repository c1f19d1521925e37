package dev.tandem.script.input;

import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a stream wants of each row in one place: an atomic value, or a set or vector of them.
 *
 * @param name with the names of the records around it, joined by dots
 * @param protocolColumn where a port's protocol is ({@code &type_column}); null when it is with the number
 */
record Column(String name, @Nullable String protocolColumn, Type type, boolean isOptional) {}
