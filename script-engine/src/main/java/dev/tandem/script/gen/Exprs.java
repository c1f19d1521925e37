package dev.tandem.script.gen;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.interp.Arithmetic;
import dev.tandem.script.interp.Coercions;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Compiles expressions: what has no part of the compiler to itself, and the way to those that have. */
final class Exprs {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String TYPE = "Ldev/tandem/script/types/Type;";
    private static final String RECORD_TYPE = "Ldev/tandem/script/types/RecordType;";
    private static final String RECORD = "Ldev/tandem/core/record/RecordValue;";

    private final Scope scope;
    private final Code code;

    Exprs(Scope scope) {
        this.scope = scope;
        this.code = scope.code;
    }

    /** Pushes the value as its type's {@link JavaType}; it is set. */
    void value(Expr e) {
        JavaType type = JavaType.of(e.type());
        if (Foreign.is(e)) {
            scope.foreign(e);
            needed(type);
            return;
        }
        switch (e) {
            case Expr.Const c -> constant(c.value(), type);
            case Expr.LocalRef l -> scope.load(l.local(), l);
            case Expr.GlobalRef g -> global(g);
            case Expr.Unary u -> scope.operators.unary(u);
            case Expr.Binary b -> scope.operators.binary(b);
            case Expr.Logic l -> scope.operators.truth(l);
            case Expr.Step s -> scope.places.step(s, true);
            case Expr.Conditional c -> conditional(c);
            case Expr.Assign a -> scope.places.assign(a, true);
            case Expr.Sequence s -> {
                effect(s.first());
                value(s.second());
            }
            case Expr.Compound c -> scope.places.compound(c, true);
            case Expr.Index i -> scope.accesses.index(i);
            case Expr.Slice s -> scope.accesses.slice(s);
            case Expr.Field f -> scope.accesses.field(f);
            case Expr.HasField f -> scope.accesses.hasField(f);
            case Expr.In i -> scope.accesses.in(i);
            case Expr.Call c -> scope.calls.value(c);
            case Expr.RecordCtor r -> record(r);
            case Expr.VectorCtor v -> vector(v);
            case Expr.Coerce c -> coerce(c);
            case Expr.Add a -> scope.places.add(a);
            case Expr.Delete d -> scope.places.delete(d);
            default -> throw new NotCompiled(e.getClass().getSimpleName());
        }
    }

    /** Pushes the value as an object. */
    void object(Expr e) {
        value(e);
        code.box(JavaType.of(e.type()).kind());
    }

    /** Pushes the value as an object, null where there is none. */
    void nullable(Expr e) {
        if (e instanceof Expr.Call c) {
            scope.calls.nullable(c);
        } else if (Foreign.is(e)) {
            scope.foreign(e);
        } else if (e instanceof Expr.Conditional c) {
            Label otherwise = new Label();
            Label end = new Label();
            scope.operators.jumpUnless(c.condition(), otherwise);
            nullable(c.then());
            code.out.visitJumpInsn(Opcodes.GOTO, end);
            code.out.visitLabel(otherwise);
            nullable(c.otherwise());
            code.out.visitLabel(end);
        } else if (e instanceof Expr.Sequence s) {
            effect(s.first());
            nullable(s.second());
        } else {
            object(e);
        }
    }

    /** Evaluates for what it does. */
    void effect(Expr e) {
        if (Foreign.is(e)) {
            scope.foreign(e);
            code.pop(Kind.REF);
            return;
        }
        switch (e) {
            case Expr.Step s -> scope.places.step(s, false);
            case Expr.Assign a -> scope.places.assign(a, false);
            case Expr.Compound c -> scope.places.compound(c, false);
            case Expr.Call c -> scope.calls.effect(c);
            case Expr.Sequence s -> {
                effect(s.first());
                effect(s.second());
            }
            case Expr.Conditional c -> {
                nullable(c);
                code.pop(Kind.REF);
            }
            default -> {
                value(e);
                code.pop(JavaType.of(e.type()).kind());
            }
        }
    }

    /** Makes of an object, null where there is none, a value that is set. */
    void needed(JavaType type) {
        code.call(Generated.class, "result", "(" + OBJECT + ")" + OBJECT);
        code.unbox(type);
    }

    // ---- leaves

    private void constant(Object value, JavaType type) {
        switch (type.kind()) {
            case LONG -> code.push((long) (Long) value);
            case DOUBLE -> code.out.visitLdcInsn(value);
            case BOOL -> code.push((Boolean) value ? 1 : 0);
            case REF -> code.push(value, type.owner());
        }
    }

