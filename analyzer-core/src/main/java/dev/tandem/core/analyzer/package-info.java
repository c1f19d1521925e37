/** Protocol analyzers of connections: who gets which payload. Read {@link dev.tandem.core.analyzer.AnalyzerTree} first. */
@NullMarked
package dev.tandem.core.analyzer;

import org.jspecify.annotations.NullMarked;
