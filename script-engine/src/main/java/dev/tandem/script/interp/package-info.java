/** Tier 0: runs typed trees. Read {@link dev.tandem.script.interp.Interpreter} first. */
@NullMarked
package dev.tandem.script.interp;

import org.jspecify.annotations.NullMarked;
