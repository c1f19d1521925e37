/** What a log writer is given. Read {@link dev.tandem.core.log.LogWriter} first. */
@NullMarked
package dev.tandem.core.log;

import org.jspecify.annotations.NullMarked;
