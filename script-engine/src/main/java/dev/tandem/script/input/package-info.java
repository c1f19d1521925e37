/**
 * The input framework: files, commands and databases read into tables and events. Read {@link
 * dev.tandem.script.input.InputStreams} first, then {@link dev.tandem.script.input.Reader}.
 */
@NullMarked
package dev.tandem.script.input;

import org.jspecify.annotations.NullMarked;
