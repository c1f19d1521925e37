package dev.tandem.script.interp;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.event.Timers;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.ExecutionLimits;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.NoValue;
import dev.tandem.script.runtime.ScriptCall;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tier 0: runs typed trees directly. Serves evaluation while scripts are read, code that runs once, and the first calls of
 * everything. One per engine instance; engine thread.
 *
 * <p>Expressions and statements become trees of {@link Node} and {@link Step} at first use; a function's frame is an array
 * of its locals.
 */
public final class Interpreter {
    private final ScriptContext context;
    private final NodeBuilder nodes = new NodeBuilder(this);
    private final StepBuilder steps = new StepBuilder(this, nodes);
    private final Triggers triggers;
    private final ExecutionLimits limits;
    private final ScriptStack stack = new ScriptStack();
    private PrintStream out = System.out;
    private @Nullable PrintRedirect redirect;
    private Consumer<TableValue> tableCreated = t -> {};
    private Expr.@Nullable Call callSite;
    private Tier tier = Tier.NONE;
    private int handlers;

    /** @param timers where time-outs of {@code when} are set */
    public Interpreter(ScriptContext context, Timers timers, ExecutionLimits limits) {
        this.context = context;
        this.limits = limits;
        this.triggers = new Triggers(this, timers);
    }

    public ScriptContext context() {
        return context;
    }

    public Triggers triggers() {
        return triggers;
    }

    /** What becomes of bodies that run often. */
    public void tier(Tier newTier) {
        tier = newTier;
    }

    Tier tier() {
        return tier;
    }

    /** Where {@code print} goes when it names no file. */
    public void output(PrintStream stream) {
        out = stream;
    }

    /** Where {@code print} goes instead; null for nowhere else. */
    public void redirectPrint(@Nullable PrintRedirect target) {
        redirect = target;
    }

    /** Told of each table made with attributes of its own, so that expiry can begin. */
    public void onTableCreated(Consumer<TableValue> listener) {
        tableCreated = listener;
    }

    /** To be called for a table whose attributes were just set. */
    public void created(TableValue table) {
        if (!table.attributes().kinds().isEmpty()) {
            tableCreated.accept(table);
        }
    }

    /** Gives a value the attributes of the local that it is declared with. */
    public void adorn(Object value, Attributes attributes) {
        if (value instanceof TableValue t && !attributes.kinds().isEmpty()) {
            t.attributes(t.attributes().with(attributes));
            created(t);
        }
    }

    /** What a failed assertion throws. */
    public ScriptError assertionFailure(Stmt.Assert a, @Nullable Object message, Type type) {
        String why = message == null ? "" : " (" + describe(message, type) + ")";
        return ScriptError.stated("assertion failure: " + a.text() + why, a.at());
    }

    Step build(Stmt s) {
        return steps.build(s);
    }

    Node build(Expr e) {
        return nodes.build(e);
    }

    /**
     * Evaluates an expression outside any function.
     *
     * @throws ScriptError when it fails or has no value
     */
    public Object evaluate(Expr e) {
        Object v;
        try {
            v = nodes.build(e).eval(new Frame(new Object[0]));
        } catch (NoValue none) {
            v = null;
        }
        if (v == null) {
            throw new ScriptError("value used but not set");
        }
        return v;
    }

    /** Runs a statement outside any function, with room for its own locals. */
    public void run(Stmt s, int frameSize) {
        FuncType type = new FuncType(FuncType.Flavor.EVENT, new RecordType(List.of()), Types.VOID, false);
        FunctionBody body = new FunctionBody(
                "<global statements>", type, List.of(), new int[0], s, frameSize, 0, List.of(), s.at(), null);
        new Body(this, body).call(new Object[0], CompiledBody.NO_CAPTURES);
    }

    // ---- the script stack

    /** A body begins as a handler. Returns how many handlers it is in. */
    int beginHandler() {
        return handlers++;
    }

    /** It has ended. */
    void endHandler(int outer) {
        handlers = outer;
    }

    /** How many bodies run. */
    int depth() {
        return stack.depth();
    }

    /** A body begins. Returns how many ran before. */
    int enter(FunctionBody body, Frame frame) {
        int before = stack.depth();
        int most = (int) limits.depth();
        if (before >= most && most != 0) {
            throw ScriptError.general("maximum recursion depth " + most + " exceeded")
                    .at(body.range());
        }
        stack.push(body, frame, callSite);
        return before;
    }

    /** A body ends, in whatever way, so that {@code before} bodies run. */
    void leave(int before) {
        if (stack.depth() > before) {
            callSite = stack.cut(before);
        }
    }

    /** What runs, innermost first. */
    public List<ScriptCall> stack() {
        return stack.calls(tier);
    }

    /** Calls a function from a script. */
    public @Nullable Object callFrom(Expr.Call call, FuncValue function, @Nullable Object[] args) {
        callSite = call;
        return function.call(args);
    }

    /** As {@link #callFrom}, from a body that is interpreted. */
    @Nullable
    Object callFromInterpreted(Expr.Call call, FuncValue function, @Nullable Object[] args) {
        stack.calls(call);
        return callFrom(call, function, args);
    }

    /** Compiled code says where it calls a built-in function. */
    public void callSite(Expr.Call call) {
        callSite = call;
    }

    /** The call that runs, for built-ins that report; null when no script made it. */
    public Expr.@Nullable Call callSite() {
        return callSite;
    }

    /** Reports an error that ended a body. */
    public void report(ScriptError e, @Nullable FunctionBody body) {
        context.reporter().scriptError(e, body == null ? null : body.at());
    }

    // ---- print

    /** @param types static types of the values */
    public void print(Object[] values, Type[] types) {
        int from = 0;
        FileValue file = null;
        if (values.length > 0 && values[0] instanceof FileValue f) {
            file = f;
            from = 1;
        }
        if (redirect != null && redirect.take(file, values, types)) {
            return;
        }
        boolean raw = file != null && file.isRaw();
        ByteSink line = new ByteSink();
        for (int i = from; i < values.length; i++) {
            if (i > from && !raw) {
                line.add(',').add(' ');
            }
            Describe.append(line, values[i], types[i], raw ? Describe.Style.RAW : Describe.Style.PRINT);
        }
        if (!raw) {
            line.add('\n');
        }
        Bytes text = line.toBytes();
        if (file != null) {
            file.write(text);
        } else {
            out.write(text.array(), 0, text.length());
        }
    }

    String describe(Object value, Type type) {
        return Describe.message(value, type);
    }
}
