package dev.tandem.script.interp;

import dev.tandem.script.ast.Stmt;
import org.jspecify.annotations.Nullable;

/** Counts the turns of one interpreted loop and has it compiled when they are many, while it runs. */
final class HotLoop {
    private final Interpreter interpreter;
    private final Stmt loop;
    private int turns;
    private @Nullable CompiledLoop compiled;

    HotLoop(Interpreter interpreter, Stmt loop) {
        this.interpreter = interpreter;
        this.loop = loop;
    }

    /**
     * To be asked before each turn. Runs the rest of the loop, or says {@link CompiledLoop#REFUSED}: the turn is the
     * interpreter's.
     *
     * @param over see {@link CompiledLoop#run}
     * @param at likewise
     */
    int rest(Frame f, @Nullable Object over, int at) {
        CompiledLoop c = compiled;
        if (c == null) {
            if (turns++ < interpreter.tier().loopThreshold()) {
                return CompiledLoop.REFUSED;
            }
            c = interpreter.tier().compile(loop, f);
            compiled = c;
            if (c == null) {
                turns = Integer.MIN_VALUE;
                return CompiledLoop.REFUSED;
            }
        }
        return c.run(f, over, at);
    }
}
