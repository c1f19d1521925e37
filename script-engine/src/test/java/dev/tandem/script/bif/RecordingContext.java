package dev.tandem.script.bif;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A context without engine: keeps the messages, and has the globals, types and services a test puts in. */
final class RecordingContext implements ScriptContext {
    final List<String> messages = new ArrayList<>();
    final Map<String, Object> globals = new HashMap<>();
    final Map<String, Type> types = new HashMap<>();
    final Map<Class<?>, Object> services = new HashMap<>();
    double time = 0;
    boolean terminating;

    RecordingContext() {
        services.put(WeirdSampling.class, new WeirdSampling());
    }

    /** Calls a built-in function by name, as a script would. */
    @Nullable
    Object call(String name, @Nullable Object... args) {
        BifDefinition definition = BifRegistry.find(name);
        if (definition == null) {
            throw new AssertionError("no built-in function " + name);
        }
        FuncType untyped = new FuncType(FuncType.Flavor.FUNCTION, new RecordType(List.of()), Types.ANY, true);
        return new BifFunction(definition, untyped, this).call(args);
    }

    /** The text of a string result. */
    String text(String name, @Nullable Object... args) {
        return ((Bytes) call(name, args)).latin1();
    }

    @Override
    public double networkTime() {
        return time;
    }

    @Override
    public EventRegistry eventTypes() {
        throw new ScriptError("no events here");
    }

    @Override
    public EventQueue events() {
        throw new ScriptError("no events here");
    }

    @Override
    public Reporter reporter() {
        return new Reporter() {
            @Override
            public void info(String message, @Nullable Position at) {
                messages.add("info: " + message);
            }

            @Override
            public void warning(String message, @Nullable Position at) {
                messages.add("warning: " + message);
            }

            @Override
            public void error(String message, @Nullable Position at) {
                messages.add("error: " + message);
            }
        };
    }

    @Override
    public @Nullable Object global(String fullName) {
        return globals.get(fullName);
    }

    @Override
    public @Nullable Type type(String fullName) {
        return types.get(fullName);
    }

    @Override
    public void raise(FuncValue event, @Nullable Object... args) {
        throw new ScriptError("no events here");
    }

    @Override
    public void schedule(double when, FuncValue event, @Nullable Object... args) {
        throw new ScriptError("no events here");
    }

    @Override
    public boolean isTerminating() {
        return terminating;
    }

    @Override
    public void terminate() {
        terminating = true;
    }

    @Override
    public <T> T service(Class<T> kind) {
        Object service = services.get(kind);
        if (service == null) {
            throw new ScriptError("no " + kind.getSimpleName() + " here");
        }
        return kind.cast(service);
    }
}
