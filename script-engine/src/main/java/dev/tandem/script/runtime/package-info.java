/** The values of running scripts. Read {@link dev.tandem.script.runtime.FuncValue} first. */
@NullMarked
package dev.tandem.script.runtime;

import org.jspecify.annotations.NullMarked;
