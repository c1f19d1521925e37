package dev.tandem.script.interp;

import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.FuncType;
import org.jspecify.annotations.Nullable;

/** Evaluates a call's arguments, and defaults for the parameters left out. */
final class Arguments {
    private final FuncType type;
    private final Node[] given;

    Arguments(FuncType type, Node[] given) {
        this.type = type;
        this.given = given;
    }

    @Nullable
    Object[] evaluate(Frame f) {
        int parameters = type.isVariadic()
                ? given.length
                : Math.max(given.length, type.params().size());
        @Nullable Object[] values = new Object[parameters];
        for (int i = 0; i < given.length; i++) {
            values[i] = given[i].value(f);
        }
        for (int i = given.length; i < parameters; i++) {
            AttributeValue def = type.params().field(i).attributes().get(Attr.DEFAULT);
            values[i] = def == null ? null : def.evaluate();
        }
        return values;
    }
}
