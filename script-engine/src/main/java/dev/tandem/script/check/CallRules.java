package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls and their arguments. */
public final class CallRules extends TypingRules {
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
        return new Expr.Call(at, callee, fitting, f.yield());
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
            mismatch(whole, f, null);
            return null;
        }
        List<Expr> out = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            Expr given = args.get(i);
            Type wanted = params.field(i).type();
            Expr a = coercer.coerce(given, wanted);
            if (a == null) {
                if (given instanceof Expr.InitList l) {
                    clashes.constructor(AssignmentRules.constructed(l, wanted), l.entries(), wanted);
                }
                if (!explained(given, wanted)) {
                    mismatch(
                            whole instanceof Expr.Call c ? asFarAsConverted(c, out) : whole,
                            f,
                            "parameter '" + params.field(i).name() + "' is " + wanted.label() + ", this is "
                                    + given.type().label());
                }
                return null;
            }
            if (anyBad(a)) {
                return null;
            }
            out.add(a);
        }
        return out;
    }

    /** Tells why an argument does not fit; true when nothing is left to say about the call. */
    private boolean explained(Expr given, Type wanted) {
        if (given instanceof Expr.InitList) {
            return false;
        }
        int before = diagnostics.errors();
        clashes.promote(given, wanted);
        boolean orphan = given.type() instanceof RecordType && wanted instanceof RecordType;
        if (!orphan && diagnostics.errors() > before) {
            diagnostics.error(Mention.of(given), Mention.of(wanted), "type mismatch");
        }
        return orphan;
    }

    private void mismatch(Expr whole, FuncType f, @Nullable String hint) {
        String what = f.flavor() == FuncType.Flavor.EVENT ? "event invocation" : "function call";
        diagnostics.error(Mention.of(whole), "argument type mismatch in " + what, hint);
    }

    /* Zeek converts arguments in order, and tells the call as it is when it comes to one that does not fit. */
    private static Expr asFarAsConverted(Expr.Call call, List<Expr> converted) {
        List<Expr> args = new ArrayList<>(call.args());
        for (int i = 0; i < converted.size(); i++) {
            args.set(i, converted.get(i));
        }
        return new Expr.Call(call.at(), call.callee(), args, call.type());
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
