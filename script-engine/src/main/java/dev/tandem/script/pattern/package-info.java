/** Patterns of the script language: matched over bytes, in linear time. Read {@link Pattern} first. */
@NullMarked
package dev.tandem.script.pattern;

import org.jspecify.annotations.NullMarked;
