package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprParts;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** The locals of the body around it that an expression or statement names. */
final class Used {
    private Used() {}

    /** By slot. */
    static Map<Integer, Local> by(Expr e) {
        Map<Integer, Local> all = new TreeMap<>();
        collect(e, all);
        return all;
    }

    /** What it captures, and what its time-out names: all else of it lives in a frame of its own. */
    static Map<Integer, Local> by(Stmt.When w) {
        Map<Integer, Local> all = new TreeMap<>();
        for (Expr.Capture c : w.captures()) {
            all.put(c.outer().slot(), c.outer());
        }
        Expr timeout = w.timeout();
        if (timeout != null) {
            collect(timeout, all);
        }
        return all;
    }

    private static void collect(Expr e, Map<Integer, Local> into) {
        switch (e) {
            case Expr.LocalRef l -> into.put(l.local().slot(), l.local());
            case Expr.Lambda l -> l.captures().forEach(c -> into.put(c.outer().slot(), c.outer()));
            default -> {
                if (e instanceof Expr.TableCtor t && t.attributes().nameLocals()) {
                    throw new NotCompiled("an attribute that names locals");
                }
                ExprParts.of(e).forEach(p -> collect(p, into));
            }
        }
    }

    /** The slots it may assign. */
    static BitSet assigned(Expr e) {
        BitSet slots = new BitSet();
        assigned(e, slots);
        return slots;
    }

    private static void assigned(Expr e, BitSet into) {
        switch (e) {
            case Expr.Assign a -> target(a.target(), into);
            case Expr.Compound c -> target(c.target(), into);
            case Expr.Step s -> target(s.target(), into);
            default -> {}
        }
        ExprParts.of(e).forEach(p -> assigned(p, into));
    }

    private static void target(Expr e, BitSet into) {
        switch (e) {
            case Expr.LocalRef l -> into.set(l.local().slot());
            case Expr.ListExpr l -> l.parts().forEach(p -> target(p, into));
            default -> {}
        }
    }
}
