package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.ast.Stmts;
import dev.tandem.script.bif.BifFunction;
import dev.tandem.script.interp.Body;
import dev.tandem.script.interp.ScriptFunction;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Tag;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The signatures of bodies, each made when it is first asked for and the same ever after. */
final class Signatures {
    private static final String PACKAGE = "script/";

    private final IdentityHashMap<Body, Signature> byBody = new IdentityHashMap<>();
    private final Map<String, Signature> byName = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Set<FunctionBody> asking = Collections.newSetFromMap(new IdentityHashMap<>());

    Signature of(Body body) {
        Signature s = byBody.get(body);
        if (s == null) {
            s = make(body);
            byBody.put(body, s);
            byName.put(s.className().replace('/', '.'), s);
        }
        return s;
    }

    /** By the Java name of its class. */
    @Nullable
    Signature named(String className) {
        return byName.get(className);
    }

    private Signature make(Body body) {
        FunctionBody source = body.source();
        List<JavaType> params =
                source.params().stream().map(Local::type).map(JavaType::of).toList();
        boolean nullable = false;
        JavaType result = null;
        switch (source.type().flavor()) {
            case EVENT -> {}
            case HOOK -> result = JavaType.BOOL;
            case FUNCTION -> {
                if (!source.type().yield().is(Tag.VOID)) {
                    nullable = mayLackValue(source);
                    result = nullable
                            ? JavaType.OBJECT
                            : JavaType.of(source.type().yield());
                }
            }
        }
        String name = PACKAGE + legal(source.name());
        int number = names.merge(name, 1, Integer::sum);
        return new Signature(body, number == 1 ? name : name + "$" + number, params, result, nullable);
    }

    private static String legal(String name) {
        return name.replaceAll("[.;\\[/<>]", "_");
    }

    // ---- whether a function may end without its value

    private boolean mayLackValue(FunctionBody body) {
        if (!asking.add(body)) {
            return true;
        }
        try {
            return completes(body.body()) || lacksValue(body.body(), body);
        } finally {
            asking.remove(body);
        }
    }

    private static boolean completes(Stmt s) {
        return switch (s) {
            case Stmt.Block b -> b.statements().stream().allMatch(Signatures::completes);
            case Stmt.If i -> {
                Stmt otherwise = i.otherwise();
                yield otherwise == null || completes(i.then()) || completes(otherwise);
            }
            case Stmt.Return r -> false;
            case Stmt.Switch x ->
                x.cases().stream().noneMatch(Stmt.Case::isDefault)
                        || x.cases().stream().anyMatch(c -> !endsInReturn(c.body()));
            default -> true;
        };
    }

    private static boolean endsInReturn(Stmt s) {
        return s instanceof Stmt.Return
                || s instanceof Stmt.Fallthrough
                || s instanceof Stmt.Block b
                        && !b.statements().isEmpty()
                        && b.statements().stream()
                                .limit(b.statements().size() - 1L)
                                .allMatch(Signatures::isPlain)
                        && endsInReturn(b.statements().get(b.statements().size() - 1));
    }

    private static boolean isPlain(Stmt s) {
        return s instanceof Stmt.Eval || s instanceof Stmt.Init || s instanceof Stmt.Print;
    }

    private boolean lacksValue(Stmt s, FunctionBody self) {
        return switch (s) {
            case Stmt.Block b -> b.statements().stream().anyMatch(x -> lacksValue(x, self));
            case Stmt.If i -> {
                Stmt otherwise = i.otherwise();
                yield lacksValue(i.then(), self) || otherwise != null && lacksValue(otherwise, self);
            }
            case Stmt.While w -> lacksValue(w.body(), self);
            case Stmt.For f -> lacksValue(f.body(), self);
            case Stmt.Switch x -> x.cases().stream().anyMatch(c -> lacksValue(c.body(), self));
            case Stmt.Return r -> {
                Expr value = r.value();
                yield value == null || mayBeNull(value, self);
            }
            case Stmt.When w -> w.returns();
            default -> false;
        };
    }

    private boolean mayBeNull(Expr e, FunctionBody self) {
        return Stmts.mayLackValue(e, call -> givesNull(call, self));
    }

    private boolean givesNull(Expr e, @Nullable FunctionBody self) {
        return !(e instanceof Expr.Call c && c.callee() instanceof Expr.GlobalRef g) || mayGiveNull(g.global(), self);
    }

    /** Whether a statement of a body may end for want of a value. */
    boolean mayEndEarly(Stmt s) {
        return Stmts.mayLackValue(s, call -> givesNull(call, null));
    }

    private boolean mayGiveNull(Global g, @Nullable FunctionBody self) {
        if (g.value() instanceof BifFunction f) {
            return !f.definition().method().getReturnType().isPrimitive();
        }
        if (!(g.value() instanceof ScriptFunction f) || f.running().length != 1) {
            return true;
        }
        Body body = f.running()[0];
        return body.source() != self
                && (body.source().type().flavor() != FuncType.Flavor.FUNCTION
                        || asking.contains(body.source())
                        || of(body).nullable());
    }
}
