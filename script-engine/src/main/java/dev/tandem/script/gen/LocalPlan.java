package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprParts;
import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.VectorType;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a body's locals are kept: unboxed where each read is known to find them set, else as objects of which null is unset.
 * Follows the body once, with the set of locals that are set for certain; null stands for code that is not reached.
 */
final class LocalPlan {
    private final Map<Integer, Local> locals = new TreeMap<>();
    private final BitSet unsafe = new BitSet();
    private final BitSet foreignWrites = new BitSet();
    private final BitSet outer = new BitSet();
    private final Predicate<Stmt> mayEndEarly;
    private @Nullable BitSet set;

    /**
     * @param captures slots that a lambda's captures arrive in, which may be unset
     * @param mayEndEarly whether a statement may end for want of a value, so that what it assigns stays as it is
     */
    LocalPlan(FunctionBody body, int[] captures, Predicate<Stmt> mayEndEarly) {
        this.mayEndEarly = mayEndEarly;
        BitSet given = new BitSet();
        for (Local p : body.params()) {
            meet(p);
            given.set(p.slot());
        }
        for (int slot : captures) {
            unsafe.set(slot);
        }
        set = given;
        stmt(body.body());
    }

    /**
     * Of a loop in the midst of a body.
     *
     * @param given the slots of locals that are set when it is entered
     */
    LocalPlan(Stmt loop, BitSet given, Predicate<Stmt> mayEndEarly) {
        this.mayEndEarly = mayEndEarly;
        set = (BitSet) given.clone();
        stmt(loop);
        outer.or(outer(loop, mayEndEarly));
        for (Local l : locals.values()) {
            if (outer.get(l.slot()) && !given.get(l.slot())) {
                unsafe.set(l.slot());
            }
        }
    }

    /** The slots of locals that a loop shares with what is around it: those that it may read unset, or does not declare. */
    static BitSet outer(Stmt loop, Predicate<Stmt> mayEndEarly) {
        LocalPlan alone = new LocalPlan(mayEndEarly);
        alone.set = new BitSet();
        alone.stmt(loop);
        BitSet shared = new BitSet();
        alone.locals.keySet().forEach(shared::set);
        BitSet inside = new BitSet();
        initialised(loop, inside);
        shared.andNot(inside);
        shared.or(alone.unsafe);
        return shared;
    }

    private LocalPlan(Predicate<Stmt> mayEndEarly) {
        this.mayEndEarly = mayEndEarly;
    }

    /** Whether a loop's local has a value before or behind the loop. */
    boolean outlives(Local l) {
        return outer.get(l.slot());
    }

    /** All locals that the body names, by slot. */
    Map<Integer, Local> locals() {
        return locals;
    }

    /** Whether reads have to look whether it is set. */
    boolean mayBeUnset(Local l) {
        return unsafe.get(l.slot());
    }

    JavaType type(Local l) {
        JavaType natural = JavaType.of(l.type());
        boolean boxed = unsafe.get(l.slot()) || foreignWrites.get(l.slot());
        return boxed && natural.isScalar() ? JavaType.OBJECT : natural;
    }

    private void meet(Local l) {
        Local before = locals.put(l.slot(), l);
        if (before != null && JavaType.of(before.type()) != JavaType.of(l.type())) {
            throw new NotCompiled("two types in one slot");
        }
    }

    private void read(Local l) {
        meet(l);
        if (set != null && !set.get(l.slot())) {
            unsafe.set(l.slot());
        }
    }

    private void write(Local l) {
        meet(l);
        if (set != null) {
            set.set(l.slot());
        }
    }

    private static @Nullable BitSet copy(@Nullable BitSet s) {
        return s == null ? null : (BitSet) s.clone();
    }

    private static @Nullable BitSet join(@Nullable BitSet a, @Nullable BitSet b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        a.and(b);
        return a;
    }

    // ---- expressions

    private void exprs(List<Expr> all) {
        all.forEach(this::expr);
    }

    private void expr(Expr e) {
        if (Foreign.is(e)) {
            foreign(e);
            return;
        }
        switch (e) {
            case Expr.LocalRef l -> read(l.local());
            case Expr.Logic l -> {
                expr(l.left());
                BitSet after = copy(set);
                expr(l.right());
                set = after;
            }
            case Expr.Conditional c -> {
                expr(c.condition());
                BitSet before = copy(set);
                expr(c.then());
                BitSet then = set;
                set = before;
                expr(c.otherwise());
                set = join(then, set);
            }
            case Expr.Assign a -> {
                expr(a.value());
                if (a.target() instanceof Expr.LocalRef l) {
                    write(l.local());
                } else {
                    expr(a.target());
                }
            }
            default -> exprs(ExprParts.of(e));
        }
    }

