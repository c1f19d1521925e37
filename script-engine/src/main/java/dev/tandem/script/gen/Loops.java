package dev.tandem.script.gen;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.KeyWords;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Compiles loops. */
final class Loops {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final Runnable NOTHING = () -> {};

    private final Scope scope;
    private final Code code;

    Loops(Scope scope) {
        this.scope = scope;
        this.code = scope.code;
    }

    void whileLoop(Stmt.While w) {
        Label test = new Label();
        Label end = new Label();
        code.out.visitLabel(test);
        scope.operators.jumpUnless(w.condition(), end);
        scope.stmts.inside(new Stmts.Around(end, test, null, NOTHING), w.body());
        code.out.visitJumpInsn(Opcodes.GOTO, test);
        code.out.visitLabel(end);
    }

    void forLoop(Stmt.For f) {
        int container = code.variable(Kind.REF);
        int at = code.variable(Kind.BOOL);
        code.located(f.at(), () -> scope.exprs.value(f.over()));
        code.store(Kind.REF, container);
        code.push(-1);
        code.store(Kind.BOOL, at);
        from(f, container, at);
    }

    /** The turns behind the one whose number a variable holds, -1 for all. */
    void from(Stmt.For f, int container, int at) {
        Type over = f.over().type();
        if (over instanceof TableType t) {
            table(f, t, container, at);
        } else if (over instanceof VectorType) {
            vector(f, container, at);
        } else if (over.is(Tag.STRING)) {
            string(f, container, at);
        } else {
            throw new NotCompiled("a loop over " + over.tag());
        }
    }

    private void container(Class<?> type, int variable) {
        code.load(Kind.REF, variable);
        code.cast(type);
    }

    private void table(Stmt.For f, TableType type, int table, int entry) {
        Label next = new Label();
        Label done = new Label();
        Label end = new Label();
        Label failed = new Label();
        Runnable leave = () -> {
            container(TableValue.class, table);
            code.callVirtual(TableValue.class, "endLoop", "()V");
        };
        container(TableValue.class, table);
        code.callVirtual(TableValue.class, "beginLoop", "()V");
        code.caught(
                Throwable.class,
                () -> {
                    code.out.visitLabel(next);
                    container(TableValue.class, table);
                    code.load(Kind.BOOL, entry);
                    code.callVirtual(TableValue.class, "nextEntry", "(I)I");
                    code.dup(Kind.BOOL);
                    code.store(Kind.BOOL, entry);
                    code.out.visitJumpInsn(Opcodes.IFLT, done);
                    keys(f, type, table, entry);
                    scope.stmts.inside(new Stmts.Around(end, next, null, leave), f.body());
                    code.out.visitJumpInsn(Opcodes.GOTO, next);
                },
                failed);
        code.late(() -> {
            code.out.visitLabel(failed);
            leave.run();
            code.out.visitInsn(Opcodes.ATHROW);
        });
        code.out.visitLabel(done);
        leave.run();
        code.out.visitLabel(end);
    }

    /** Stores the parts of an entry's key, and its value. */
    private void keys(Stmt.For f, TableType type, int table, int entry) {
        if (KeyWords.of(type.index()) > 0) {
            words(f, type, table, entry);
        } else {
            objects(f, type, table, entry);
        }
        Local value = f.value();
        if (value != null) {
            JavaType yield = JavaType.of(value.type());
            boolean number = KeyWords.of(type.index()) > 0 && yield.isScalar();
            container(TableValue.class, table);
            code.load(Kind.BOOL, entry);
            if (number) {
                code.callVirtual(TableValue.class, "entryWord", "(I)J");
                code.fromWord(yield.kind());
            } else {
                code.callVirtual(TableValue.class, "entryValue", "(I)" + OBJECT);
                code.unbox(yield);
            }
            scope.store(value);
        }
    }

