package dev.tandem.script.gen;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.interp.Arithmetic;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Compiles operators and conditions. */
final class Operators {
    private static final String OBJECT = "Ljava/lang/Object;";

    private final Scope scope;
    private final Code code;

    Operators(Scope scope) {
        this.scope = scope;
        this.code = scope.code;
    }

    // ---- conditions

    /** Jumps where a condition does not hold, else goes on. */
    void jumpUnless(Expr e, Label target) {
        jump(e, false, target);
    }

    private void jump(Expr e, boolean when, Label target) {
        if (Foreign.is(e)) {
            plainJump(e, when, target);
            return;
        }
        switch (e) {
            case Expr.Logic l -> {
                if (l.and() == when) {
                    Label past = new Label();
                    jump(l.left(), !when, past);
                    jump(l.right(), when, target);
                    code.out.visitLabel(past);
                } else {
                    jump(l.left(), when, target);
                    jump(l.right(), when, target);
                }
            }
            case Expr.Unary u -> {
                if (u.op() == Expr.UnaryOp.NOT && u.operand().type().is(Tag.BOOL)) {
                    jump(u.operand(), !when, target);
                } else {
                    plainJump(e, when, target);
                }
            }
            case Expr.Binary b -> {
                if (!b.op().isComparison() || !compareJump(b, when, target)) {
                    plainJump(e, when, target);
                }
            }
            default -> plainJump(e, when, target);
        }
    }

    private void plainJump(Expr e, boolean when, Label target) {
        scope.exprs.value(e);
        switch (JavaType.of(e.type()).kind()) {
            case BOOL -> {}
            case REF -> code.unbox(JavaType.BOOL);
            default -> throw new NotCompiled("a condition of another type");
        }
        code.out.visitJumpInsn(when ? Opcodes.IFNE : Opcodes.IFEQ, target);
    }

    /** Compares and jumps; false when the operands are not of a kind that it knows, and nothing is written. */
    private boolean compareJump(Expr.Binary b, boolean when, Label target) {
        Type left = b.left().type();
        Type right = b.right().type();
        BinaryOp op = b.op();
        if (left.tag().isIntegral() && right.tag().isIntegral()) {
            boolean unsigned = left.is(Tag.COUNT) && op != BinaryOp.EQ && op != BinaryOp.NE;
            scope.exprs.value(b.left());
            scope.exprs.value(b.right());
            if (unsigned) {
                code.call(Long.class, "compareUnsigned", "(JJ)I");
            } else {
                code.out.visitInsn(Opcodes.LCMP);
            }
            code.out.visitJumpInsn(opcode(op, when), target);
            return true;
        }
        if (left.tag().isFloating() && right.tag().isFloating()) {
            scope.exprs.value(b.left());
            scope.exprs.value(b.right());
            // Whatever is asked of NaN, only != holds.
            boolean less = op == BinaryOp.LT || op == BinaryOp.LE;
            code.out.visitInsn(less ? Opcodes.DCMPG : Opcodes.DCMPL);
            code.out.visitJumpInsn(opcode(op, when), target);
            return true;
        }
        boolean equality = op == BinaryOp.EQ || op == BinaryOp.NE;
        if (equality && left.is(right.tag()) && hasEquals(left)) {
            scope.exprs.value(b.left());
            scope.exprs.value(b.right());
            code.callVirtual(Object.class, "equals", "(" + OBJECT + ")Z");
            code.out.visitJumpInsn((op == BinaryOp.EQ) == when ? Opcodes.IFNE : Opcodes.IFEQ, target);
            return true;
        }
        return false;
    }

    private static boolean hasEquals(Type t) {
        return switch (t.tag()) {
            case STRING, ADDR, PORT, SUBNET, ENUM -> true;
            default -> false;
        };
    }

    private static int opcode(BinaryOp op, boolean when) {
        int jump = switch (op) {
            case EQ -> Opcodes.IFEQ;
            case NE -> Opcodes.IFNE;
            case LT -> Opcodes.IFLT;
            case LE -> Opcodes.IFLE;
            case GT -> Opcodes.IFGT;
            default -> Opcodes.IFGE;
        };
        return when ? jump : inverse(jump);
    }

