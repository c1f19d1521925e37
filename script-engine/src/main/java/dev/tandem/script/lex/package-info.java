/** Text to tokens. Read {@link dev.tandem.script.lex.Lexer} first. */
@NullMarked
package dev.tandem.script.lex;

import org.jspecify.annotations.NullMarked;
