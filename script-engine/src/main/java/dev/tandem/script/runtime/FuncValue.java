package dev.tandem.script.runtime;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import org.jspecify.annotations.Nullable;

/** A callable value: script function, event, hook, lambda or built-in. Engine thread. */
public abstract class FuncValue {
    private final String name;
    private final FuncType type;

    protected FuncValue(String name, FuncType type) {
        this.name = name;
        this.type = type;
    }

    /** Full name; {@code lambda_<n>} for a lambda. */
    public final String name() {
        return name;
    }

    public FuncType type() {
        return type;
    }

    /**
     * Calls it.
     *
     * @param args one value per parameter, already of the parameter's type; null for a parameter left unset
     * @return the result; null for void, and for a function that ended without a value. A hook gives a Boolean
     * @throws ScriptError when the script fails
     */
    public abstract @Nullable Object call(@Nullable Object... args);

    /** Where a script defines it; no place when none does. */
    public Position place() {
        return Position.NONE;
    }

    /** A copy with captured values of its own; itself when it captured none. */
    public FuncValue copy() {
        return this;
    }

    /** Whether calling it does nothing now: a hook or event without enabled bodies. Spares building arguments. */
    public boolean isEmpty() {
        return false;
    }

    /** Whether it is written in Java: its callers are remembered for its messages. */
    public boolean isBuiltIn() {
        return false;
    }

    /** What print shows of it: the name, followed by type and body where a script gave one. */
    @Override
    public String toString() {
        return name;
    }
}
