package dev.tandem.script.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The expressions that an expression is made of. */
public final class ExprParts {
    private ExprParts() {}

    /** Visits an expression and all that is in it, outside first; bodies of lambdas are not entered. */
    public static void walk(Expr e, Consumer<Expr> visitor) {
        visitor.accept(e);
        for (Expr part : of(e)) {
            walk(part, visitor);
        }
    }

    /** Whether it names, or captures, a local of the function that it stands in. */
    public static boolean namesLocals(Expr e) {
        return switch (e) {
            case Expr.LocalRef x -> true;
            case Expr.Lambda x -> !x.captures().isEmpty();
            default -> of(e).stream().anyMatch(ExprParts::namesLocals);
        };
    }

    /** Those directly in it, in the order of evaluation, assigned targets included; of a lambda nothing, it runs elsewhere. */
    public static List<Expr> of(Expr e) {
        return switch (e) {
            case Expr.Bad x -> List.of();
            case Expr.Const x -> List.of();
            case Expr.LocalRef x -> List.of();
            case Expr.GlobalRef x -> List.of();
            case Expr.Lambda x -> List.of();
            case Expr.Unary x -> List.of(x.operand());
            case Expr.Step x -> List.of(x.target());
            case Expr.Binary x -> List.of(x.left(), x.right());
            case Expr.Logic x -> List.of(x.left(), x.right());
            case Expr.Conditional x -> List.of(x.condition(), x.then(), x.otherwise());
            case Expr.Assign x -> List.of(x.value(), x.target());
            case Expr.Sequence x -> List.of(x.first(), x.second());
            case Expr.Compound x -> List.of(x.target(), x.value());
            case Expr.Index x -> with(x.base(), x.keys());
            case Expr.Slice x -> some(x.base(), x.from(), x.to());
            case Expr.Field x -> List.of(x.record());
            case Expr.HasField x -> List.of(x.record());
            case Expr.In x -> in(x);
            case Expr.Call x -> with(x.callee(), x.args());
            case Expr.RecordCtor x ->
                x.fields().stream().map(Expr.FieldInit::value).toList();
            case Expr.TableCtor x -> entries(x.entries());
            case Expr.InitList x -> entries(x.entries());
            case Expr.VectorCtor x -> x.elements();
            case Expr.ListExpr x -> x.parts();
            case Expr.Coerce x -> List.of(x.operand());
            case Expr.Cast x -> List.of(x.operand());
            case Expr.CanCast x -> List.of(x.operand());
            case Expr.IsType x -> List.of(x.operand());
            case Expr.Schedule x -> with(x.when(), with(x.event(), x.args()));
            case Expr.Add x -> List.of(x.element());
            case Expr.Delete x -> List.of(x.what());
        };
    }

    private static List<Expr> with(Expr first, List<Expr> others) {
        List<Expr> all = new ArrayList<>(others.size() + 1);
        all.add(first);
        all.addAll(others);
        return all;
    }

    private static List<Expr> in(Expr.In x) {
        List<Expr> all = new ArrayList<>(x.element());
        all.add(x.container());
        return all;
    }

    private static List<Expr> some(@Nullable Expr... parts) {
        List<Expr> all = new ArrayList<>();
        for (Expr part : parts) {
            if (part != null) {
                all.add(part);
            }
        }
        return all;
    }

    private static List<Expr> entries(List<Expr.TableEntry> entries) {
        List<Expr> all = new ArrayList<>();
        for (Expr.TableEntry entry : entries) {
            all.addAll(entry.keys());
            Expr value = entry.value();
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }
}
