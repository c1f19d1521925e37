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

    record If(
            Position at,
            Expr condition,
            Stmt then,
            @Nullable Stmt otherwise) implements Stmt {}

    record While(Position at, Expr condition, Stmt body) implements Stmt {}

    /**
     * A loop over a table, set, vector or string.
     *
     * @param keys one local per index part (null for the blank {@code _}), or one for all when the table has several
     * @param value for {@code for (k, v in t)}; null when there is none
     */
    record For(
            Position at,
            List<@Nullable Local> keys,
            @Nullable Local value,
            Expr over,
            Stmt body) implements Stmt {}

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
     * {@code when [captures] (condition) body timeout t { onTimeout }}. Condition and bodies run later, in a frame of their
     * own that begins with what is captured.
     *
     * @param timeout evaluated at once, in the frame around it
     * @param returns whether it is a {@code return when}
     */
    record When(
            Position at,
            List<Expr.Capture> captures,
            int frameSize,
            Expr condition,
            Stmt body,
            @Nullable Expr timeout,
            @Nullable Stmt onTimeout,
            boolean returns)
            implements Stmt {}

    record Assert(
            Position at,
            Expr condition,
            String text,
            @Nullable Expr message) implements Stmt {}
}
