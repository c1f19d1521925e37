/** Supplies packets from an interface or a trace file. */
@NullMarked
package dev.tandem.capture;

import org.jspecify.annotations.NullMarked;
