/** The types of the script language. Read {@link dev.tandem.script.types.Type} first. */
@NullMarked
package dev.tandem.script.types;

import org.jspecify.annotations.NullMarked;
