package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.interp.Body;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** The exits of a whole body: returns of its method. */
final class BodyExit implements Exit {
    private final Scope scope;
    private final Signature signature;
    private final FuncType.Flavor flavor;

    BodyExit(Scope scope, Signature signature) {
        this.scope = scope;
        this.signature = signature;
        flavor = signature.body().source().type().flavor();
    }

    @Override
    public void returns(@Nullable Expr value, Position at, Runnable leave) {
        JavaType result = signature.result();
        if (value == null || result == null || flavor != FuncType.Flavor.FUNCTION) {
            if (value != null) {
                scope.code.located(at, () -> scope.exprs.effect(value));
            }
            leave.run();
            end(true);
            return;
        }
        scope.code.located(at, () -> {
            if (signature.nullable()) {
                scope.exprs.nullable(value);
                Label has = new Label();
                scope.code.dup(Kind.REF);
                scope.code.out.visitJumpInsn(Opcodes.IFNONNULL, has);
                warn();
                scope.code.out.visitLabel(has);
            } else {
                scope.exprs.value(value);
                scope.adapt(JavaType.of(value.type()), result);
            }
        });
        leave.run();
        scope.code.out.visitInsn(result.kind().give);
    }

    @Override
    public void end(boolean goOn) {
        JavaType result = signature.result();
        if (result == null) {
            scope.code.out.visitInsn(Opcodes.RETURN);
        } else if (flavor == FuncType.Flavor.HOOK) {
            scope.code.push(goOn ? 1 : 0);
            scope.code.out.visitInsn(Opcodes.IRETURN);
        } else {
            // Where there must be a value, only code that is never reached lacks one.
            if (signature.nullable()) {
                warn();
            }
            scope.code.out.visitInsn(result.nothing());
            scope.code.out.visitInsn(result.kind().give);
        }
    }

    private void warn() {
        scope.code.push(signature.body(), Body.class);
        scope.code.callVirtual(Body.class, "warnOfNoResult", "()V");
    }
}
