package dev.tandem.script.bif;

import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.LaterResults;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A built-in function as a value, bound to its engine. */
public final class BifFunction extends FuncValue {
    private final BifDefinition definition;
    private final ScriptContext context;
    private final int fixed;
    private final boolean variadic;

    /** Made by the first call: scripts name many functions that a run never calls, and a handle costs more than a parse. */
    private @Nullable MethodHandle handle;

    /** @param type the definition's prototype, resolved */
    public BifFunction(BifDefinition definition, FuncType type, ScriptContext context) {
        super(definition.name(), type);
        this.definition = definition;
        this.variadic = definition.isVariadic();
        this.fixed = definition.parameterCount() - (variadic ? 1 : 0);
        this.context = context;
    }

    private static MethodHandle bind(BifDefinition definition, ScriptContext context) {
        try {
            MethodHandle raw =
                    MethodHandles.lookup().unreflect(definition.method()).asFixedArity();
            MethodHandle bound = definition.takesContext() ? raw.bindTo(context) : raw;
            int count = bound.type().parameterCount();
            MethodHandle boxed = bound.asType(MethodType.genericMethodType(count));
            return boxed.asSpreader(Object[].class, count);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("built-in function " + definition.name() + " is not public", e);
        }
    }

    public BifDefinition definition() {
        return definition;
    }

    @Override
    public boolean isBuiltIn() {
        return true;
    }

    @Override
    public @Nullable Object call(@Nullable Object... args) {
        try {
            MethodHandle bound = handle;
            if (bound == null) {
                bound = bind(definition, context);
                handle = bound;
            }
            if (variadic && !areFixedRight(args)) {
                return null;
            }
            return bound.invokeExact(arrange(args));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** What the script sees of something that the function threw. An error of the JVM itself is thrown on. */
    public ScriptError failure(Throwable e) {
        return switch (e) {
            case ScriptError known -> known;
            case StackOverflowError deep -> new ScriptError("maximum recursion depth exceeded");
            case Error grave -> throw grave;
            case LaterResults.Awaited later -> throw later;
            case NullPointerException n -> new ScriptError("bad argument to " + name());
            case ClassCastException c -> new ScriptError("bad argument to " + name());
            case RuntimeException r -> new ScriptError(name() + ": " + r.getMessage());
            default -> new ScriptError(name() + ": " + e);
        };
    }

    /**
     * Callers of variadic functions pass everything as any: makes the fixed arguments what their parameters are, or says what
     * is wrong in the words of Zeek's bifcl.
     */
    private boolean areFixedRight(@Nullable Object[] args) {
        if (args.length < fixed) {
            context.callError(name() + "() takes at least " + fixed + " argument(s), got " + args.length, null);
            return false;
        }
        RecordType params = type().params();
        for (int i = 0; i < Math.min(fixed, params.size()); i++) {
            RecordField parameter = params.field(i);
            Object value = args[i];
            Tag wanted = parameter.type().tag();
            Tag given = value == null ? wanted : AnyValue.typeOf(value).tag();
            if (wanted == Tag.ANY) {
                continue;
            }
            if (given != wanted) {
                context.callError(
                        "expected type " + wanted.label() + " for " + parameter.name() + ", got " + given.label(),
                        null);
                return false;
            }
            args[i] = value == null ? null : AnyValue.unwrap(value);
        }
        return true;
    }

    private @Nullable Object[] arrange(@Nullable Object[] args) {
        if (!variadic) {
            return args.length == fixed ? args : Arrays.copyOf(args, fixed);
        }
        @Nullable Object[] all = Arrays.copyOf(args, fixed + 1);
        all[fixed] = args.length > fixed ? Arrays.copyOfRange(args, fixed, args.length) : new Object[0];
        return all;
    }
}