    /** What is left to the interpreter may assign any local it names, or not. */
    private void foreign(Expr e) {
        for (Local l : Used.by(e).values()) {
            read(l);
        }
        foreignWrites.or(Used.assigned(e));
    }

    // ---- statements

    private void stmt(Stmt s) {
        if (s instanceof Stmt.Block || s instanceof Stmt.Return || !mayEndEarly.test(s)) {
            follow(s);
            return;
        }
        BitSet before = copy(set);
        follow(s);
        set = join(set, before);
    }

    private void follow(Stmt s) {
        switch (s) {
            case Stmt.Block b -> b.statements().forEach(this::stmt);
            case Stmt.Nothing n -> {}
            case Stmt.Eval e -> expr(e.expr());
            case Stmt.Init i -> init(i);
            case Stmt.Print p -> exprs(p.values());
            case Stmt.If i -> {
                expr(i.condition());
                BitSet before = copy(set);
                stmt(i.then());
                BitSet then = set;
                set = before;
                Stmt otherwise = i.otherwise();
                if (otherwise != null) {
                    stmt(otherwise);
                }
                set = join(then, set);
            }
            case Stmt.While w -> {
                forget(w.body());
                expr(w.condition());
                BitSet after = copy(set);
                stmt(w.body());
                set = after;
            }
            case Stmt.For f -> {
                expr(f.over());
                forget(f.body());
                BitSet after = copy(set);
                for (Local key : f.keys()) {
                    if (key != null) {
                        write(key);
                    }
                }
                Local value = f.value();
                if (value != null) {
                    write(value);
                }
                stmt(f.body());
                set = after;
            }
            case Stmt.Switch x -> choose(x);
            case Stmt.Return r -> {
                Expr value = r.value();
                if (value != null) {
                    expr(value);
                }
                set = null;
            }
            case Stmt.Break b -> set = null;
            case Stmt.Next n -> set = null;
            case Stmt.Fallthrough f -> set = null;
            case Stmt.Raise r -> {
                expr(r.event());
                exprs(r.args());
            }
            case Stmt.When w -> {
                for (Local l : Used.by(w).values()) {
                    read(l);
                }
                Expr timeout = w.timeout();
                if (timeout != null) {
                    foreignWrites.or(Used.assigned(timeout));
                }
            }
            case Stmt.Assert a -> {
                expr(a.condition());
                Expr message = a.message();
                if (message != null) {
                    expr(message);
                }
            }
            default -> throw new NotCompiled(s.getClass().getSimpleName());
        }
    }

    private void init(Stmt.Init i) {
        Expr value = i.value();
        if (value != null) {
            expr(value);
        }
        write(i.local());
        if (value == null && !startsEmpty(i.local())) {
            meet(i.local());
            if (set != null) {
                set.clear(i.local().slot());
            }
        }
    }

    /** Whether a declaration without a value gives it one: see {@link Records#emptyAggregate}. */
    static boolean startsEmpty(Local l) {
        return l.type() instanceof TableType || l.type() instanceof VectorType || l.type() instanceof RecordType;
    }

    /** Of what a loop's body declares anew nothing is known at its next turn. */
    private void forget(Stmt body) {
        BitSet declared = new BitSet();
        declared(body, declared);
        if (set != null) {
            set.andNot(declared);
        }
    }

    private static void declared(Stmt s, BitSet into) {
        inits(s, i -> {
            if (i.value() == null && !startsEmpty(i.local())) {
                into.set(i.local().slot());
            }
        });
    }

    private static void initialised(Stmt s, BitSet into) {
        inits(s, i -> into.set(i.local().slot()));
    }

    private static void inits(Stmt s, Consumer<Stmt.Init> each) {
        switch (s) {
            case Stmt.Block b -> b.statements().forEach(x -> inits(x, each));
            case Stmt.Init i -> each.accept(i);
            case Stmt.If i -> {
                inits(i.then(), each);
                Stmt otherwise = i.otherwise();
                if (otherwise != null) {
                    inits(otherwise, each);
                }
            }
            case Stmt.While w -> inits(w.body(), each);
            case Stmt.For f -> inits(f.body(), each);
            case Stmt.Switch x -> x.cases().forEach(c -> inits(c.body(), each));
            default -> {}
        }
    }

    private void choose(Stmt.Switch x) {
        expr(x.value());
        BitSet before = copy(set);
        for (Stmt.Case c : x.cases()) {
            forget(c.body());
            if (before != null && set != null) {
                before.and(set);
            }
        }
        for (Stmt.Case c : x.cases()) {
            set = copy(before);
            for (Stmt.TypeCase t : c.types()) {
                Local l = t.local();
                if (l != null) {
                    write(l);
                    if (c.types().size() > 1) {
                        unsafe.set(l.slot());
                    }
                }
            }
            stmt(c.body());
        }
        set = before;
    }
}
