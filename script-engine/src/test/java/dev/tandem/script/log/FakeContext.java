package dev.tandem.script.log;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine of nothing but a clock, variables and types that tests set. */
public class FakeContext implements ScriptContext, Reporter {
    public final Map<String, Object> globals = new HashMap<>();
    public final Map<String, Type> types = new HashMap<>();
    public final Map<Class<?>, Object> services = new HashMap<>();
    public final List<String> messages = new ArrayList<>();
    public final List<String> raised = new ArrayList<>();
    public double now = 1000;
    private final EventRegistry registry = new EventRegistry();
    private final EventQueue queue = new EventQueue();

    @Override
    public double networkTime() {
        return now;
    }

    @Override
    public EventRegistry eventTypes() {
        return registry;
    }

    @Override
    public EventQueue events() {
        return queue;
    }

    @Override
    public Reporter reporter() {
        return this;
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
        raised.add(event.name());
    }

    @Override
    public void schedule(double when, FuncValue event, @Nullable Object... args) {
        raised.add(event.name() + "@" + when);
    }

    @Override
    public boolean isTerminating() {
        return false;
    }

    @Override
    public void terminate() {}

    @Override
    public <T> T service(Class<T> kind) {
        Object part = services.get(kind);
        if (part == null) {
            throw new ScriptError("no " + kind.getSimpleName());
        }
        return kind.cast(part);
    }

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
}
