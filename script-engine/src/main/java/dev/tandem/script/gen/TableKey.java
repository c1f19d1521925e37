package dev.tandem.script.gen;

import dev.tandem.core.value.Addr;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.interp.Tables;
import dev.tandem.script.runtime.Equality;
import dev.tandem.script.runtime.KeyWords;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.Tuple;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * An access to a table by key. A key that the table holds as words stays in variables and is written into an array of this
 * access's own to probe the table; one of one or two other plain parts stays in variables too, and is made an object only to
 * be stored. Any other is made first.
 */
final class TableKey {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String TABLE = "Ldev/tandem/script/runtime/TableValue;";
    private static final String SITE = "Ldev/tandem/script/gen/Site;";

    private enum Shape {
        WORDS,
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
    private final long[] words;
    private final JavaType yield;

    /** @param type the table's */
    TableKey(Scope scope, TableType type, List<Expr> parts) {
        this.scope = scope;
        this.code = scope.code;
        this.parts = parts;
        this.shape = shape(type, parts);
        Type value = type.yield();
        yield = value == null ? JavaType.BOOL : JavaType.of(value);
        words = new long[shape == Shape.WORDS ? KeyWords.of(type.index()) : 0];
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
        if (KeyWords.of(type.index()) > 0) {
            return Shape.WORDS;
        }
        return switch (parts.size()) {
            case 1 -> Shape.ONE;
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
        if (shape == Shape.WORDS) {
            writeWords();
            loadTable();
            code.push(words, long[].class);
            code.callVirtual(TableValue.class, "find", "([J)I");
            code.store(Kind.BOOL, entry);
            return;
        }
        hash(0);
        if (shape == Shape.PAIR) {
            hash(1);
            code.call(Tuple.class, "hash", "(II)I");
        }
        code.store(Kind.BOOL, hash);
        loadTable();
        for (int i = 0; i < variables.length; i++) {
            loadPart(i);
        }
        code.load(Kind.BOOL, hash);
        code.callVirtual(TableValue.class, "find", "(" + OBJECT.repeat(variables.length) + "I)I");
        code.store(Kind.BOOL, entry);
    }

    private void writeWords() {
        int word = 0;
        for (int i = 0; i < variables.length; i++) {
            int variable = variables[i];
            Kind kind = kind(i);
            switch (parts.get(i).type().tag()) {
                case ADDR -> {
                    writeWord(word++, () -> half(variable, "high"));
                    writeWord(word++, () -> half(variable, "low"));
                }
                case PORT, ENUM ->
                    writeWord(word++, () -> {
                        code.load(Kind.REF, variable);
                        code.call(KeyWords.class, "word", "(" + OBJECT + ")J");
                    });
                default ->
                    writeWord(word++, () -> {
                        code.load(kind, variable);
                        code.toWord(kind);
                    });
            }
        }
    }

    private void half(int address, String which) {
        code.load(Kind.REF, address);
        code.callVirtual(Addr.class, which, "()J");
    }

    private void writeWord(int at, Runnable word) {
        code.push(words, long[].class);
        code.push(at);
        word.run();
        code.out.visitInsn(Opcodes.LASTORE);
    }

    private void loadPart(int i) {
        if (shape == Shape.ONE) {
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
            case WORDS -> {
                if (variables.length == 1) {
                    loadPart(0);
                } else {
                    tuple();
                }
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

    private void tuple() {
        code.push(variables.length);
        code.out.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        for (int i = 0; i < variables.length; i++) {
            code.dup(Kind.REF);
            code.push(i);
            loadPart(i);
            code.out.visitInsn(Opcodes.AASTORE);
        }
        code.call(TableValue.class, "key", "([" + OBJECT + ")" + OBJECT);
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

    /** Whether values are numbers that lie beside the key's words. */
    private boolean isNumber() {
        return shape == Shape.WORDS && yield.isScalar();
    }

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
            if (isNumber()) {
                code.callVirtual(TableValue.class, "readWord", "(I)J");
                code.fromWord(yield.kind());
            } else {
                code.callVirtual(TableValue.class, "read", "(I)" + OBJECT);
                code.unbox(yield);
            }
            code.out.visitJumpInsn(Opcodes.GOTO, end);
            code.out.visitLabel(missing);
        }
        loadTable();
        key();
        scope.pushSite(site);
        code.call(Generated.class, otherwise, descriptor);
        code.unbox(yield);
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

    /** Stores the value that is in a variable, of the yield's kind. */
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
        if (shape == Shape.WORDS) {
            code.push(words, long[].class);
        } else {
            ownKey();
            code.load(Kind.BOOL, hash);
        }
        String key = shape == Shape.WORDS ? "[J" : OBJECT + "I";
        code.callVirtual(TableValue.class, "insert", "(" + key + loadValue(value) + ")V");
        loadTable();
        scope.pushSite(site);
        code.call(Generated.class, "inserted", "(" + TABLE + SITE + ")V");
        code.out.visitLabel(end);
    }

    /** Pushes a value as entries hold it; returns its descriptor. */
    private String loadValue(int value) {
        code.load(yield.kind(), value);
        if (isNumber()) {
            code.toWord(yield.kind());
            return "J";
        }
        code.box(yield.kind());
        return OBJECT;
    }

    private void replace(int value) {
        loadTable();
        code.load(Kind.BOOL, entry);
        if (isNumber()) {
            loadValue(value);
            code.callVirtual(TableValue.class, "replaceWord", "(IJ)V");
        } else {
            loadValue(value);
            code.callVirtual(TableValue.class, "replace", "(I" + OBJECT + ")" + OBJECT);
            code.pop(Kind.REF);
        }
    }

    private void putAnew(Expr.Index site, int value) {
        loadTable();
        ownKey();
        code.load(yield.kind(), value);
        code.box(yield.kind());
        scope.pushSite(site);
        code.call(Generated.class, "put", "(" + TABLE + OBJECT + OBJECT + SITE + ")V");
    }

    /** Keeps what {@link #putBack} needs: how often the table had changed. */
    int rememberChanges() {
        int changes = code.variable(Kind.BOOL);
        loadTable();
        code.callVirtual(TableValue.class, "changes", "()I");
        code.store(Kind.BOOL, changes);
        return changes;
    }

    /** As {@link #put}, when the table may have changed since {@link #find}. */
    void putBack(Expr.Index site, int value, int changes) {
        if (shape == Shape.OBJECT) {
            putAnew(site, value);
            return;
        }
        Label moved = new Label();
        Label end = new Label();
        code.load(Kind.BOOL, entry);
        code.out.visitJumpInsn(Opcodes.IFLT, moved);
        loadTable();
        code.callVirtual(TableValue.class, "changes", "()I");
        code.load(Kind.BOOL, changes);
        code.out.visitJumpInsn(Opcodes.IF_ICMPNE, moved);
        replace(value);
        code.out.visitJumpInsn(Opcodes.GOTO, end);
        code.out.visitLabel(moved);
        putAnew(site, value);
        code.out.visitLabel(end);
    }
}
