package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.source.Position;
import org.jspecify.annotations.Nullable;

/** How compiled statements leave what is being compiled. */
interface Exit {
    /**
     * Writes a return.
     *
     * @param value null where it has none
     * @param leave what is to be done between the value's evaluation and the jump
     */
    void returns(@Nullable Expr value, Position at, Runnable leave);

    /**
     * Writes an end without a value.
     *
     * @param goOn false where a hook's body vetoes
     */
    void end(boolean goOn);
}
