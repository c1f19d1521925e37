/** Runs Zeek scripts. Read {@link dev.tandem.script.ScriptEngine} first. */
@NullMarked
package dev.tandem.script;

import org.jspecify.annotations.NullMarked;
