package dev.tandem.script.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks over statements. */
public final class Stmts {
    private Stmts() {}

    /** Whether a statement or one inside it is such. */
    public static boolean any(Stmt s, Predicate<Stmt> test) {
        if (test.test(s)) {
            return true;
        }
        for (Stmt part : parts(s)) {
            if (any(part, test)) {
                return true;
            }
        }
        return false;
    }

    /** The statements directly in a statement. */
    public static List<Stmt> parts(Stmt s) {
        return switch (s) {
            case Stmt.Block x -> x.statements();
            case Stmt.If x -> some(x.then(), x.otherwise());
            case Stmt.While x -> List.of(x.body());
            case Stmt.For x -> List.of(x.body());
            case Stmt.Switch x -> x.cases().stream().map(Stmt.Case::body).toList();
            case Stmt.When x -> some(x.body(), x.onTimeout());
            case Stmt.Nothing x -> List.of();
            case Stmt.Eval x -> List.of();
            case Stmt.Init x -> List.of();
            case Stmt.Print x -> List.of();
            case Stmt.Return x -> List.of();
            case Stmt.Break x -> List.of();
            case Stmt.Next x -> List.of();
            case Stmt.Fallthrough x -> List.of();
            case Stmt.Raise x -> List.of();
            case Stmt.Assert x -> List.of();
        };
    }

    /** The expressions that a statement evaluates itself; of a {@code when} its time-out, since all else of it runs later. */
    public static List<Expr> exprs(Stmt s) {
        return switch (s) {
            case Stmt.Eval x -> List.of(x.expr());
            case Stmt.Init x -> given(x.value());
            case Stmt.Print x -> x.values();
            case Stmt.If x -> List.of(x.condition());
            case Stmt.While x -> List.of(x.condition());
            case Stmt.For x -> List.of(x.over());
            case Stmt.Switch x -> List.of(x.value());
            case Stmt.Return x -> given(x.value());
            case Stmt.Raise x -> {
                List<Expr> all = new ArrayList<>(x.args());
                all.add(x.event());
                yield all;
            }
            case Stmt.When x -> given(x.timeout());
            case Stmt.Assert x -> {
                List<Expr> all = given(x.message());
                all.add(x.condition());
                yield all;
            }
            case Stmt.Block x -> List.of();
            case Stmt.Nothing x -> List.of();
            case Stmt.Break x -> List.of();
            case Stmt.Next x -> List.of();
            case Stmt.Fallthrough x -> List.of();
        };
    }

    /**
     * Whether an expression that may have no value is used as one, which then ends the statement.
     *
     * @param mayLack asked for calls and {@code schedule} only
     */
    public static boolean mayLackValue(Stmt s, Predicate<Expr> mayLack) {
        boolean isDropped = s instanceof Stmt.Eval || s instanceof Stmt.Return;
        for (Expr e : exprs(s)) {
            List<Expr> used = isDropped ? ExprParts.of(e) : List.of(e);
            if (used.stream().anyMatch(part -> mayLackValue(part, mayLack))) {
                return true;
            }
        }
        return false;
    }

    /** As above, of an expression that is used itself. */
    public static boolean mayLackValue(Expr e, Predicate<Expr> mayLack) {
        return (e instanceof Expr.Call || e instanceof Expr.Schedule) && mayLack.test(e)
                || ExprParts.of(e).stream().anyMatch(part -> mayLackValue(part, mayLack));
    }

    private static List<Expr> given(@Nullable Expr e) {
        List<Expr> all = new ArrayList<>(2);
        if (e != null) {
            all.add(e);
        }
        return all;
    }

    private static List<Stmt> some(Stmt first, @Nullable Stmt second) {
        List<Stmt> all = new ArrayList<>(2);
        all.add(first);
        if (second != null) {
            all.add(second);
        }
        return all;
    }
}
