package dev.tandem.script.interp;

import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.FuncType;
import org.jspecify.annotations.Nullable;

/** Evaluates a call's arguments, and defaults for the parameters left out. */
public final class Arguments {
    private final FuncType type;
    private final Node[] given;

    Arguments(FuncType type, Node[] given) {
        this.type = type;
        this.given = given;
    }

    @Nullable
    Object[] evaluate(Frame f) {
        @Nullable Object[] values = new Object[count(type, given.length)];
        for (int i = 0; i < given.length; i++) {
            values[i] = given[i].value(f);
        }
        for (int i = given.length; i < values.length; i++) {
            values[i] = defaultOf(type, i);
        }
        return values;
    }

    /** How many values a call passes that gives so many. */
    public static int count(FuncType type, int given) {
        return type.isVariadic() ? given : Math.max(given, type.params().size());
    }

    /** What a parameter left out gets; null for nothing. */
    public static @Nullable Object defaultOf(FuncType type, int parameter) {
        AttributeValue def = type.params().field(parameter).attributes().get(Attr.DEFAULT);
        return def == null ? null : def.evaluate();
    }
}
