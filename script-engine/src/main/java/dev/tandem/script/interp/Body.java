package dev.tandem.script.interp;

import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.ast.Stmts;
import dev.tandem.script.runtime.LaterResults;
import dev.tandem.script.runtime.NoValue;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Tag;
import org.jspecify.annotations.Nullable;

/**
 * One body of a function, in whatever form it runs at the moment: made executable at its first call, compiled when it has
 * run often. A lambda's closures share theirs.
 */
public final class Body {
    /** So many handlers around one, hooks within hooks, leave it enough of Java's stack. */
    private static final int MOST_OUTER = 16;

    private final Interpreter interpreter;
    private final FunctionBody body;
    private final int[] captureSlots;
    private final boolean returnsLater;
    private @Nullable Step code;
    private @Nullable CompiledBody compiled;
    private int calls;
    private boolean enabled = true;

    Body(Interpreter interpreter, FunctionBody body) {
        this(interpreter, body, new int[0]);
    }

    /** @param captureSlots the slots of a lambda's captures */
    Body(Interpreter interpreter, FunctionBody body, int[] captureSlots) {
        this.interpreter = interpreter;
        this.body = body;
        this.captureSlots = captureSlots;
        this.returnsLater = Stmts.any(body.body(), s -> s instanceof Stmt.When w && w.returns());
    }

    public FunctionBody source() {
        return body;
    }

    /** Where in its frame a lambda keeps what it captured. */
    public int[] captureSlots() {
        return captureSlots.clone();
    }

    boolean isEnabled() {
        return enabled;
    }

    void enabled(boolean on) {
        enabled = on;
    }

    /** As {@link CompiledBody#call}. */
    @Nullable
    Object call(@Nullable Object[] args, @Nullable Object[] captured) {
        CompiledBody c = compiled;
        if (c != null) {
            return c.call(args, captured);
        }
        if (calls++ >= interpreter.tier().threshold()) {
            c = interpreter.tier().compile(this);
            if (c != null) {
                compiled = c;
                return c.call(args, captured);
            }
            calls = Integer.MIN_VALUE;
        }
        return interpret(args, captured);
    }

    /** As {@link CompiledBody#call}, always interpreted. */
    public @Nullable Object interpret(@Nullable Object[] args, @Nullable Object[] captured) {
        Frame f = frame(args);
        for (int i = 0; i < captureSlots.length; i++) {
            f.slots[captureSlots[i]] = captured[i];
        }
        int depth = interpreter.enter(body, f);
        try {
            return returnsLater ? awaited(f, captured) : result(run(f), f);
        } catch (ScriptError e) {
            throw e.leave(body.name());
        } finally {
            interpreter.leave(depth);
            for (int i = 0; i < captureSlots.length; i++) {
                captured[i] = f.slots[captureSlots[i]];
            }
        }
    }

    private @Nullable Object result(int end, Frame f) {
        FuncType type = body.type();
        if (type.flavor() == FuncType.Flavor.HOOK) {
            return end != Step.BREAK;
        }
        if (f.result == null
                && type.flavor() == FuncType.Flavor.FUNCTION
                && !type.yield().is(Tag.VOID)) {
            warnOfNoResult();
        }
        return f.result;
    }

    /** Reports that a call has ended without the value that the function's type promises. */
    public void warnOfNoResult() {
        interpreter.context().reporter().warning("non-void function returning without a value: " + body.name(), null);
    }

    /** Whether it may {@code return when}, so that only the interpreter runs it. */
    public boolean returnsLater() {
        return returnsLater;
    }

    /** It may {@code return when}: called by a condition, it has its result the second time. */
    private @Nullable Object awaited(Frame f, @Nullable Object[] captured) {
        Triggers triggers = interpreter.triggers();
        Object function = captured.length == 0 ? this : captured;
        LaterResults.Result call = triggers.of(function);
        Object known = call == null ? null : call.value();
        if (known != null) {
            return known;
        }
        if (call != null && call.isAwaited()) {
            throw call.awaited();
        }
        LaterResults.Result outer = triggers.returning(call);
        try {
            return result(run(f), f);
        } finally {
            triggers.returning(outer);
        }
    }

    /**
     * Runs it as a handler: an error is reported and ends this body alone.
     *
     * @return false where a hook body vetoes
     */
    boolean handle(@Nullable Object[] args) {
        int depth = interpreter.depth();
        int outer = interpreter.beginHandler();
        try {
            return call(args, CompiledBody.NO_CAPTURES) != Boolean.FALSE;
        } catch (NoValue e) {
            return true;
        } catch (ScriptError e) {
            interpreter.report(e, body);
        } catch (StackOverflowError e) {
            if (outer > MOST_OUTER) {
                // Hooks that call themselves: there is no room to report it here.
                throw e;
            }
            interpreter.report(ScriptStack.tooDeep(e, interpreter.tier()), body);
        } finally {
            interpreter.leave(depth);
            interpreter.endHandler(outer);
        }
        return true;
    }

    /** A frame with the arguments in their parameters' slots. */
    private Frame frame(@Nullable Object[] args) {
        Frame f = new Frame(new Object[body.frameSize()]);
        int[] order = body.argumentOrder();
        for (int i = 0; i < order.length; i++) {
            if (order[i] < args.length) {
                f.slots[body.params().get(i).slot()] = args[order[i]];
            }
        }
        return f;
    }

    private int run(Frame f) {
        Step c = code;
        if (c == null) {
            c = interpreter.build(body.body());
            code = c;
        }
        return c.run(f);
    }
}
