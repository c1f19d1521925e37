package dev.tandem.script.gen;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.interp.Tables;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import org.objectweb.asm.Opcodes;

/** Compiles assignments, and operators that assign. */
final class Places {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String SITE = "Ldev/tandem/script/gen/Site;";
    private static final String TABLE = "Ldev/tandem/script/runtime/TableValue;";
    private static final String VECTOR = "Ldev/tandem/script/runtime/VectorValue;";
    private static final String GLOBAL = "Ldev/tandem/script/ast/Global;";

    private final Scope scope;
    private final Code code;

    Places(Scope scope) {
        this.scope = scope;
        this.code = scope.code;
    }

    // ---- assignment

    /** @param kept whether the value is left on the stack */
    void assign(Expr.Assign a, boolean kept) {
        code.located(a.at(), () -> {
            JavaType type = JavaType.of(a.value().type());
            scope.exprs.value(a.value());
            if (kept) {
                code.dup(type.kind());
            }
            scope.adapt(type, JavaType.of(a.target().type()));
            store(a.target());
        });
    }

    /** Pops a value of the target's type into it. */
    private void store(Expr target) {
        Kind kind = JavaType.of(target.type()).kind();
        switch (target) {
            case Expr.LocalRef l -> scope.store(l.local());
            case Expr.GlobalRef g -> storeGlobal(g.global(), kind);
            case Expr.Field f -> {
                int value = boxedAway(kind);
                scope.exprs.value(f.record());
                code.push(f.slot());
                code.load(Kind.REF, value);
                code.callVirtual(RecordValue.class, "set", "(I" + OBJECT + ")V");
            }
            case Expr.Index i -> {
                if (i.base().type() instanceof TableType t) {
                    storeEntry(i, t, away(kind));
                } else {
                    storeElement(i, boxedAway(kind));
                }
            }
            default -> throw new NotCompiled("a place of another kind");
        }
    }

    private void storeEntry(Expr.Index i, TableType table, int value) {
        scope.exprs.value(i.base());
        TableKey key = new TableKey(scope, table, i.keys());
        key.storeTable();
        key.evaluate();
        key.find();
        key.put(i, value);
    }

    private void storeElement(Expr.Index i, int value) {
        scope.exprs.value(i.base());
        code.dup(Kind.REF);
        scope.exprs.value(i.keys().get(0));
        scope.pushSite(i);
        code.call(Generated.class, "position", "(" + VECTOR + "J" + SITE + ")I");
        code.load(Kind.REF, value);
        code.callVirtual(VectorValue.class, "set", "(I" + OBJECT + ")V");
    }

    private int boxedAway(Kind kind) {
        code.box(kind);
        return away(Kind.REF);
    }

    private int away(Kind kind) {
        int value = code.variable(kind);
        code.store(kind, value);
        return value;
    }

    private void storeGlobal(Global g, Kind kind) {
        if (kind == Kind.REF) {
            code.push(g, Global.class);
            code.out.visitInsn(Opcodes.SWAP);
            code.callVirtual(Global.class, "value", "(" + OBJECT + ")V");
            return;
        }
        int value = code.variable(kind);
        code.store(kind, value);
        code.push(g, Global.class);
        code.load(kind, value);
        code.call(Cells.class, "set", "(" + GLOBAL + kind.descriptor + ")V");
    }

    /** A key of aggregates is copied before it is stored. */
    private void ownKey(Expr.Index i) {
        if (i.keys().stream().anyMatch(k -> !Accesses.isAtomic(k.type()))) {
            code.call(Tables.class, "ownKey", "(" + OBJECT + ")" + OBJECT);
        }
    }

    // ---- operators that assign

    /** @param kept whether the new value is left on the stack */
    void step(Expr.Step s, boolean kept) {
        code.located(
                s.at(),
                () -> update(s.target(), kept, () -> {
                    if (s.delta() < 0 && s.type().is(Tag.COUNT)) {
                        scope.pushSite(s);
                        code.call(Generated.class, "decrement", "(J" + SITE + ")J");
                    } else {
                        code.push((long) s.delta());
                        code.out.visitInsn(Opcodes.LADD);
                    }
                }));
    }

    void compound(Expr.Compound c, boolean kept) {
        code.located(
                c.at(),
                () -> update(c.target(), kept, () -> {
                    BinaryOp op = c.op();
                    switch (JavaType.of(c.type()).kind()) {
                        case LONG -> scope.operators.longs(op, c.type().tag(), c.value(), c, false);
                        case DOUBLE -> {
                            scope.exprs.value(c.value());
                            scope.operators.doubles(op, c.value(), c, false);
                        }
                        default -> {
                            scope.exprs.value(c.value());
                            scope.operators.concat();
                        }
                    }
                }));
    }

