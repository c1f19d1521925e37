package dev.tandem.script.interp;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Local;
import dev.tandem.script.runtime.ScriptCall;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that run. Those that are interpreted are kept track of here; those that are compiled cost nothing, and are found
 * on Java's stack by the names of their classes.
 */
final class ScriptStack {
    private Expr.@Nullable Call[] sites = new Expr.Call[64];
    private @Nullable FunctionBody[] bodies = new FunctionBody[64];
    private @Nullable Frame[] frames = new Frame[64];
    private Expr.@Nullable Call[] callees = new Expr.Call[64];
    private int depth;

    /** How many interpreted bodies run. */
    int depth() {
        return depth;
    }

    /** @param site the call that runs the body, as far as it is known */
    void push(FunctionBody body, Frame frame, Expr.@Nullable Call site) {
        if (depth == sites.length) {
            sites = Arrays.copyOf(sites, depth * 2);
            bodies = Arrays.copyOf(bodies, depth * 2);
            frames = Arrays.copyOf(frames, depth * 2);
            callees = Arrays.copyOf(callees, depth * 2);
        }
        sites[depth] = site;
        bodies[depth] = body;
        frames[depth++] = frame;
    }

    /** The innermost of the interpreted bodies makes this call. */
    void calls(Expr.Call call) {
        if (depth > 0) {
            callees[depth - 1] = call;
        }
    }

    /** So many run from now on; fewer than before. Returns the call that ran the first of those that end. */
    Expr.@Nullable Call cut(int newDepth) {
        Arrays.fill(frames, newDepth, depth, null);
        depth = newDepth;
        return sites[newDepth];
    }

    /** One body on Java's stack, and where in it the script is. */
    private record Running(
            FunctionBody body,
            @Nullable Frame frame,
            @Nullable Position at) {}

    /** Innermost first. */
    List<ScriptCall> calls(Tier tier) {
        List<Running> running = StackWalker.getInstance().walk(java -> {
            List<Running> found = new ArrayList<>();
            int[] level = {depth};
            boolean[] inBody = {false};
            java.forEach(f -> {
                if (f.getClassName().equals(Body.class.getName())
                        && f.getMethodName().equals("interpret")) {
                    if (level[0] > 0) {
                        int i = --level[0];
                        FunctionBody body = bodies[i];
                        if (body != null) {
                            Expr.Call callee = callees[i];
                            found.add(new Running(body, frames[i], callee == null ? null : callee.at()));
                        }
                    }
                    inBody[0] = true;
                    return;
                }
                // A body that could not be compiled has a class too, which has it interpreted.
                FunctionBody compiled = inBody[0] ? null : tier.bodyOf(f.getClassName());
                inBody[0] = false;
                if (compiled != null && f.getMethodName().equals("run")) {
                    Position at = new Position(compiled.at().source(), f.getLineNumber(), 1);
                    found.add(new Running(compiled, null, at));
                }
            });
            return found;
        });
        List<ScriptCall> calls = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            Running r = running.get(i);
            Position from = i + 1 < running.size() ? running.get(i + 1).at() : null;
            calls.add(new ScriptCall(r.body().name(), r.body().type().params(), arguments(r), from));
        }
        return calls;
    }

    /**
     * The error that a recursion of compiled bodies ends in: they are not counted, Java's stack bounds them. As an interpreted
     * one, it is where the last body begins, and names the calls that led there, of which Java knows the innermost.
     */
    static ScriptError tooDeep(StackOverflowError deep, Tier tier) {
        ScriptError error = ScriptError.general("maximum recursion depth exceeded");
        boolean isFirst = true;
        for (StackTraceElement f : deep.getStackTrace()) {
            FunctionBody body = f.getMethodName().equals("run") ? tier.bodyOf(f.getClassName()) : null;
            if (body != null) {
                error.at(isFirst ? body.range() : new Position(body.at().source(), f.getLineNumber(), 1));
                error.leave(body.name());
                isFirst = false;
            }
        }
        return error;
    }

    private static List<@Nullable Object> arguments(Running r) {
        Frame frame = r.frame();
        if (frame == null) {
            return List.of();
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Local p : r.body().params()) {
            values.add(frame.slots[p.slot()]);
        }
        return Collections.unmodifiableList(values);
    }
}
