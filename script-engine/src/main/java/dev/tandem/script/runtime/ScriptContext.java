package dev.tandem.script.runtime;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What running scripts and built-in functions reach of their engine. One per engine instance; engine thread. */
public interface ScriptContext {
    /** Seconds since 1970; 0 before the first packet of a trace. */
    double networkTime();

    /** Network time of the first packet, seconds since 1970; 0 before it. */
    default double startTime() {
        return 0;
    }

    EventRegistry eventTypes();

    EventQueue events();

    Reporter reporter();

    /**
     * Reports that a built-in function was called wrongly; the function then returns some value and the script goes on. An
     * engine that knows the running call adds its place and text.
     *
     * @param culprit the offending argument as it was passed, null when the message says it all
     */
    default void callError(String message, @Nullable Object culprit) {
        String what = culprit == null ? "" : " (" + Describe.message(culprit, AnyValue.typeOf(culprit)) + ")";
        reporter().error(message + what, null);
    }

    /** Where the running built-in function was called; null when the engine does not know. */
    default @Nullable Position callSite() {
        return null;
    }

    /** The script bodies that run now, innermost first; empty when the engine does not know. */
    default List<ScriptCall> stack() {
        return List.of();
    }

    /** The value of a global variable by full name; null when there is none or it is unset. */
    @Nullable
    Object global(String fullName);

    /** A number among the global variables, time and interval too; {@code otherwise} when there is none. */
    default double number(String fullName, double otherwise) {
        Object v = global(fullName);
        return v instanceof Double d ? d : v instanceof Long n ? n : otherwise;
    }

    /** A declared type by full name; null when there is none. */
    @Nullable
    Type type(String fullName);

    /**
     * Raises an event by its value.
     *
     * @param args as {@link FuncValue#call}
     */
    void raise(FuncValue event, @Nullable Object... args);

    /** Runs an event at a network time (seconds since 1970). */
    void schedule(double when, FuncValue event, @Nullable Object... args);

    /** True once the engine is ending. */
    boolean isTerminating();

    /** Asks the engine to end after the current event. */
    void terminate();

    /**
     * A part of the engine by its class: the log streams, the connection table, the hosts, ...
     *
     * @throws ScriptError when this engine runs without that part
     */
    <T> T service(Class<T> kind);
}