    private void global(Expr.GlobalRef ref) {
        Global g = ref.global();
        JavaType type = JavaType.of(ref.type());
        if (g.kind() == Global.Kind.TYPE) {
            code.push(g.type(), Object.class);
            return;
        }
        Object now = g.value();
        boolean fixed = g.kind() == Global.Kind.CONST || g.kind() == Global.Kind.ENUM_CONSTANT;
        if (fixed && now != null && fits(now, type)) {
            constant(now, type);
            return;
        }
        code.push(g, Global.class);
        if (type.isScalar()) {
            scope.pushSite(ref);
            code.call(
                    Cells.class,
                    type.owner().getName() + "Of",
                    "(Ldev/tandem/script/ast/Global;Ldev/tandem/script/gen/Site;)" + type.descriptor());
            return;
        }
        code.callVirtual(Global.class, "value", "()" + OBJECT);
        scope.pushSite(ref);
        code.call(Generated.class, "set", "(" + OBJECT + "Ldev/tandem/script/gen/Site;)" + OBJECT);
        code.cast(type.owner());
    }

    private static boolean fits(Object value, JavaType type) {
        return switch (type.kind()) {
            case LONG -> value instanceof Long;
            case DOUBLE -> value instanceof Double;
            case BOOL -> value instanceof Boolean;
            case REF -> type.owner().isInstance(value);
        };
    }

    // ---- choice

    private void conditional(Expr.Conditional c) {
        Label otherwise = new Label();
        Label end = new Label();
        scope.operators.jumpUnless(c.condition(), otherwise);
        value(c.then());
        scope.adapt(c.then().type(), c.type());
        code.out.visitJumpInsn(Opcodes.GOTO, end);
        code.out.visitLabel(otherwise);
        value(c.otherwise());
        scope.adapt(c.otherwise().type(), c.type());
        code.out.visitLabel(end);
    }

    // ---- constructors

    private void record(Expr.RecordCtor r) {
        int made = code.variable(Kind.REF);
        code.push(r.type(), RecordType.class);
        code.call(Records.class, "bare", "(" + RECORD_TYPE + ")" + RECORD);
        code.store(Kind.REF, made);
        for (Expr.FieldInit field : r.fields()) {
            code.located(r.at(), () -> {
                object(field.value());
                int value = code.variable(Kind.REF);
                code.store(Kind.REF, value);
                code.load(Kind.REF, made);
                code.push(field.slot());
                code.load(Kind.REF, value);
                code.callVirtual(RecordValue.class, "set", "(I" + OBJECT + ")V");
            });
        }
        code.load(Kind.REF, made);
        code.push(r.type(), RecordType.class);
        code.call(Records.class, "fillDefaults", "(" + RECORD + RECORD_TYPE + ")V");
        code.load(Kind.REF, made);
    }

    private void vector(Expr.VectorCtor v) {
        code.out.visitTypeInsn(Opcodes.NEW, org.objectweb.asm.Type.getInternalName(VectorValue.class));
        code.dup(Kind.REF);
        code.push(v.type(), VectorType.class);
        code.out.visitMethodInsn(
                Opcodes.INVOKESPECIAL,
                org.objectweb.asm.Type.getInternalName(VectorValue.class),
                "<init>",
                "(Ldev/tandem/script/types/VectorType;)V",
                false);
        for (Expr e : v.elements()) {
            code.dup(Kind.REF);
            object(e);
            code.callVirtual(VectorValue.class, "add", "(" + OBJECT + ")V");
        }
    }

    // ---- conversions

    private void coerce(Expr.Coerce c) {
        Type from = c.operand().type();
        Type to = c.type();
        if (to.is(Tag.DOUBLE) && from.tag().isIntegral()) {
            value(c.operand());
            if (from.is(Tag.COUNT)) {
                code.call(Arithmetic.class, "unsignedToDouble", "(J)D");
            } else {
                code.out.visitInsn(Opcodes.L2D);
            }
            return;
        }
        if (to.tag().isIntegral() && from.tag().isIntegral()) {
            value(c.operand());
            return;
        }
        code.located(c.at(), () -> {
            if (to.is(Tag.ANY) && from.tag().isIntegral()
                    || to.is(Tag.ANY) && from.tag().isFloating()) {
                code.push(from, Type.class);
                object(c.operand());
                code.call(AnyValue.class, "wrap", "(" + TYPE + OBJECT + ")" + OBJECT);
                return;
            }
            if (to.is(Tag.ANY)) {
                object(c.operand());
                return;
            }
            code.push(from, Type.class);
            code.push(to, Type.class);
            object(c.operand());
            code.call(Coercions.class, "convert", "(" + TYPE + TYPE + OBJECT + ")" + OBJECT);
            code.unbox(JavaType.of(to));
        });
    }
}
