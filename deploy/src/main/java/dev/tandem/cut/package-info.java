/** {@code tandem-cut}: columns of logs, as zeek-cut. Read {@link dev.tandem.cut.CutCommand} first. */
@NullMarked
package dev.tandem.cut;

import org.jspecify.annotations.NullMarked;
