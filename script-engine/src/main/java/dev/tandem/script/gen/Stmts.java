package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.NoValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Compiles statements. */
final class Stmts {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String TYPE = "Ldev/tandem/script/types/Type;";

    /**
     * Something around a statement that jumps leave or reach.
     *
     * @param onBreak where break goes; null when it passes
     * @param onNext likewise
     * @param onFallthrough likewise
     * @param leave what is to be done before the jump
     */
    record Around(
            @Nullable Label onBreak,
            @Nullable Label onNext,
            @Nullable Label onFallthrough,
            Runnable leave) {}

    private final Scope scope;
    private final Code code;
    private final Loops loops;
    private final Switches switches;
    private final Deque<Around> around = new ArrayDeque<>();
    private Exit exit = new Exit() {
        @Override
        public void returns(@Nullable Expr value, Position at, Runnable leave) {
            throw new NotCompiled("a return from nowhere");
        }

        @Override
        public void end(boolean goOn) {
            throw new NotCompiled("an end of nothing");
        }
    };

    Stmts(Scope scope) {
        this.scope = scope;
        this.code = scope.code;
        loops = new Loops(scope);
        switches = new Switches(scope);
    }

    /** Says what a return does. */
    void leaveBy(Exit how) {
        exit = how;
    }

    Loops loops() {
        return loops;
    }

    /** Writes a statement inside something that jumps may leave. */
    void inside(Around what, Stmt s) {
        around.push(what);
        stmt(s);
        around.pop();
    }

    void stmt(Stmt s) {
        if (!(s instanceof Stmt.Block)) {
            code.at(s.at());
        }
        if (scope.signatures.mayEndEarly(s)) {
            skippable(s);
        } else {
            plain(s);
        }
    }

    /** A statement that ends where an expression of it has no value; those inside it see to themselves. */
    private void skippable(Stmt s) {
        Label skip = new Label();
        Label end = new Label();
        code.caught(NoValue.class, () -> plain(s), skip);
        code.out.visitLabel(end);
        List<Around> left = List.copyOf(around);
        code.late(() -> {
            code.out.visitLabel(skip);
            code.pop(Kind.REF);
            if (s instanceof Stmt.Return) {
                left.forEach(a -> a.leave().run());
                exit.end(true);
            } else {
                code.out.visitJumpInsn(Opcodes.GOTO, end);
            }
        });
    }

    private void plain(Stmt s) {
        switch (s) {
            case Stmt.Block b -> b.statements().forEach(this::stmt);
            case Stmt.Nothing n -> {}
            case Stmt.Eval e -> scope.exprs.effect(e.expr());
            case Stmt.Init i -> code.located(i.at(), () -> init(i));
            case Stmt.Print p -> code.located(p.at(), () -> print(p));
            case Stmt.If i -> ifElse(i);
            case Stmt.While w -> loops.whileLoop(w);
            case Stmt.For f -> loops.forLoop(f);
            case Stmt.Switch x -> switches.choose(x);
            case Stmt.Return r -> exit.returns(r.value(), r.at(), this::leaveAll);
            case Stmt.Break b -> jump(Jump.BREAK);
            case Stmt.Next n -> jump(Jump.NEXT);
            case Stmt.Fallthrough f -> jump(Jump.FALLTHROUGH);
            case Stmt.Raise r -> code.located(r.at(), () -> raise(r));
            case Stmt.When w -> when(w);
            case Stmt.Assert a -> assertion(a);
            default -> throw new NotCompiled(s.getClass().getSimpleName());
        }
    }

    // ---- jumps

    private enum Jump {
        BREAK,
        NEXT,
        FALLTHROUGH
    }

    private void jump(Jump how) {
        for (Around a : around) {
            Label to = switch (how) {
                case BREAK -> a.onBreak();
                case NEXT -> a.onNext();
                case FALLTHROUGH -> a.onFallthrough();
            };
            if (to != null) {
                if (how != Jump.NEXT) {
                    a.leave().run();
                }
                code.out.visitJumpInsn(Opcodes.GOTO, to);
                return;
            }
            a.leave().run();
        }
        // Outside any loop or switch: a hook body's veto; anything else only ends the body.
        exit.end(how != Jump.BREAK);
    }

