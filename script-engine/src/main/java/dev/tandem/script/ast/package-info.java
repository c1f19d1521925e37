/** The typed, immutable syntax tree. Read {@link dev.tandem.script.ast.Expr} first. */
@NullMarked
package dev.tandem.script.ast;

import org.jspecify.annotations.NullMarked;
