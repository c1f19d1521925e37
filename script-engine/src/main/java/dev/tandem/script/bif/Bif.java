package dev.tandem.script.bif;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A built-in function: a public static method whose Java types mirror the script types of its prototype.
 *
 * <p>bool is boolean; int and count are long; double, time and interval are double; any is Object, holding what {@code
 * runtime.AnyValue} makes of a value; {@code ...} is {@code Object...}. A parameter with a default in the prototype has a
 * boxed type and may be null, which means the default. The first Java parameter may be a {@code ScriptContext}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Bif {
    /** Full name; without module it is global. */
    String value();

    /** The prototype in script syntax, e.g. {@code function(s: string, ...): count}. */
    String type();

    /** Whether equal arguments always give equal results and nothing else happens. */
    boolean pure() default false;
}