    private void leaveAll() {
        around.forEach(a -> a.leave().run());
    }

    // ---- simple statements

    private void init(Stmt.Init i) {
        Local local = i.local();
        Expr value = i.value();
        Attributes attributes = local.attributes();
        if (attributes.nameLocals()) {
            throw new NotCompiled("an attribute that names locals");
        }
        JavaType type = JavaType.of(local.type());
        if (value != null) {
            scope.exprs.value(value);
            scope.adapt(value.type(), local.type());
        } else if (LocalPlan.startsEmpty(local)) {
            code.push(local.type(), Type.class);
            code.call(Records.class, "emptyAggregate", "(" + TYPE + ")" + OBJECT);
            code.cast(type.owner());
        } else {
            scope.unset(local);
            return;
        }
        if (!attributes.kinds().isEmpty() && !type.isScalar()) {
            code.dup(Kind.REF);
            code.push(attributes, Attributes.class);
            code.push(scope.interpreter, Interpreter.class);
            code.out.visitInsn(Opcodes.DUP_X2);
            code.out.visitInsn(Opcodes.POP);
            code.callVirtual(Interpreter.class, "adorn", "(" + OBJECT + "Ldev/tandem/script/types/Attributes;)V");
        }
        scope.store(local);
    }

    private void print(Stmt.Print p) {
        Type[] types = p.values().stream().map(Expr::type).toArray(Type[]::new);
        code.push(scope.interpreter, Interpreter.class);
        scope.accesses.objects(p.values());
        code.push(types, Type[].class);
        code.callVirtual(Interpreter.class, "print", "([" + OBJECT + "[" + TYPE + ")V");
    }

    private void ifElse(Stmt.If i) {
        Label otherwise = new Label();
        Label end = new Label();
        code.located(i.at(), () -> scope.operators.jumpUnless(i.condition(), otherwise));
        stmt(i.then());
        Stmt other = i.otherwise();
        if (other != null) {
            code.out.visitJumpInsn(Opcodes.GOTO, end);
        }
        code.out.visitLabel(otherwise);
        if (other != null) {
            stmt(other);
        }
        code.out.visitLabel(end);
    }

    private void raise(Stmt.Raise r) {
        scope.exprs.value(r.event());
        code.cast(FuncValue.class);
        int event = code.variable(Kind.REF);
        code.store(Kind.REF, event);
        scope.calls.arguments((FuncType) r.event().type(), r.args());
        int args = code.variable(Kind.REF);
        code.store(Kind.REF, args);
        code.push(scope.interpreter.context(), ScriptContext.class);
        code.load(Kind.REF, event);
        code.load(Kind.REF, args);
        code.callVirtual(ScriptContext.class, "raise", "(Ldev/tandem/script/runtime/FuncValue;[" + OBJECT + ")V");
    }

    private void when(Stmt.When w) {
        scope.foreign(w);
        if (w.returns()) {
            leaveAll();
            exit.end(true);
        }
    }

    private void assertion(Stmt.Assert a) {
        Label holds = new Label();
        Label fails = new Label();
        code.located(a.at(), () -> scope.operators.jumpUnless(a.condition(), fails));
        code.out.visitJumpInsn(Opcodes.GOTO, holds);
        code.out.visitLabel(fails);
        Expr message = a.message();
        code.push(scope.interpreter, Interpreter.class);
        code.push(a, Stmt.Assert.class);
        if (message == null) {
            code.out.visitInsn(Opcodes.ACONST_NULL);
        } else {
            scope.exprs.object(message);
        }
        code.push(message == null ? Types.STRING : message.type(), Type.class);
        code.callVirtual(
                Interpreter.class,
                "assertionFailure",
                "(Ldev/tandem/script/ast/Stmt$Assert;" + OBJECT + TYPE + ")Ldev/tandem/script/runtime/ScriptError;");
        code.out.visitInsn(Opcodes.ATHROW);
        code.out.visitLabel(holds);
    }
}
