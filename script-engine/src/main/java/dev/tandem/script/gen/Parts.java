package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import java.util.ArrayList;
import java.util.List;

/** The expressions that an expression is made of, in the order in which they are evaluated. */
final class Parts {
    private Parts() {}

    /** Assigned targets included; of a lambda nothing, since it runs elsewhere. */
    static List<Expr> of(Expr e) {
        return switch (e) {
            case Expr.Const c -> List.of();
            case Expr.LocalRef l -> List.of();
            case Expr.GlobalRef g -> List.of();
            case Expr.Unary u -> List.of(u.operand());
            case Expr.Step s -> List.of(s.target());
            case Expr.Binary b -> List.of(b.left(), b.right());
            case Expr.Logic l -> List.of(l.left(), l.right());
            case Expr.Conditional c -> List.of(c.condition(), c.then(), c.otherwise());
            case Expr.Assign a -> List.of(a.value(), a.target());
            case Expr.Sequence s -> List.of(s.first(), s.second());
            case Expr.Compound c -> List.of(c.target(), c.value());
            case Expr.Index i -> with(i.base(), i.keys());
            case Expr.Slice s -> slice(s);
            case Expr.Field f -> List.of(f.record());
            case Expr.HasField f -> List.of(f.record());
            case Expr.In i -> in(i);
            case Expr.Call c -> with(c.callee(), c.args());
            case Expr.RecordCtor r ->
                r.fields().stream().map(Expr.FieldInit::value).toList();
            case Expr.TableCtor t -> entries(t);
            case Expr.VectorCtor v -> v.elements();
            case Expr.ListExpr l -> l.parts();
            case Expr.Coerce c -> List.of(c.operand());
            case Expr.Cast c -> List.of(c.operand());
            case Expr.IsType i -> List.of(i.operand());
            case Expr.Lambda l -> List.of();
            case Expr.Schedule s -> schedule(s);
            case Expr.Add a -> List.of(a.element());
            case Expr.Delete d -> List.of(d.what());
            default -> throw new NotCompiled(e.getClass().getSimpleName());
        };
    }

    private static List<Expr> with(Expr first, List<Expr> others) {
        List<Expr> all = new ArrayList<>();
        all.add(first);
        all.addAll(others);
        return all;
    }

    private static List<Expr> slice(Expr.Slice s) {
        List<Expr> all = new ArrayList<>();
        all.add(s.base());
        if (s.from() != null) {
            all.add(s.from());
        }
        if (s.to() != null) {
            all.add(s.to());
        }
        return all;
    }

    private static List<Expr> in(Expr.In i) {
        List<Expr> all = new ArrayList<>(i.element());
        all.add(i.container());
        return all;
    }

    private static List<Expr> entries(Expr.TableCtor t) {
        List<Expr> all = new ArrayList<>();
        for (Expr.TableEntry e : t.entries()) {
            all.addAll(e.keys());
            Expr value = e.value();
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }

    private static List<Expr> schedule(Expr.Schedule s) {
        List<Expr> all = new ArrayList<>();
        all.add(s.when());
        all.addAll(with(s.event(), s.args()));
        return all;
    }
}