    /**
     * Changes a place in place; its operands are evaluated once.
     *
     * @param change makes the new value of the old one, both on the stack
     */
    private void update(Expr target, boolean kept, Runnable change) {
        JavaType type = JavaType.of(target.type());
        Kind kind = type.kind();
        switch (target) {
            case Expr.LocalRef l -> {
                scope.exprs.value(l);
                change.run();
                if (kept) {
                    code.dup(kind);
                }
                scope.store(l.local());
            }
            case Expr.GlobalRef g -> {
                scope.exprs.value(g);
                change.run();
                if (kept) {
                    code.dup(kind);
                }
                storeGlobal(g.global(), kind);
            }
            case Expr.Field f -> updateField(f, type, kept, change);
            case Expr.Index i -> {
                if (i.base().type() instanceof TableType t) {
                    updateEntry(i, t, type, kept, change);
                } else {
                    updateElement(i, type, kept, change);
                }
            }
            default -> throw new NotCompiled("a place of another kind");
        }
    }

    private void updateField(Expr.Field f, JavaType type, boolean kept, Runnable change) {
        scope.exprs.value(f.record());
        int record = code.variable(Kind.REF);
        code.dup(Kind.REF);
        code.store(Kind.REF, record);
        code.dup(Kind.REF);
        code.push(f.slot());
        code.callVirtual(RecordValue.class, "get", "(I)" + OBJECT);
        scope.accesses.orDefault(f, "changing");
        code.unbox(type);
        change.run();
        int value = keptBoxed(type.kind(), kept);
        code.load(Kind.REF, record);
        code.push(f.slot());
        code.load(Kind.REF, value);
        code.callVirtual(RecordValue.class, "set", "(I" + OBJECT + ")V");
    }

    private void updateEntry(Expr.Index i, TableType table, JavaType type, boolean kept, Runnable change) {
        scope.exprs.value(i.base());
        TableKey key = new TableKey(scope, table, i.keys());
        key.storeTable();
        key.evaluate();
        key.find();
        int changes = key.rememberChanges();
        key.value(i, "stored");
        change.run();
        if (kept) {
            code.dup(type.kind());
        }
        key.putBack(i, away(type.kind()), changes);
    }

    private void updateElement(Expr.Index i, JavaType type, boolean kept, Runnable change) {
        int vector = code.variable(Kind.REF);
        int index = code.variable(Kind.LONG);
        int at = code.variable(Kind.BOOL);
        scope.exprs.value(i.base());
        code.dup(Kind.REF);
        code.store(Kind.REF, vector);
        scope.exprs.value(i.keys().get(0));
        code.dup(Kind.LONG);
        code.store(Kind.LONG, index);
        scope.pushSite(i);
        code.call(Generated.class, "position", "(" + VECTOR + "J" + SITE + ")I");
        code.dup(Kind.BOOL);
        code.store(Kind.BOOL, at);
        code.load(Kind.REF, vector);
        code.out.visitInsn(Opcodes.SWAP);
        code.load(Kind.LONG, index);
        scope.pushSite(i);
        code.call(Generated.class, "stored", "(" + VECTOR + "IJ" + SITE + ")" + OBJECT);
        code.unbox(type);
        change.run();
        int value = keptBoxed(type.kind(), kept);
        code.load(Kind.REF, vector);
        code.load(Kind.BOOL, at);
        code.load(Kind.REF, value);
        code.callVirtual(VectorValue.class, "set", "(I" + OBJECT + ")V");
    }

    private int keptBoxed(Kind kind, boolean kept) {
        if (kept) {
            code.dup(kind);
        }
        return boxedAway(kind);
    }

    // ---- sets

    /** Pushes whether the element is new. */
    void add(Expr.Add a) {
        code.located(a.at(), () -> {
            scope.exprs.value(a.element().base());
            scope.accesses.key(a.element().keys());
            ownKey(a.element());
            scope.pushSite(a.element());
            code.call(Generated.class, "add", "(" + TABLE + OBJECT + SITE + ")Z");
        });
    }

    /** Pushes whether the entry was there. */
    void delete(Expr.Delete d) {
        if (!(d.what() instanceof Expr.Index i) || !(i.base().type() instanceof TableType)) {
            throw new NotCompiled("a deletion of another kind");
        }
        scope.exprs.value(i.base());
        scope.accesses.key(i.keys());
        scope.pushSite(i);
        code.call(Generated.class, "remove", "(" + TABLE + OBJECT + SITE + ")Z");
    }
}