    private void words(Stmt.For f, TableType type, int table, int entry) {
        int word = 0;
        for (int i = 0; i < f.keys().size(); i++) {
            Local key = f.keys().get(i);
            if (key != null) {
                JavaType part = JavaType.of(key.type());
                container(TableValue.class, table);
                code.load(Kind.BOOL, entry);
                code.push(part.isScalar() ? word : i);
                if (part.isScalar()) {
                    code.callVirtual(TableValue.class, "entryKeyWord", "(II)J");
                    code.fromWord(part.kind());
                } else {
                    code.callVirtual(TableValue.class, "entryPart", "(II)" + OBJECT);
                    code.unbox(part);
                }
                scope.store(key);
            }
            word += KeyWords.of(type.index().get(i));
        }
    }

    private void objects(Stmt.For f, TableType type, int table, int entry) {
        List<@Nullable Local> keys = f.keys();
        container(TableValue.class, table);
        code.load(Kind.BOOL, entry);
        code.callVirtual(TableValue.class, "entryKey", "(I)" + OBJECT);
        boolean simple = keys.size() == 1
                && type.index().size() == 1
                && Accesses.isAtomic(type.index().get(0));
        Local only = keys.get(0);
        if (simple) {
            if (only == null) {
                code.pop(Kind.REF);
            } else {
                code.unbox(JavaType.of(only.type()));
                scope.store(only);
            }
            return;
        }
        code.call(TableValue.class, "parts", "(" + OBJECT + ")[" + OBJECT);
        for (int i = 0; i < keys.size(); i++) {
            Local key = keys.get(i);
            if (key != null) {
                code.dup(Kind.REF);
                code.push(i);
                code.out.visitInsn(Opcodes.AALOAD);
                code.call(Copy.class, "of", "(" + OBJECT + ")" + OBJECT);
                code.unbox(JavaType.of(key.type()));
                scope.store(key);
            }
        }
        code.pop(Kind.REF);
    }

    private void vector(Stmt.For f, int vector, int at) {
        int element = code.variable(Kind.REF);
        Label next = new Label();
        Label end = new Label();
        Local key = f.keys().get(0);
        Local value = f.value();
        code.out.visitLabel(next);
        code.out.visitIincInsn(at, 1);
        code.load(Kind.BOOL, at);
        container(VectorValue.class, vector);
        code.callVirtual(VectorValue.class, "size", "()I");
        code.out.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        container(VectorValue.class, vector);
        code.load(Kind.BOOL, at);
        code.callVirtual(VectorValue.class, "get", "(I)" + OBJECT);
        code.dup(Kind.REF);
        code.store(Kind.REF, element);
        code.out.visitJumpInsn(Opcodes.IFNULL, next);
        if (key != null) {
            code.load(Kind.BOOL, at);
            code.out.visitInsn(Opcodes.I2L);
            scope.store(key);
        }
        if (value != null) {
            code.load(Kind.REF, element);
            code.unbox(JavaType.of(value.type()));
            scope.store(value);
        }
        scope.stmts.inside(new Stmts.Around(end, next, null, NOTHING), f.body());
        code.out.visitJumpInsn(Opcodes.GOTO, next);
        code.out.visitLabel(end);
    }

    private void string(Stmt.For f, int text, int at) {
        Label next = new Label();
        Label end = new Label();
        Local key = f.keys().get(0);
        code.out.visitLabel(next);
        code.out.visitIincInsn(at, 1);
        code.load(Kind.BOOL, at);
        container(Bytes.class, text);
        code.callVirtual(Bytes.class, "length", "()I");
        code.out.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        if (key != null) {
            container(Bytes.class, text);
            code.load(Kind.BOOL, at);
            code.dup(Kind.BOOL);
            code.push(1);
            code.out.visitInsn(Opcodes.IADD);
            code.callVirtual(Bytes.class, "slice", "(II)Ldev/tandem/core/value/Bytes;");
            scope.store(key);
        }
        scope.stmts.inside(new Stmts.Around(end, next, null, NOTHING), f.body());
        code.out.visitJumpInsn(Opcodes.GOTO, next);
        code.out.visitLabel(end);
    }
}
