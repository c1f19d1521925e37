package dev.tandem.script.gen;

import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes one method: the few things that are made of more than one instruction, and the places that errors get. */
final class Code {
    /** HotSpot never compiles a longer method (HugeMethodLimit). */
    private static final int LONGEST = 8000;

    final MethodVisitor out;
    private final GeneratedClass owner;
    private final Type returns;
    private final IdentityHashMap<Object, Label> handlers = new IdentityHashMap<>();
    private final List<Runnable> late = new ArrayList<>();
    private int variables;
    private int line;
    private @Nullable Label start;
    private Runnable handler = () -> {};

    Code(GeneratedClass owner, MethodVisitor out, String descriptor, boolean isStatic) {
        this.owner = owner;
        this.out = out;
        returns = Type.getReturnType(descriptor);
        variables = isStatic ? 0 : 1;
        for (Type t : Type.getArgumentTypes(descriptor)) {
            variables += t.getSize();
        }
        out.visitCode();
    }

    Type returns() {
        return returns;
    }

    /** A new variable. */
    int variable(Kind kind) {
        int at = variables;
        variables += kind.words;
        return at;
    }

    // ---- values

    void push(long n) {
        if (n == 0 || n == 1) {
            out.visitInsn(n == 0 ? Opcodes.LCONST_0 : Opcodes.LCONST_1);
        } else {
            out.visitLdcInsn(n);
        }
    }

    void push(int n) {
        if (n >= -1 && n <= 5) {
            out.visitInsn(Opcodes.ICONST_0 + n);
        } else if (n >= Byte.MIN_VALUE && n <= Byte.MAX_VALUE) {
            out.visitIntInsn(Opcodes.BIPUSH, n);
        } else if (n >= Short.MIN_VALUE && n <= Short.MAX_VALUE) {
            out.visitIntInsn(Opcodes.SIPUSH, n);
        } else {
            out.visitLdcInsn(n);
        }
    }

    /** An object that the class holds as a constant. */
    void push(Object constant, Class<?> as) {
        owner.push(out, constant, as);
    }

    void load(Kind kind, int variable) {
        out.visitVarInsn(kind.load, variable);
    }

    void store(Kind kind, int variable) {
        out.visitVarInsn(kind.store, variable);
    }

    /** An unboxed value as an object. */
    void box(Kind kind) {
        switch (kind) {
            case LONG -> call(Long.class, "valueOf", "(J)Ljava/lang/Long;");
            case DOUBLE -> call(Double.class, "valueOf", "(D)Ljava/lang/Double;");
            case BOOL -> call(Boolean.class, "valueOf", "(Z)Ljava/lang/Boolean;");
            case REF -> {}
        }
    }

    /** An object that is set, as what its type is in generated code. */
    void unbox(JavaType type) {
        switch (type.kind()) {
            case LONG -> {
                cast(Long.class);
                callVirtual(Long.class, "longValue", "()J");
            }
            case DOUBLE -> {
                cast(Double.class);
                callVirtual(Double.class, "doubleValue", "()D");
            }
            case BOOL -> {
                cast(Boolean.class);
                callVirtual(Boolean.class, "booleanValue", "()Z");
            }
            case REF -> cast(type.owner());
        }
    }

    /** A number or bool as the word that tables hold. */
    void toWord(Kind kind) {
        switch (kind) {
            case DOUBLE -> call(Double.class, "doubleToLongBits", "(D)J");
            case BOOL -> out.visitInsn(Opcodes.I2L);
            case LONG, REF -> {}
        }
    }

    /** The opposite of {@link #toWord}. */
    void fromWord(Kind kind) {
        switch (kind) {
            case DOUBLE -> call(Double.class, "longBitsToDouble", "(J)D");
            case BOOL -> out.visitInsn(Opcodes.L2I);
            case LONG, REF -> {}
        }
    }

    void cast(Class<?> to) {
        if (to != Object.class) {
            out.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(to));
        }
    }

    void pop(Kind kind) {
        out.visitInsn(kind.words == 2 ? Opcodes.POP2 : Opcodes.POP);
    }

    void dup(Kind kind) {
        out.visitInsn(kind.words == 2 ? Opcodes.DUP2 : Opcodes.DUP);
    }

    /** Copies the value on top below the two words, or the one, under it. */
    void dupBelow(Kind top, int words) {
        boolean wide = top.words == 2;
        switch (words) {
            case 0 -> dup(top);
            case 1 -> out.visitInsn(wide ? Opcodes.DUP2_X1 : Opcodes.DUP_X1);
            default -> out.visitInsn(wide ? Opcodes.DUP2_X2 : Opcodes.DUP_X2);
        }
    }

    // ---- calls

    void call(Class<?> in, String method, String descriptor) {
        out.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(in), method, descriptor, in.isInterface());
    }

    void callGenerated(String in, String method, String descriptor) {
        out.visitMethodInsn(Opcodes.INVOKESTATIC, in, method, descriptor, false);
    }

    void callVirtual(Class<?> in, String method, String descriptor) {
        if (in.isInterface()) {
            out.visitMethodInsn(Opcodes.INVOKEINTERFACE, Type.getInternalName(in), method, descriptor, true);
        } else {
            out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Type.getInternalName(in), method, descriptor, false);
        }
    }

    // ---- places

    void at(Position at) {
        if (at.line() > 0 && at.line() != line) {
            line = at.line();
            Label here = new Label();
            out.visitLabel(here);
            out.visitLineNumber(line, here);
        }
    }

    /** Code whose errors, where they do not know their place, get this one. */
    void located(Position at, Runnable body) {
        caught(ScriptError.class, body, handlers.computeIfAbsent(at, p -> {
            Label handler = new Label();
            late.add(() -> {
                out.visitLabel(handler);
                push(at, Position.class);
                callVirtual(
                        ScriptError.class,
                        "at",
                        Type.getMethodDescriptor(Type.getType(ScriptError.class), Type.getType(Position.class)));
                out.visitInsn(Opcodes.ATHROW);
            });
            return handler;
        }));
    }

    /** Code with a handler for what it throws; the handler's code is the caller's to write. */
    void caught(Class<?> what, Runnable body, Label handler) {
        Label start = new Label();
        Label end = new Label();
        out.visitLabel(start);
        body.run();
        out.visitLabel(end);
        if (end.getOffset() > start.getOffset()) {
            out.visitTryCatchBlock(start, end, handler, Type.getInternalName(what));
        }
    }

    /** A handler for script errors of all code from here on, other handlers included. */
    void caughtAll(Runnable handlerCode) {
        start = new Label();
        out.visitLabel(start);
        handler = handlerCode;
    }

    /** A handler's code, to be written behind the method's. */
    void late(Runnable code) {
        late.add(code);
    }

    /** @throws NotCompiled when the method became too long for HotSpot */
    void finish() {
        for (int i = 0; i < late.size(); i++) {
            late.get(i).run();
        }
        Label end = new Label();
        out.visitLabel(end);
        Label from = start;
        if (from != null && end.getOffset() > from.getOffset()) {
            Label caught = new Label();
            out.visitTryCatchBlock(from, end, caught, Type.getInternalName(ScriptError.class));
            out.visitLabel(caught);
            handler.run();
        }
        if (end.getOffset() > LONGEST) {
            throw new NotCompiled("too long");
        }
        out.visitMaxs(0, 0);
        out.visitEnd();
    }
}
