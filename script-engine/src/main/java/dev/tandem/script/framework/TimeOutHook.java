package dev.tandem.script.framework;

import dev.tandem.core.connection.Connection;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks the hook connection_timing_out before a connection ends for silence (zeek {@code src/session/Session.cc}). */
public final class TimeOutHook implements Predicate<Connection> {
    private final ScriptContext context;
    private final FuncValue hook;

    private TimeOutHook(ScriptContext context, FuncValue hook) {
        this.context = context;
        this.hook = hook;
    }

    /** Empty when no script has a handler. */
    public static Optional<Predicate<Connection>> of(ScriptContext context) {
        return context.global("connection_timing_out") instanceof FuncValue f && !f.isEmpty()
                ? Optional.of(new TimeOutHook(context, f))
                : Optional.empty();
    }

    /** False keeps the connection. A hook that fails does not. */
    @Override
    public boolean test(Connection c) {
        try {
            return !Boolean.FALSE.equals(hook.call(c.record()));
        } catch (ScriptError e) {
            context.reporter().scriptError(e, null);
            return true;
        }
    }
}
