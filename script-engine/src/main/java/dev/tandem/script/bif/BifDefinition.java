package dev.tandem.script.bif;

import dev.tandem.script.runtime.ScriptContext;
import java.lang.reflect.Method;

/**
 * A built-in function as the registry knows it.
 *
 * @param name full name
 * @param prototype its type in script syntax
 * @param method the public static method behind it
 * @param isPure see {@link Bif#pure}
 */
public record BifDefinition(String name, String prototype, Method method, boolean isPure) {
    /** Whether the method's first parameter is the {@link ScriptContext}. */
    public boolean takesContext() {
        Class<?>[] types = method.getParameterTypes();
        return types.length > 0 && types[0] == ScriptContext.class;
    }

    /** Java parameters, the context not counted; the array of a variadic function is one. */
    public int parameterCount() {
        return method.getParameterCount() - (takesContext() ? 1 : 0);
    }

    public boolean isVariadic() {
        return method.isVarArgs();
    }
}
