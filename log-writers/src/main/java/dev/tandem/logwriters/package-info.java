/**
 * Writes log rows to files as tab-separated text or JSON. Read {@link dev.tandem.logwriters.QueuedLogWriter} first: a row
 * becomes bytes on the engine thread, and the bytes reach the disk on the writer thread.
 */
@NullMarked
package dev.tandem.logwriters;

import org.jspecify.annotations.NullMarked;
