package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;

/** The script options of one kind of reader, e.g. {@code InputAscii::separator}. Engine thread. */
record ReaderOptions(ScriptContext context, String module) {
    /** One char a byte. */
    String text(String name, String otherwise) {
        return context.global(module + "::" + name) instanceof Bytes b ? b.latin1() : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return context.global(module + "::" + name) instanceof Boolean b ? b : otherwise;
    }

    long number(String name, long otherwise) {
        return context.global(module + "::" + name) instanceof Long n ? n : otherwise;
    }
}
