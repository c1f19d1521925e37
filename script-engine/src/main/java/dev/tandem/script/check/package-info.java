/** The rules of types and names, called by the parser. Read {@link dev.tandem.script.check.Checker} first. */
@NullMarked
package dev.tandem.script.check;

import org.jspecify.annotations.NullMarked;
