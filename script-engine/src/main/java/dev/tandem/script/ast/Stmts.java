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

    private static List<Stmt> some(Stmt first, @Nullable Stmt second) {
        List<Stmt> all = new ArrayList<>(2);
        all.add(first);
        if (second != null) {
            all.add(second);
        }
        return all;
    }
}
