package dev.tandem.script.gen;

import dev.tandem.script.interp.Body;
import dev.tandem.script.interp.CompiledBody;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.runtime.ScriptError;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Makes the class of one body: a static method with unboxed parameters and locals, which other generated code calls, and the
 * instance method that everybody else calls with boxed arguments. A body that cannot be compiled gets a class all the same,
 * whose static method has the body interpreted, so that whoever refers to it need not know.
 */
final class BodyCompiler {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String ARRAYS = "([" + OBJECT + "[" + OBJECT + ")" + OBJECT;

    private final Interpreter interpreter;
    private final Signatures signatures;
    private final Consumer<String> refused;

    /** @param refused told of each body that stays interpreted, and why */
    BodyCompiler(Interpreter interpreter, Signatures signatures, Consumer<String> refused) {
        this.interpreter = interpreter;
        this.signatures = signatures;
        this.refused = refused;
    }

    GeneratedClass compile(Signature s) {
        try {
            if (s.body().returnsLater()) {
                throw new NotCompiled("return when");
            }
            GeneratedClass c = begin(s);
            Code code = c.method(Signature.METHOD, s.descriptor(), true);
            Scope scope = Scope.ofBody(interpreter, signatures, c, code, s);
            code.caughtAll(() -> leave(code, s));
            scope.stmts.stmt(s.body().source().body());
            new BodyExit(scope, s).end(true);
            code.finish();
            entry(c, s);
            return c;
        } catch (NotCompiled e) {
            refused.accept(s.body().source().name() + ": " + e.getMessage());
            return interpreted(s);
        }
    }

    /** An error says which bodies it left. */
    private static void leave(Code code, Signature s) {
        code.out.visitLdcInsn(s.body().source().name());
        code.callVirtual(ScriptError.class, "leave", "(Ljava/lang/String;)Ldev/tandem/script/runtime/ScriptError;");
        code.out.visitInsn(Opcodes.ATHROW);
    }

    private static GeneratedClass begin(Signature s) {
        Path file = Path.of(s.body().source().at().source().name()).getFileName();
        return new GeneratedClass(s.className(), CompiledBody.class, file == null ? "" : file.toString());
    }

    /** The method for those who have their arguments boxed; odd ones go to the interpreter. */
    private static void entry(GeneratedClass c, Signature s) {
        Body body = s.body();
        Code code = c.method("call", ARRAYS, false);
        Label odd = new Label();
        int[] order = body.source().argumentOrder();
        int needed = 0;
        for (int i : order) {
            needed = Math.max(needed, i + 1);
        }
        int[] unboxed = new int[order.length];
        if (needed > 0) {
            code.load(Kind.REF, 1);
            code.out.visitInsn(Opcodes.ARRAYLENGTH);
            code.push(needed);
            code.out.visitJumpInsn(Opcodes.IF_ICMPLT, odd);
            for (int i = 0; i < order.length; i++) {
                code.load(Kind.REF, 1);
                code.push(order[i]);
                code.out.visitInsn(Opcodes.AALOAD);
                code.out.visitJumpInsn(Opcodes.IFNULL, odd);
            }
            Label misfit = new Label();
            code.caught(
                    ClassCastException.class,
                    () -> {
                        for (int i = 0; i < order.length; i++) {
                            JavaType type = s.params().get(i);
                            code.load(Kind.REF, 1);
                            code.push(order[i]);
                            code.out.visitInsn(Opcodes.AALOAD);
                            code.unbox(type);
                            unboxed[i] = code.variable(type.kind());
                            code.store(type.kind(), unboxed[i]);
                        }
                    },
                    misfit);
            code.late(() -> {
                code.out.visitLabel(misfit);
                code.pop(Kind.REF);
                code.out.visitLabel(odd);
                interpret(code, body);
            });
        }
        for (int i = 0; i < order.length; i++) {
            code.load(s.params().get(i).kind(), unboxed[i]);
        }
        if (s.isLambda()) {
            code.load(Kind.REF, 2);
        }
        code.callGenerated(s.className(), Signature.METHOD, s.descriptor());
        JavaType result = s.result();
        if (result == null) {
            code.out.visitInsn(Opcodes.ACONST_NULL);
        } else {
            code.box(result.kind());
        }
        code.out.visitInsn(Opcodes.ARETURN);
        code.finish();
    }

    private static void interpret(Code code, Body body) {
        code.push(body, Body.class);
        code.load(Kind.REF, 1);
        code.load(Kind.REF, 2);
        code.callVirtual(Body.class, "interpret", ARRAYS);
        code.out.visitInsn(Opcodes.ARETURN);
    }

    private static GeneratedClass interpreted(Signature s) {
        GeneratedClass c = begin(s);
        Code call = c.method("call", ARRAYS, false);
        interpret(call, s.body());
        call.finish();
        Code run = c.method(Signature.METHOD, s.descriptor(), true);
        run.push(s.body(), Body.class);
        int[] order = s.body().source().argumentOrder();
        int size = 0;
        for (int i : order) {
            size = Math.max(size, i + 1);
        }
        run.push(size);
        run.out.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        int variable = 0;
        for (int i = 0; i < order.length; i++) {
            Kind kind = s.params().get(i).kind();
            run.dup(Kind.REF);
            run.push(order[i]);
            run.load(kind, variable);
            run.box(kind);
            run.out.visitInsn(Opcodes.AASTORE);
            variable += kind.words;
        }
        if (s.isLambda()) {
            run.load(Kind.REF, variable);
        } else {
            run.out.visitFieldInsn(
                    Opcodes.GETSTATIC,
                    org.objectweb.asm.Type.getInternalName(CompiledBody.class),
                    "NO_CAPTURES",
                    "[" + OBJECT);
        }
        run.callVirtual(Body.class, "interpret", ARRAYS);
        JavaType result = s.result();
        if (result == null) {
            run.pop(Kind.REF);
            run.out.visitInsn(Opcodes.RETURN);
        } else {
            if (!s.nullable()) {
                run.call(Generated.class, "result", "(" + OBJECT + ")" + OBJECT);
            }
            run.unbox(result);
            run.out.visitInsn(result.kind().give);
        }
        run.finish();
        return c;
    }
}
