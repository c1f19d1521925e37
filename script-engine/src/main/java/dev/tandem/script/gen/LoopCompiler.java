package dev.tandem.script.gen;

import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.interp.CompiledLoop;
import dev.tandem.script.interp.Frame;
import dev.tandem.script.interp.Interpreter;
import java.nio.file.Path;
import java.util.BitSet;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes the class of a loop that runs long in an interpreted body: its method takes the locals out of the interpreter's
 * frame, goes on with the loop, and puts them back.
 */
final class LoopCompiler {
    private static final String OBJECT = "Ljava/lang/Object;";

    private final Interpreter interpreter;
    private final Signatures signatures;

    LoopCompiler(Interpreter interpreter, Signatures signatures) {
        this.interpreter = interpreter;
        this.signatures = signatures;
    }

    /** @param f tells which locals are set; the class refuses frames in which one of those is not that it relies on */
    GeneratedClass compile(String name, Stmt loop, Frame f) {
        Path file = Path.of(loop.at().source().name()).getFileName();
        GeneratedClass c = new GeneratedClass(name, CompiledLoop.class, file == null ? "" : file.toString());
        String descriptor = "(" + Type.getDescriptor(Frame.class) + OBJECT + "I)I";
        Code code = c.method("run", descriptor, false);
        BitSet given = LocalPlan.outer(loop, signatures::mayEndEarly);
        for (int slot = 0; slot < f.slots().length; slot++) {
            if (f.slots()[slot] == null) {
                given.clear(slot);
            }
        }
        LocalPlan plan = new LocalPlan(loop, given, signatures::mayEndEarly);
        Scope scope = new Scope(interpreter, signatures, c, code, plan);
        Label returned = new Label();
        scope.stmts.leaveBy(new LoopExit(scope, 1, returned));
        int slots = code.variable(Kind.REF);
        code.load(Kind.REF, 1);
        code.callVirtual(Frame.class, "slots", "()[" + OBJECT);
        code.store(Kind.REF, slots);
        refuseUnset(code, plan, slots, given);
        for (Local l : plan.locals().values()) {
            JavaType kept = plan.type(l);
            int variable = code.variable(kept.kind());
            if (plan.outlives(l)) {
                code.load(Kind.REF, slots);
                code.push(l.slot());
                code.out.visitInsn(Opcodes.AALOAD);
                code.unbox(kept);
            } else {
                code.out.visitInsn(kept.nothing());
            }
            code.store(kept.kind(), variable);
            scope.keep(l, variable);
        }
        Runnable putBack = () -> putBack(scope, plan, slots);
        Label failed = new Label();
        code.caught(Throwable.class, () -> loop(scope, loop), failed);
        putBack.run();
        code.push(CompiledLoop.DONE);
        code.out.visitInsn(Opcodes.IRETURN);
        code.late(() -> {
            code.out.visitLabel(returned);
            putBack.run();
            code.push(CompiledLoop.RETURNED);
            code.out.visitInsn(Opcodes.IRETURN);
            code.out.visitLabel(failed);
            putBack.run();
            code.out.visitInsn(Opcodes.ATHROW);
        });
        code.finish();
        return c;
    }

    private static void loop(Scope scope, Stmt loop) {
        switch (loop) {
            case Stmt.While w -> scope.stmts.stmt(w);
            case Stmt.For f -> scope.stmts.loops().from(f, 2, 3);
            default -> throw new NotCompiled("no loop");
        }
    }

    private static void refuseUnset(Code code, LocalPlan plan, int slots, BitSet given) {
        Label fine = new Label();
        Label refuse = new Label();
        for (Local l : plan.locals().values()) {
            if (given.get(l.slot())) {
                code.load(Kind.REF, slots);
                code.push(l.slot());
                code.out.visitInsn(Opcodes.AALOAD);
                code.out.visitJumpInsn(Opcodes.IFNULL, refuse);
            }
        }
        code.out.visitJumpInsn(Opcodes.GOTO, fine);
        code.out.visitLabel(refuse);
        code.push(CompiledLoop.REFUSED);
        code.out.visitInsn(Opcodes.IRETURN);
        code.out.visitLabel(fine);
    }

    /** Locals that the loop declares are of no use behind it. */
    private static void putBack(Scope scope, LocalPlan plan, int slots) {
        Code code = scope.code;
        for (Local l : plan.locals().values()) {
            if (plan.outlives(l)) {
                code.load(Kind.REF, slots);
                code.push(l.slot());
                scope.loadObject(l);
                code.out.visitInsn(Opcodes.AASTORE);
            }
        }
    }
}
