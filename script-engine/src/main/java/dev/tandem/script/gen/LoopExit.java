package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.interp.Frame;
import dev.tandem.script.source.Position;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** The exits of a loop that was entered from the interpreter: the result goes to the frame. */
final class LoopExit implements Exit {
    private final Scope scope;
    private final int frame;
    private final Label returned;

    /**
     * @param frame the variable of the frame
     * @param returned where to go once the frame has the result
     */
    LoopExit(Scope scope, int frame, Label returned) {
        this.scope = scope;
        this.frame = frame;
        this.returned = returned;
    }

    @Override
    public void returns(@Nullable Expr value, Position at, Runnable leave) {
        Code code = scope.code;
        int result = code.variable(Kind.REF);
        if (value == null) {
            code.out.visitInsn(Opcodes.ACONST_NULL);
        } else {
            code.located(at, () -> scope.exprs.nullable(value));
        }
        code.store(Kind.REF, result);
        leave.run();
        code.load(Kind.REF, frame);
        code.load(Kind.REF, result);
        code.callVirtual(Frame.class, "result", "(Ljava/lang/Object;)V");
        code.out.visitJumpInsn(Opcodes.GOTO, returned);
    }

    @Override
    public void end(boolean goOn) {
        returns(null, Position.NONE, () -> {});
    }
}