    private static int inverse(int jump) {
        return switch (jump) {
            case Opcodes.IFEQ -> Opcodes.IFNE;
            case Opcodes.IFNE -> Opcodes.IFEQ;
            case Opcodes.IFLT -> Opcodes.IFGE;
            case Opcodes.IFLE -> Opcodes.IFGT;
            case Opcodes.IFGT -> Opcodes.IFLE;
            default -> Opcodes.IFLT;
        };
    }

    /** Pushes a condition's truth. */
    void truth(Expr e) {
        Label no = new Label();
        Label end = new Label();
        jumpUnless(e, no);
        code.push(1);
        code.out.visitJumpInsn(Opcodes.GOTO, end);
        code.out.visitLabel(no);
        code.push(0);
        code.out.visitLabel(end);
    }

    // ---- one operand

    void unary(Expr.Unary u) {
        Type t = u.operand().type();
        switch (u.op()) {
            case NOT -> not(u, t);
            case COPY -> {
                scope.exprs.object(u.operand());
                code.call(Copy.class, "of", "(" + OBJECT + ")" + OBJECT);
                code.unbox(JavaType.of(u.type()));
            }
            case SIZE -> size(u, t);
            default -> {
                scope.exprs.value(u.operand());
                JavaType type = JavaType.of(t);
                if (type != JavaType.of(u.type())) {
                    throw new NotCompiled("an operator that changes the type");
                }
                sign(u.op(), type.kind());
            }
        }
    }

    private void not(Expr.Unary u, Type t) {
        if (t.is(Tag.BOOL)) {
            truth(u);
            return;
        }
        Label zero = new Label();
        Label end = new Label();
        scope.exprs.value(u.operand());
        code.push(0L);
        code.out.visitInsn(Opcodes.LCMP);
        code.out.visitJumpInsn(Opcodes.IFEQ, zero);
        code.push(0);
        code.out.visitJumpInsn(Opcodes.GOTO, end);
        code.out.visitLabel(zero);
        code.push(1);
        code.out.visitLabel(end);
    }

    private void sign(Expr.UnaryOp op, Kind kind) {
        if (kind == Kind.DOUBLE) {
            if (op == Expr.UnaryOp.NEGATE) {
                code.out.visitInsn(Opcodes.DNEG);
            }
        } else if (op == Expr.UnaryOp.NEGATE) {
            code.out.visitInsn(Opcodes.LNEG);
        } else if (op == Expr.UnaryOp.COMPLEMENT) {
            code.push(-1L);
            code.out.visitInsn(Opcodes.LXOR);
        }
    }

    private void size(Expr.Unary u, Type t) {
        scope.exprs.value(u.operand());
        if (t.is(Tag.STRING)) {
            code.callVirtual(Bytes.class, "length", "()I");
        } else {
            code.callVirtual(t instanceof TableType ? TableValue.class : VectorValue.class, "size", "()I");
        }
        code.out.visitInsn(Opcodes.I2L);
    }

    // ---- two operands

    void binary(Expr.Binary b) {
        Type left = b.left().type();
        Type right = b.right().type();
        boolean integral = left.tag().isIntegral() && right.tag().isIntegral();
        boolean floating = left.tag().isFloating() && right.tag().isFloating();
        boolean equality = b.op() == BinaryOp.EQ || b.op() == BinaryOp.NE;
        if (b.op().isComparison() && (integral || floating || equality && left.is(right.tag()) && hasEquals(left))) {
            truth(b);
        } else if (integral && JavaType.of(b.type()).kind() == Kind.LONG) {
            scope.exprs.value(b.left());
            longs(b.op(), left.tag(), b.right(), b, true);
        } else if (floating && JavaType.of(b.type()).kind() == Kind.DOUBLE) {
            scope.exprs.value(b.left());
            scope.exprs.value(b.right());
            doubles(b.op(), b.right(), b, true);
        } else {
            code.located(b.at(), () -> boxed(b, left.tag()));
        }
    }

