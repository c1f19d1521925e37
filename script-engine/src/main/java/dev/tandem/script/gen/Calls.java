package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.bif.BifDefinition;
import dev.tandem.script.bif.BifFunction;
import dev.tandem.script.interp.Arguments;
import dev.tandem.script.interp.Body;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.interp.ScriptFunction;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Compiles calls. A function that a global holds is called directly, unboxed, behind a look whether the global still holds it
 * and it still has that body; any other through {@link Interpreter#callFrom}.
 */
final class Calls {
    private static final String OBJECT = "Ljava/lang/Object;";

    private final Scope scope;
    private final Code code;

    Calls(Scope scope) {
        this.scope = scope;
        this.code = scope.code;
    }

    /** Pushes the result, which is set. */
    void value(Expr.Call c) {
        JavaType wanted = JavaType.of(c.type());
        JavaType given = emit(c);
        if (given == null) {
            code.out.visitInsn(Opcodes.ACONST_NULL);
            scope.exprs.needed(wanted);
        } else if (given.isScalar()) {
            scope.adapt(given, wanted);
        } else {
            scope.exprs.needed(wanted);
        }
    }

    /** Pushes the result as an object, null where there is none. */
    void nullable(Expr.Call c) {
        JavaType given = emit(c);
        if (given == null) {
            code.out.visitInsn(Opcodes.ACONST_NULL);
        } else {
            code.box(given.kind());
        }
    }

    void effect(Expr.Call c) {
        JavaType given = emit(c);
        if (given != null) {
            code.pop(given.kind());
        }
    }

    /** Writes the call; returns what it leaves on the stack: null for nothing, a reference may be null. */
    private @Nullable JavaType emit(Expr.Call c) {
        code.at(c.at());
        Direct direct = c.callee() instanceof Expr.GlobalRef g ? direct(g.global(), c) : null;
        if (direct == null) {
            code.located(c.at(), () -> generic(c));
            return JavaType.OBJECT;
        }
        code.located(c.at(), () -> emit(c, direct));
        return direct.result();
    }

    // ---- calls of what the callee's value turns out to be

    private void generic(Expr.Call c) {
        FuncType type = (FuncType) c.callee().type();
        scope.exprs.value(c.callee());
        code.cast(FuncValue.class);
        int function = code.variable(Kind.REF);
        code.store(Kind.REF, function);
        arguments(type, c.args());
        int args = code.variable(Kind.REF);
        code.store(Kind.REF, args);
        callFrom(code, c, () -> code.load(Kind.REF, function), () -> code.load(Kind.REF, args));
    }

    /** Pushes an array of the arguments, defaults included. */
    void arguments(FuncType type, List<Expr> given) {
        code.push(Arguments.count(type, given.size()));
        code.out.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        for (int i = 0; i < Arguments.count(type, given.size()); i++) {
            code.dup(Kind.REF);
            code.push(i);
            if (i < given.size()) {
                scope.exprs.object(given.get(i));
            } else {
                code.push(type, FuncType.class);
                code.push(i);
                code.call(Arguments.class, "defaultOf", "(Ldev/tandem/script/types/FuncType;I)" + OBJECT);
            }
            code.out.visitInsn(Opcodes.AASTORE);
        }
    }

    private void callFrom(Code in, Expr.Call c, Runnable function, Runnable args) {
        in.push(scope.interpreter, Interpreter.class);
        in.push(c, Expr.Call.class);
        function.run();
        args.run();
        in.callVirtual(
                Interpreter.class,
                "callFrom",
                "(Ldev/tandem/script/ast/Expr$Call;Ldev/tandem/script/runtime/FuncValue;[" + OBJECT + ")" + OBJECT);
    }

    // ---- direct calls

    /**
     * A call of a function that is known.
     *
     * @param params what it takes, each as the stack must hold it
     * @param body null for a built-in function
     * @param result null for nothing
     */
    private record Direct(
            Global global,
            FuncValue function,
            List<JavaType> params,
            @Nullable Body body,
            @Nullable JavaType result) {}

    private @Nullable Direct direct(Global g, Expr.Call c) {
        Object now = g.value();
        FuncType type = (FuncType) c.callee().type();
        if (now instanceof BifFunction f) {
            return builtIn(g, f, c);
        }
        boolean plain = now instanceof ScriptFunction f
                && f.running().length == 1
                && type.flavor() == FuncType.Flavor.FUNCTION
                && c.args().size() == f.running()[0].source().params().size();
        if (!plain || !(now instanceof ScriptFunction f)) {
            return null;
        }
        Signature s = scope.signatures.of(f.running()[0]);
        return new Direct(g, f, s.params(), f.running()[0], s.result());
    }

    private @Nullable Direct builtIn(Global g, BifFunction f, Expr.Call c) {
        BifDefinition d = f.definition();
        Class<?>[] types = d.method().getParameterTypes();
        int first = d.takesContext() ? 1 : 0;
        int fixed = d.parameterCount() - (d.isVariadic() ? 1 : 0);
        if (c.args().size() < fixed || !d.isVariadic() && c.args().size() > fixed) {
            return null;
        }
        if (d.isVariadic() && fixed > 0) {
            return null; // the function looks at these arguments itself, see BifFunction.call
        }
        List<JavaType> params = new ArrayList<>();
        for (int i = 0; i < fixed; i++) {
            JavaType takes = javaType(types[first + i]);
            JavaType given = JavaType.of(c.args().get(i).type());
            if (takes == null || takes.isScalar() && takes != given) {
                return null;
            }
            params.add(takes);
        }
        if (d.isVariadic()) {
            if (types[types.length - 1] != Object[].class) {
                return null;
            }
            params.add(new JavaType(Kind.REF, Object[].class));
        }
        Class<?> gives = d.method().getReturnType();
        JavaType result = gives == void.class ? null : javaType(gives);
        boolean fits = gives == void.class || result != null && (!result.isScalar() || result == JavaType.of(c.type()));
        return fits ? new Direct(g, f, params, null, result) : null;
    }

    private static @Nullable JavaType javaType(Class<?> c) {
        if (c == long.class) {
            return JavaType.LONG;
        }
        if (c == double.class) {
            return JavaType.DOUBLE;
        }
        if (c == boolean.class) {
            return JavaType.BOOL;
        }
        return c.isPrimitive() ? null : new JavaType(Kind.REF, c);
    }

    private void emit(Expr.Call c, Direct d) {
        boolean variadic =
                d.function() instanceof BifFunction f && f.definition().isVariadic();
        int fixed = d.params().size() - (variadic ? 1 : 0);
        for (int i = 0; i < fixed; i++) {
            scope.exprs.value(c.args().get(i));
            JavaType given = JavaType.of(c.args().get(i).type());
            JavaType takes = d.params().get(i);
            if (takes.isScalar() || given.isScalar()) {
                scope.adapt(given, takes);
            }
        }
        if (variadic) {
            scope.accesses.objects(c.args().subList(fixed, c.args().size()));
        }
        Label other = new Label();
        Label end = new Label();
        code.push(d.global(), Global.class);
        code.callVirtual(Global.class, "value", "()" + OBJECT);
        code.push(d.function(), FuncValue.class);
        code.out.visitJumpInsn(Opcodes.IF_ACMPNE, other);
        Body body = d.body();
        if (body == null) {
            callBuiltIn(c, d, (BifFunction) d.function());
        } else {
            ScriptFunction f = (ScriptFunction) d.function();
            code.push(f, ScriptFunction.class);
            code.callVirtual(ScriptFunction.class, "running", "()[Ldev/tandem/script/interp/Body;");
            code.push(f.running(), Body[].class);
            code.out.visitJumpInsn(Opcodes.IF_ACMPNE, other);
            Signature s = scope.signatures.of(body);
            code.callGenerated(s.className(), Signature.METHOD, s.descriptor());
        }
        code.out.visitJumpInsn(Opcodes.GOTO, end);
        code.out.visitLabel(other);
        String name = scope.owner.auxiliaryName("call");
        String descriptor = descriptor(d);
        fallback(name, descriptor, c, d, variadic ? fixed : -1);
        code.callGenerated(scope.owner.name(), name, descriptor);
        code.out.visitLabel(end);
    }

    private static String descriptor(Direct d) {
        StringBuilder s = new StringBuilder("(");
        d.params().forEach(p -> s.append(looser(p, d).descriptor()));
        JavaType result = d.result();
        return s.append(')').append(result == null ? "V" : result.descriptor()).toString();
    }

    /** Built-in functions check references themselves: the fallback takes whatever the stack holds. */
    private static JavaType looser(JavaType p, Direct d) {
        return p.isScalar() || d.body() != null || p.owner() == Object[].class ? p : JavaType.OBJECT;
    }

    private void callBuiltIn(Expr.Call c, Direct d, BifFunction f) {
        Method method = f.definition().method();
        List<JavaType> params = d.params();
        int[] spilled = new int[params.size()];
        for (int i = params.size() - 1; i >= 0; i--) {
            spilled[i] = code.variable(params.get(i).kind());
            code.store(params.get(i).kind(), spilled[i]);
        }
        if (f.definition().takesContext()) {
            code.push(scope.interpreter, Interpreter.class);
            code.push(c, Expr.Call.class);
            code.callVirtual(Interpreter.class, "callSite", "(Ldev/tandem/script/ast/Expr$Call;)V");
        }
        Label failed = new Label();
        code.caught(
                Throwable.class,
                () -> {
                    if (f.definition().takesContext()) {
                        code.push(scope.interpreter.context(), ScriptContext.class);
                    }
                    for (int i = 0; i < spilled.length; i++) {
                        code.load(params.get(i).kind(), spilled[i]);
                        if (!params.get(i).isScalar()) {
                            code.cast(params.get(i).owner());
                        }
                    }
                    code.call(method.getDeclaringClass(), method.getName(), Type.getMethodDescriptor(method));
                },
                failed);
        code.late(() -> {
            code.out.visitLabel(failed);
            code.push(f, BifFunction.class);
            code.out.visitInsn(Opcodes.SWAP);
            code.callVirtual(
                    BifFunction.class, "failure", "(Ljava/lang/Throwable;)Ldev/tandem/script/runtime/ScriptError;");
            code.push(c.at(), Position.class);
            code.callVirtual(
                    ScriptError.class,
                    "at",
                    "(Ldev/tandem/script/source/Position;)Ldev/tandem/script/runtime/ScriptError;");
            code.out.visitInsn(Opcodes.ATHROW);
        });
    }

    /** A method that takes the same arguments and calls whatever the global holds. */
    private void fallback(String name, String descriptor, Expr.Call c, Direct d, int variadicFrom) {
        Code m = scope.owner.method(name, descriptor, true);
        List<JavaType> params = d.params();
        callFrom(
                m,
                c,
                () -> {
                    m.push(d.global(), Global.class);
                    m.callVirtual(Global.class, "value", "()" + OBJECT);
                    m.call(Generated.class, "value", "(" + OBJECT + ")" + OBJECT);
                    m.cast(FuncValue.class);
                },
                () -> {
                    int fixed = variadicFrom < 0 ? params.size() : variadicFrom;
                    m.push(fixed);
                    m.out.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
                    int variable = 0;
                    for (int i = 0; i < fixed; i++) {
                        Kind kind = params.get(i).kind();
                        m.dup(Kind.REF);
                        m.push(i);
                        m.load(kind, variable);
                        m.box(kind);
                        m.out.visitInsn(Opcodes.AASTORE);
                        variable += kind.words;
                    }
                    if (variadicFrom >= 0) {
                        m.load(Kind.REF, variable);
                        m.call(Generated.class, "joined", "([" + OBJECT + "[" + OBJECT + ")[" + OBJECT);
                    }
                });
        JavaType result = d.result();
        if (result == null) {
            m.pop(Kind.REF);
            m.out.visitInsn(Opcodes.RETURN);
        } else {
            if (result.isScalar()) {
                m.call(Generated.class, "result", "(" + OBJECT + ")" + OBJECT);
            }
            m.unbox(result);
            m.out.visitInsn(result.kind().give);
        }
        m.finish();
    }
}
