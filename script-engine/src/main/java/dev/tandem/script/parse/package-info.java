/** Tokens to typed trees, in one pass that also evaluates. Read {@link dev.tandem.script.parse.Parser} first. */
@NullMarked
package dev.tandem.script.parse;

import org.jspecify.annotations.NullMarked;
