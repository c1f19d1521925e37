package dev.tandem.script.gen;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.interp.Slices;
import dev.tandem.script.interp.Tables;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Compiles reads of tables, vectors, strings and records. */
final class Accesses {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String SITE = "Ldev/tandem/script/gen/Site;";
    private static final String VECTOR = "Ldev/tandem/script/runtime/VectorValue;";
    private static final String RECORD = "Ldev/tandem/core/record/RecordValue;";
    private static final String BYTES = "Ldev/tandem/core/value/Bytes;";

    private final Scope scope;
    private final Code code;

    Accesses(Scope scope) {
        this.scope = scope;
        this.code = scope.code;
    }

    /** Pushes the key of a table's index. */
    void key(List<Expr> keys) {
        if (keys.size() == 1 && isAtomic(keys.get(0).type())) {
            scope.exprs.object(keys.get(0));
            return;
        }
        objects(keys);
        code.call(TableValue.class, "key", "([" + OBJECT + ")" + OBJECT);
    }

    static boolean isAtomic(Type t) {
        return t.tag().isAtomic();
    }

    /** Pushes an array of values. */
    void objects(List<Expr> all) {
        code.push(all.size());
        code.out.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        for (int i = 0; i < all.size(); i++) {
            code.dup(Kind.REF);
            code.push(i);
            scope.exprs.object(all.get(i));
            code.out.visitInsn(Opcodes.AASTORE);
        }
    }

    void index(Expr.Index i) {
        Type base = i.base().type();
        JavaType type = JavaType.of(i.type());
        scope.exprs.value(i.base());
        if (base instanceof TableType t) {
            TableKey key = new TableKey(scope, t, i.keys());
            key.storeTable();
            key.evaluate();
            key.find();
            key.value(i, "element");
        } else if (base instanceof VectorType) {
            scope.exprs.value(i.keys().get(0));
            scope.pushSite(i);
            code.call(Generated.class, "element", "(" + VECTOR + "J" + SITE + ")" + OBJECT);
            code.unbox(type);
        } else if (base.is(Tag.STRING)) {
            scope.exprs.value(i.keys().get(0));
            code.call(Slices.class, "at", "(" + BYTES + "J)" + BYTES);
        } else {
            throw new NotCompiled("an index of " + base.tag());
        }
    }

    void slice(Expr.Slice s) {
        Expr from = s.from();
        Expr to = s.to();
        scope.exprs.value(s.base());
        code.dup(Kind.REF);
        boolean text = s.base().type().is(Tag.STRING);
        if (text) {
            code.callVirtual(Bytes.class, "length", "()I");
        } else {
            code.callVirtual(dev.tandem.script.runtime.VectorValue.class, "size", "()I");
        }
        code.out.visitInsn(Opcodes.I2L);
        int length = code.variable(Kind.LONG);
        code.store(Kind.LONG, length);
        if (from == null) {
            code.push(0L);
        } else {
            scope.exprs.value(from);
        }
        if (to == null) {
            code.load(Kind.LONG, length);
        } else {
            scope.exprs.value(to);
        }
        String whole = text ? BYTES : VECTOR;
        code.call(Slices.class, "of", "(" + whole + "JJ)" + whole);
    }

    // ---- records

    void field(Expr.Field f) {
        scope.exprs.value(f.record());
        code.dup(Kind.REF);
        code.push(f.slot());
        code.callVirtual(RecordValue.class, "get", "(I)" + OBJECT);
        orDefault(f, "field");
        code.unbox(JavaType.of(f.type()));
    }

    /**
     * Of a record and the value that its field holds, null when unset, makes the field's value.
     *
     * @param otherwise the method of {@link Generated} that is asked when the field is unset
     */
    void orDefault(Expr.Field f, String otherwise) {
        Label unset = new Label();
        Label end = new Label();
        code.dup(Kind.REF);
        code.out.visitJumpInsn(Opcodes.IFNULL, unset);
        code.out.visitInsn(Opcodes.SWAP);
        code.out.visitInsn(Opcodes.POP);
        code.out.visitJumpInsn(Opcodes.GOTO, end);
        code.out.visitLabel(unset);
        code.out.visitInsn(Opcodes.POP);
        scope.pushSite(f);
        code.call(Generated.class, otherwise, "(" + RECORD + SITE + ")" + OBJECT);
        code.out.visitLabel(end);
    }

    void hasField(Expr.HasField f) {
        scope.exprs.value(f.record());
        scope.pushSite(f);
        code.call(Generated.class, "has", "(" + RECORD + SITE + ")Z");
    }

    // ---- in

    void in(Expr.In i) {
        Type container = i.container().type();
        if (container instanceof TableType t) {
            TableKey key = new TableKey(scope, t, i.element());
            key.evaluate();
            scope.exprs.value(i.container());
            key.storeTable();
            key.find();
            key.contains();
            return;
        }
        Expr element = i.element().get(0);
        if (container.is(Tag.SUBNET) && element.type().is(Tag.ADDR)) {
            scope.exprs.value(element);
            scope.exprs.value(i.container());
            code.out.visitInsn(Opcodes.SWAP);
            code.callVirtual(dev.tandem.core.value.Subnet.class, "contains", "(Ldev/tandem/core/value/Addr;)Z");
            return;
        }
        scope.exprs.object(element);
        scope.exprs.object(i.container());
        code.out.visitInsn(Opcodes.SWAP);
        code.call(Tables.class, "holds", "(" + OBJECT + OBJECT + ")Z");
    }
}
