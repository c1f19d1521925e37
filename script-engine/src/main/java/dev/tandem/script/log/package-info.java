/** Log streams, their filters, and the rows they hand to log writers. Read {@link dev.tandem.script.log.LogStreams} first. */
@NullMarked
package dev.tandem.script.log;

import org.jspecify.annotations.NullMarked;
