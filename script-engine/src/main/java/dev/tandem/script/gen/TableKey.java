package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.interp.Tables;
import dev.tandem.script.runtime.Equality;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.Tuple;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * An access to a table by key. A key of one or two plain parts stays in variables, and the table is probed with those; the
 * key as an object is made only to be stored. Any other is made first.
 */
final class TableKey {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String TABLE = "Ldev/tandem/script/runtime/TableValue;";
    private static final String SITE = "Ldev/tandem/script/gen/Site;";

    private enum Shape {
        NUMBER,
        ONE,
        PAIR,
        OBJECT
    }

    private final Scope scope;
    private final Code code;
    private final List<Expr> parts;
    private final Shape shape;
    private final int table;
    private final int[] variables;
    private final int hash;
    private final int entry;

    /** @param type the table's */
    TableKey(Scope scope, TableType type, List<Expr> parts) {
        this.scope = scope;
        this.code = scope.code;
        this.parts = parts;
        this.shape = shape(type, parts);
        table = code.variable(Kind.REF);
        variables = new int[shape == Shape.OBJECT ? 1 : parts.size()];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = code.variable(shape == Shape.OBJECT || shape == Shape.ONE ? Kind.REF : kind(i));
        }
        hash = code.variable(Kind.BOOL);
        entry = code.variable(Kind.BOOL);
    }

    private Kind kind(int part) {
        return JavaType.of(parts.get(part).type()).kind();
    }

    private static Shape shape(TableType type, List<Expr> parts) {
        boolean plain = parts.stream().map(Expr::type).allMatch(t -> Accesses.isAtomic(t) && !t.is(Tag.PATTERN));
        if (!plain
                || type.isSubnetTable()
                || type.isPatternTable()
                || type.index().size() != parts.size()) {
            return Shape.OBJECT;
        }
        return switch (parts.size()) {
            case 1 -> JavaType.of(parts.get(0).type()).kind() == Kind.LONG ? Shape.NUMBER : Shape.ONE;
            case 2 -> Shape.PAIR;
            default -> Shape.OBJECT;
        };
    }

    /** Pops the table. */
    void storeTable() {
        code.store(Kind.REF, table);
    }

    void loadTable() {
        code.load(Kind.REF, table);
    }

    /** Evaluates the parts. */
    void evaluate() {
        if (shape == Shape.OBJECT) {
            scope.accesses.key(parts);
            code.store(Kind.REF, variables[0]);
            return;
        }
        for (int i = 0; i < variables.length; i++) {
            scope.exprs.value(parts.get(i));
            if (shape == Shape.ONE) {
                code.box(kind(i));
                code.store(Kind.REF, variables[i]);
            } else {
                code.store(kind(i), variables[i]);
            }
        }
    }

    /** Looks for the entry, with the table and the parts where they belong. */
    void find() {
        if (shape == Shape.OBJECT) {
            return;
        }
        if (shape == Shape.PAIR) {
            hash(0);
            hash(1);
            code.call(Tuple.class, "hash", "(II)I");
        } else {
            hash(0);
        }
        code.store(Kind.BOOL, hash);
        loadTable();
        for (int i = 0; i < variables.length; i++) {
            loadPart(i);
        }
        code.load(Kind.BOOL, hash);
        String key = switch (shape) {
            case NUMBER -> "J";
            case PAIR -> OBJECT + OBJECT;
            default -> OBJECT;
        };
        code.callVirtual(TableValue.class, "find", "(" + key + "I)I");
        code.store(Kind.BOOL, entry);
    }

    private void loadPart(int i) {
        if (shape == Shape.NUMBER) {
            code.load(Kind.LONG, variables[i]);
        } else if (shape == Shape.ONE) {
            code.load(Kind.REF, variables[i]);
        } else {
            code.load(kind(i), variables[i]);
            code.box(kind(i));
        }
    }

    private void hash(int i) {
        Type t = parts.get(i).type();
        if (kind(i) == Kind.LONG) {
            code.load(Kind.LONG, variables[i]);
            code.call(Equality.class, "hash", "(J)I");
            return;
        }
        loadPart(i);
        switch (t.tag()) {
            case STRING, ADDR, PORT -> code.callVirtual(JavaType.of(t).owner(), "hashCode", "()I");
            default -> code.call(Equality.class, "hash", "(" + OBJECT + ")I");
        }
    }

    /** Pushes the key as an object, fit to be stored. */
    private void ownKey() {
        switch (shape) {
            case NUMBER -> {
                code.load(Kind.LONG, variables[0]);
                code.box(Kind.LONG);
            }
            case ONE -> code.load(Kind.REF, variables[0]);
            case PAIR -> pair();
            case OBJECT -> {
                code.load(Kind.REF, variables[0]);
                if (parts.stream().anyMatch(k -> !Accesses.isAtomic(k.type()))) {
                    code.call(Tables.class, "ownKey", "(" + OBJECT + ")" + OBJECT);
                }
            }
        }
    }

    private void pair() {
        String tuple = "dev/tandem/script/runtime/Tuple";
        code.out.visitTypeInsn(Opcodes.NEW, tuple);
        code.dup(Kind.REF);
        loadPart(0);
        loadPart(1);
        code.load(Kind.BOOL, hash);
        code.out.visitMethodInsn(Opcodes.INVOKESPECIAL, tuple, "<init>", "(" + OBJECT + OBJECT + "I)V", false);
    }

    /** Pushes the key as an object that is only looked at. */
    private void key() {
        if (shape == Shape.OBJECT) {
            code.load(Kind.REF, variables[0]);
        } else {
            ownKey();
        }
    }

    // ---- accesses, after find()

    /**
     * Pushes the value.
     *
     * @param otherwise the method of {@link Generated} that is asked when the table has no such entry
     */
    void value(Expr.Index site, String otherwise) {
        String descriptor = "(" + TABLE + OBJECT + SITE + ")" + OBJECT;
        Label missing = new Label();
        Label end = new Label();
        if (shape != Shape.OBJECT) {
            code.load(Kind.BOOL, entry);
            code.out.visitJumpInsn(Opcodes.IFLT, missing);
            loadTable();
            code.load(Kind.BOOL, entry);
            code.callVirtual(TableValue.class, "read", "(I)" + OBJECT);
            code.out.visitJumpInsn(Opcodes.GOTO, end);
            code.out.visitLabel(missing);
        }
        loadTable();
        key();
        scope.pushSite(site);
        code.call(Generated.class, otherwise, descriptor);
        code.out.visitLabel(end);
    }

    /** Pushes whether the table has the entry. */
    void contains() {
        loadTable();
        if (shape == Shape.OBJECT) {
            code.load(Kind.REF, variables[0]);
            code.callVirtual(TableValue.class, "contains", "(" + OBJECT + ")Z");
        } else {
            code.load(Kind.BOOL, entry);
            code.callVirtual(TableValue.class, "hit", "(I)Z");
        }
    }

    /** Stores the object that is in a variable. */
    void put(Expr.Index site, int value) {
        if (shape == Shape.OBJECT) {
            putAnew(site, value);
            return;
        }
        Label insert = new Label();
        Label end = new Label();
        code.load(Kind.BOOL, entry);
        code.out.visitJumpInsn(Opcodes.IFLT, insert);
        replace(value);
        code.out.visitJumpInsn(Opcodes.GOTO, end);
        code.out.visitLabel(insert);
        loadTable();
        ownKey();
        code.load(Kind.BOOL, hash);
        code.load(Kind.REF, value);
        scope.pushSite(site);
        code.call(Generated.class, "insert", "(" + TABLE + OBJECT + "I" + OBJECT + SITE + ")V");
        code.out.visitLabel(end);
    }

    private void replace(int value) {
        loadTable();
        code.load(Kind.BOOL, entry);
        code.load(Kind.REF, value);
        code.callVirtual(TableValue.class, "replace", "(I" + OBJECT + ")" + OBJECT);
        code.pop(Kind.REF);
    }

    private void putAnew(Expr.Index site, int value) {
        loadTable();
        ownKey();
        code.load(Kind.REF, value);
        scope.pushSite(site);
        code.call(Generated.class, "put", "(" + TABLE + OBJECT + OBJECT + SITE + ")V");
    }

    /** Keeps what {@link #putBack} needs: the key that the entry has now, null when there is no entry. */
    int rememberEntry() {
        int key = code.variable(Kind.REF);
        if (shape != Shape.OBJECT) {
            loadTable();
            code.load(Kind.BOOL, entry);
            code.callVirtual(TableValue.class, "keyAt", "(I)" + OBJECT);
            code.store(Kind.REF, key);
        }
        return key;
    }

    /** As {@link #put}, when the table may have changed since {@link #find}. */
    void putBack(Expr.Index site, int value, int rememberedKey) {
        if (shape == Shape.OBJECT) {
            putAnew(site, value);
            return;
        }
        Label moved = new Label();
        Label end = new Label();
        loadTable();
        code.load(Kind.BOOL, entry);
        code.load(Kind.REF, rememberedKey);
        code.callVirtual(TableValue.class, "isEntry", "(I" + OBJECT + ")Z");
        code.out.visitJumpInsn(Opcodes.IFEQ, moved);
        replace(value);
        code.out.visitJumpInsn(Opcodes.GOTO, end);
        code.out.visitLabel(moved);
        putAnew(site, value);
        code.out.visitLabel(end);
    }
}
