package dev.tandem.script.interp;

import dev.tandem.core.event.EventHandler;
import dev.tandem.core.event.EventType;
import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A function, event or hook of a script with all its bodies, those of higher priority first. */
public final class ScriptFunction extends FuncValue implements EventHandler {
    private final Interpreter interpreter;
    private final @Nullable EventType event;
    private FuncType type;
    private final List<Body> bodies = new ArrayList<>();
    private Body[] ordered = {};
    private Body[] running = {};

    /** @param event what it handles, null unless it is an event */
    public ScriptFunction(Interpreter interpreter, String name, FuncType type, @Nullable EventType event) {
        super(name, type);
        this.interpreter = interpreter;
        this.event = event;
        this.type = type;
    }

    @Override
    public FuncType type() {
        return type;
    }

    public void type(FuncType newType) {
        type = newType;
    }

    public @Nullable EventType event() {
        return event;
    }

    public boolean hasBodies() {
        return !bodies.isEmpty();
    }

    @Override
    public boolean isEmpty() {
        return running.length == 0;
    }

    /** The bodies that run now, in order; another array, never a changed one, once that changes. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public Body[] running() {
        return running;
    }

    public List<FunctionBody> bodies() {
        return bodies.stream().map(Body::source).toList();
    }

    /** Adds a body behind those of the same priority. */
    public void add(FunctionBody body) {
        int at = bodies.size();
        while (at > 0 && bodies.get(at - 1).source().priority() < body.priority()) {
            at--;
        }
        bodies.add(at, new Body(interpreter, body));
        refresh();
    }

    /** Takes all bodies away ({@code redef event}, redefinition of a function). */
    public void clear() {
        bodies.clear();
        refresh();
    }

    /** Switches the bodies of an event group; only what is in no disabled group runs. */
    public void applyGroups(Set<String> disabled) {
        for (Body b : bodies) {
            b.enabled(Collections.disjoint(b.source().groups(), disabled));
        }
        refresh();
    }

    private void refresh() {
        ordered = bodies.toArray(Body[]::new);
        running = bodies.stream().filter(Body::isEnabled).toArray(Body[]::new);
        if (event != null) {
            event.handler(running.length > 0 ? this : null);
        }
    }

    @Override
    public Position place() {
        return bodies.isEmpty() ? Position.NONE : bodies.get(0).source().range();
    }

    @Override
    public String toString() {
        return FunctionBody.describe(name(), type, bodies());
    }

    @Override
    public @Nullable Object call(@Nullable Object... args) {
        switch (type.flavor()) {
            case FUNCTION -> {
                if (running.length == 0) {
                    throw new ScriptError("value used but not set (" + name() + ")");
                }
                return running[0].call(args, CompiledBody.NO_CAPTURES);
            }
            case HOOK -> {
                return hook(args);
            }
            default -> {
                runAll(args);
                return null;
            }
        }
    }

    private Object hook(@Nullable Object[] args) {
        for (Body body : ordered) {
            if (body.isEnabled() && !body.handle(args)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void handle(EventType raised, Object[] args) {
        runAll(args);
    }

    /** A body may switch those that come after it on or off: each is asked when its turn comes. */
    private void runAll(@Nullable Object[] args) {
        for (Body body : ordered) {
            if (body.isEnabled()) {
                body.handle(args);
            }
        }
    }
}
