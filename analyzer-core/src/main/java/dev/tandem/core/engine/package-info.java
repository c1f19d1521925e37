/** The single-threaded loop and what everything in it shares. Read {@link dev.tandem.core.engine.AnalysisEngine} first. */
@NullMarked
package dev.tandem.core.engine;

import org.jspecify.annotations.NullMarked;