    private void boxed(Expr.Binary b, Tag tag) {
        boolean join = b.op() == BinaryOp.ADD
                && b.left().type().is(Tag.STRING)
                && b.right().type().is(Tag.STRING);
        if (join) {
            scope.exprs.value(b.left());
            scope.exprs.value(b.right());
            concat();
            return;
        }
        code.push(b.op(), BinaryOp.class);
        code.push(tag, Tag.class);
        scope.exprs.object(b.left());
        scope.exprs.object(b.right());
        scope.pushSite(b);
        code.call(
                Generated.class,
                "apply",
                "(Ldev/tandem/script/ast/BinaryOp;Ldev/tandem/script/types/Tag;" + OBJECT + OBJECT
                        + "Ldev/tandem/script/gen/Site;)" + OBJECT);
        code.unbox(JavaType.of(b.type()));
    }

    /** Two strings as one. */
    void concat() {
        code.callVirtual(Bytes.class, "concat", "(Ldev/tandem/core/value/Bytes;)Ldev/tandem/core/value/Bytes;");
    }

    /**
     * An operator on the integral value on the stack and the right operand, still to be evaluated.
     *
     * @param whole the expression, for errors
     * @param named whether an error names the expression and its place, or leaves that to whoever is around
     */
    void longs(BinaryOp op, Tag tag, Expr right, Expr whole, boolean named) {
        boolean unsigned = tag == Tag.COUNT;
        scope.exprs.value(right);
        switch (op) {
            case ADD -> code.out.visitInsn(Opcodes.LADD);
            case MUL -> code.out.visitInsn(Opcodes.LMUL);
            case BIT_AND -> code.out.visitInsn(Opcodes.LAND);
            case BIT_OR -> code.out.visitInsn(Opcodes.LOR);
            case BIT_XOR -> code.out.visitInsn(Opcodes.LXOR);
            case SUB -> {
                if (unsigned) {
                    scope.pushSite(whole);
                    code.call(Generated.class, "count", "(JJLdev/tandem/script/gen/Site;)J");
                } else {
                    code.out.visitInsn(Opcodes.LSUB);
                }
            }
            case DIV, MOD -> divide(op, unsigned, right, whole, named);
            default ->
                failing(named, whole, () -> {
                    String name = op == BinaryOp.SHIFT_LEFT ? "shiftLeft" : "shiftRight";
                    code.push(unsigned ? 1 : 0);
                    code.call(Arithmetic.class, name, "(JJZ)J");
                });
        }
    }

    private void divide(BinaryOp op, boolean unsigned, Expr right, Expr whole, boolean named) {
        boolean div = op == BinaryOp.DIV;
        long by = right instanceof Expr.Const c && c.value() instanceof Long n ? n : 0;
        if (by > 0 && !unsigned) {
            code.out.visitInsn(div ? Opcodes.LDIV : Opcodes.LREM);
            return;
        }
        if (by > 0) {
            code.call(Arithmetic.class, div ? "divideByPositive" : "remainderByPositive", "(JJ)J");
            return;
        }
        failing(named, whole, () -> {
            code.push(unsigned ? 1 : 0);
            code.call(Arithmetic.class, div ? "divide" : "remainder", "(JJZ)J");
        });
    }

    /** An operator on the two doubles on the stack. */
    void doubles(BinaryOp op, Expr right, Expr whole, boolean named) {
        switch (op) {
            case ADD -> code.out.visitInsn(Opcodes.DADD);
            case SUB -> code.out.visitInsn(Opcodes.DSUB);
            case MUL -> code.out.visitInsn(Opcodes.DMUL);
            case DIV -> {
                if (right instanceof Expr.Const c && c.value() instanceof Double d && d != 0) {
                    code.out.visitInsn(Opcodes.DDIV);
                } else {
                    failing(named, whole, () -> code.call(Arithmetic.class, "divide", "(DD)D"));
                }
            }
            default -> throw new NotCompiled("an operator that doubles lack");
        }
    }

    /** Code whose errors get the expression's text and place. */
    private void failing(boolean named, Expr whole, Runnable body) {
        if (!named) {
            body.run();
            return;
        }
        Label handler = new Label();
        code.caught(ScriptError.class, body, handler);
        code.late(() -> {
            code.out.visitLabel(handler);
            scope.pushSite(whole);
            code.out.visitInsn(Opcodes.SWAP);
            code.callVirtual(
                    Site.class,
                    "error",
                    "(Ldev/tandem/script/runtime/ScriptError;)Ldev/tandem/script/runtime/ScriptError;");
            code.out.visitInsn(Opcodes.ATHROW);
        });
    }
}
