package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.FileType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;

/** Values into text: fmt and cat. */
public final class FormatFunctions {
    private FormatFunctions() {}

    @Bif(value = "fmt", type = "function(...): string", pure = true)
    public static Bytes fmt(ScriptContext ctx, Object... args) {
        if (args.length == 0) {
            return Bytes.EMPTY;
        }
        if (!(args[0] instanceof Bytes format)) {
            ctx.callError("first argument to fmt() needs to be a format string", null);
            return Bytes.EMPTY;
        }
        return new Format(ctx, format, args).run();
    }

    @Bif(value = "cat", type = "function(...): string", pure = true)
    public static Bytes cat(Object... args) {
        if (args.length == 1 && args[0] instanceof Bytes b) {
            return b;
        }
        ByteSink out = new ByteSink();
        for (Object a : args) {
            Describe.append(out, a, Types.ANY, Describe.Style.RAW);
        }
        return out.toBytes();
    }

    @Bif(value = "cat_sep", type = "function(sep: string, def: string, ...): string", pure = true)
    public static Bytes catSep(Bytes sep, Bytes def, Object... args) {
        ByteSink out = new ByteSink();
        for (int i = 0; i < args.length; i++) {
            if (i > 0) {
                out.add(sep);
            }
            boolean empty = args[i] instanceof Bytes b && b.isEmpty();
            Describe.append(out, empty ? def : args[i], Types.ANY, Describe.Style.RAW);
        }
        return out.toBytes();
    }

    @Bif(value = "string_cat", type = "function(...): string", pure = true)
    public static Bytes stringCat(ScriptContext ctx, Object... args) {
        ByteSink out = new ByteSink();
        for (Object a : args) {
            if (!(a instanceof Bytes b)) {
                ctx.reporter().error("string_cat() requires string arguments", null);
                return Bytes.EMPTY;
            }
            out.add(b);
        }
        return out.toBytes();
    }

    @Bif(value = "print_raw", type = "function(...): bool")
    public static boolean printRaw(ScriptContext ctx, Object... args) {
        ctx.service(ScriptFiles.class).standardOutput().write(cat(args));
        return true;
    }

    @Bif(value = "type_name", type = "function(t: any): string", pure = true)
    public static Bytes typeName(Object t) {
        return Bytes.of(
                switch (AnyValue.typeOf(t)) {
                    case FileType f -> "file of " + f.element().label();
                    case Type other -> other.label();
                });
    }
}
