package dev.tandem.script.ast;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One body of a function, event or hook, or of a lambda.
 *
 * @param name full name of what it is a body of
 * @param params the parameters' locals, in the order of this body's own prototype
 * @param argumentOrder for each parameter the index of the argument it takes; differs from 0..n-1 only where a handler
 *     declares another prototype
 * @param frameSize slots that its locals need
 * @param priority bodies of higher priority run first
 * @param groups event groups it belongs to
 */
public record FunctionBody(
        String name,
        FuncType type,
        List<Local> params,
        int[] argumentOrder,
        Stmt body,
        int frameSize,
        int priority,
        List<String> groups,
        Position at,
        @Nullable Position end) {
    /** From its name to its end. */
    public Position range() {
        return end == null ? at : at.upTo(end.line());
    }

    /** As it prints: name, type and statements (zeek {@code src/Func.cc}, ScriptFunc::Describe). */
    public static String describe(String name, FuncType type, List<FunctionBody> bodies) {
        return name
                + ": "
                + type.describe()
                + "\n"
                + bodies.stream().map(b -> StmtText.lines(b.body())).collect(Collectors.joining());
    }
}
