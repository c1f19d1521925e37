package dev.tandem.script.ast;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement, checked. */
public sealed interface Stmt {
    Position at();

    record Block(Position at, List<Stmt> statements) implements Stmt {}

    record Nothing(Position at) implements Stmt {}

    record Eval(Position at, Expr expr) implements Stmt {}

    /** A declaration of a local: its value, or a fresh default of its type. */
    record Init(Position at, Local local, @Nullable Expr value) implements Stmt {}

    record Print(Position at, List<Expr> values) implements Stmt {}

    record If(Position at, Expr condition, Stmt then, @Nullable Stmt otherwise) implements Stmt {}

    record While(Position at, Expr condition, Stmt body) implements Stmt {}

    /**
     * A loop over a table, set, vector or string.
     *
     * @param keys one local per index part (null for the blank {@code _}), or one for all when the table has several
     * @param value for {@code for (k, v in t)}; null when there is none
     */
    record For(Position at, List<@Nullable Local> keys, @Nullable Local value, Expr over, Stmt body) implements Stmt {}

    /**
     * A case of a switch.
     *
     * @param values constants it matches; empty for type cases and the default
     * @param types types it matches, each with the local that takes the value, if any
     */
    record Case(List<Expr> values, List<TypeCase> types, boolean isDefault, Stmt body) {}

    record TypeCase(Type type, @Nullable Local local) {}

    record Switch(Position at, Expr value, List<Case> cases) implements Stmt {}

    record Return(Position at, @Nullable Expr value) implements Stmt {}

    record Break(Position at) implements Stmt {}

    record Next(Position at) implements Stmt {}

    record Fallthrough(Position at) implements Stmt {}

    /** {@code event name(args);} */
    record Raise(Position at, Expr event, List<Expr> args) implements Stmt {}

    /**
     * {@code when (condition) body timeout t { onTimeout }}.
     *
     * @param body a lambda that tests the condition (no argument, gives bool), one that runs the body, and one for the
     *     timeout; all three share the captures
     */
    record When(
            Position at,
            Expr.Lambda condition,
            Expr.Lambda body,
            @Nullable Expr timeout,
            Expr.@Nullable Lambda onTimeout,
            boolean returns)
            implements Stmt {}

    record Assert(Position at, Expr condition, String text, @Nullable Expr message) implements Stmt {}
}
