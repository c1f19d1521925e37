package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;

/** Types that the bare scripts declare and built-in functions give. */
final class Declared {
    private Declared() {}

    /** @throws ScriptError when scripts declare no such type, or another kind of type under that name */
    static <T extends Type> T type(ScriptContext ctx, String name, Class<T> kind) {
        Type type = ctx.type(name);
        if (!kind.isInstance(type)) {
            throw new ScriptError("type " + name + " is not declared");
        }
        return kind.cast(type);
    }

    /** A record of that type, all fields unset. */
    static RecordValue record(ScriptContext ctx, String name) {
        return Records.bare(type(ctx, name, RecordType.class));
    }
}
