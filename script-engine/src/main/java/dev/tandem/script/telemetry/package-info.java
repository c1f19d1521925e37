/** Figures that a run keeps about itself and that scripts keep. Read {@link dev.tandem.script.telemetry.Metrics} first. */
@NullMarked
package dev.tandem.script.telemetry;

import org.jspecify.annotations.NullMarked;
