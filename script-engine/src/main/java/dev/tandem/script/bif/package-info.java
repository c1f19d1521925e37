/** The built-in functions, one class per family. Read {@link dev.tandem.script.bif.BifRegistry} first. */
@NullMarked
package dev.tandem.script.bif;

import org.jspecify.annotations.NullMarked;
