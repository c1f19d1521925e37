package dev.tandem.core.file;

import dev.tandem.core.connection.Connection;

/**
 * Where files come from: one direction of one connection.
 *
 * @param source the analyzer's name, as scripts see it in {@code f$source}
 * @param tag its script constant
 */
public record FileOrigin(String source, String tag, Connection connection, boolean fromOriginator) {}
