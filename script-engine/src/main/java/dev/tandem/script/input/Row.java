package dev.tandem.script.input;

import org.jspecify.annotations.Nullable;

/**
 * One row as a reader hands it over: a value per {@link Column}, null where there is none. Values are those of scripts, but
 * what needs the engine is as the source had it: an enum is its name in {@code Bytes}, a pattern a {@link PatternText}, a set
 * or vector a list. So rows are compared by value, whoever made them.
 *
 * @param line where it was in its file, from 1; 0 when the source has no lines
 */
record Row(@Nullable Object[] values, int line) {
    /** A pattern that is not compiled yet. */
    record PatternText(String text, boolean isCaseInsensitive, boolean isSingleLine) {}
}
