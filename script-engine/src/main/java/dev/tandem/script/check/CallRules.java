package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Calls and their arguments. */
public final class CallRules extends TypingRules {
    /** Calls of built-in functions by their place, which each call has for itself: compared by identity. */
    private final IdentityHashMap<Position, Expr.Call> builtIn = new IdentityHashMap<>();

    CallRules(Diagnostics diagnostics, Coercer coercer) {
        super(diagnostics, coercer);
    }

    /**
     * A call of a function or hook.
     *
     * @param hookCall whether the keyword {@code hook} stands before it
     */
    public Expr call(Position at, Expr callee, List<Expr> args, boolean hookCall) {
        if (anyBad(callee) || args.stream().anyMatch(a -> anyBad(a))) {
            return new Expr.Bad(at);
        }
        if (!(callee.type() instanceof FuncType f)) {
            return fail(callee, "not a function");
        }
        if (f.flavor() == FuncType.Flavor.HOOK && !hookCall) {
            return fail(callee, "hook cannot be called directly, use hook operator");
        }
        Expr.Call raw = new Expr.Call(at, callee, args, f.yield());
        if (f.flavor() == FuncType.Flavor.EVENT) {
            return fail(raw, "event called in expression, use event statement instead");
        }
        List<Expr> fitting = arguments(raw, f, args);
        if (fitting == null) {
            return new Expr.Bad(at);
        }
        Expr.Call call = new Expr.Call(at, callee, fitting, f.yield());
        if (callee instanceof Expr.GlobalRef g && g.global().value() instanceof FuncValue v && v.isBuiltIn()) {
            builtIn.put(at, call);
        }
        return call;
    }

    /** The call of a built-in function at a place, as messages show it; null when there is none. */
    public @Nullable String textAt(Position at) {
        Expr.Call call = builtIn.get(at);
        if (call == null || !(call.callee().type() instanceof FuncType f)) {
            return null;
        }
        StringJoiner args = new StringJoiner(", ", ExprText.of(call.callee()) + "(", ")");
        call.args().forEach(a -> args.add(ExprText.of(a)));
        for (int i = call.args().size(); !f.isVariadic() && i < f.params().size(); i++) {
            AttributeValue left = f.params().field(i).attributes().get(Attr.DEFAULT);
            args.add(left == null ? "" : left.text());
        }
        return args.toString();
    }

    /** Arguments brought to the parameters' types, defaults left out at the end; null after a report. */
    public @Nullable List<Expr> arguments(Expr whole, FuncType f, List<Expr> args) {
        if (args.stream().anyMatch(a -> anyBad(a))) {
            return null;
        }
        RecordType params = f.params();
        if (f.isVariadic()) {
            return variadic(whole, args);
        }
        int required = 0;
        for (int i = 0; i < params.size(); i++) {
            if (!params.field(i).hasDefault()) {
                required = i + 1;
            }
        }
        if (args.size() < required || args.size() > params.size()) {
            fail(whole, "argument type mismatch in function call");
            return null;
        }
        List<Expr> out = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            Expr a = coercer.coerce(args.get(i), params.field(i).type());
            if (a == null) {
                diagnostics.error(
                        args.get(i).at(),
                        "argument type mismatch in function call (" + ExprText.of(whole) + ")",
                        "parameter '" + params.field(i).name() + "' is "
                                + params.field(i).type().label() + ", this is "
                                + args.get(i).type().label());
                return null;
            }
            out.add(a);
        }
        return out;
    }

    /** Number and types of the arguments are checked by the function itself, as in Zeek. */
    private @Nullable List<Expr> variadic(Expr whole, List<Expr> args) {
        List<Expr> out = new ArrayList<>();
        for (Expr given : args) {
            Expr a = coercer.coerce(given, Types.ANY);
            if (a == null) {
                fail(whole, "argument type mismatch in function call");
                return null;
            }
            out.add(a);
        }
        return out;
    }
}
