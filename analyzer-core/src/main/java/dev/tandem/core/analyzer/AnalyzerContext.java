package dev.tandem.core.analyzer;

import dev.tandem.core.connection.Connection;

/**
 * What an analyzer is born with.
 *
 * @param registry where it may raise events and attach others
 * @param id never used twice in a run; scripts name the analyzer by it
 */
public record AnalyzerContext(AnalyzerRegistry registry, AnalyzerTag tag, Connection connection, long id) {}
