package dev.tandem.script.ast;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.ListType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression whose names are resolved and whose type is known. Conversions are explicit ({@link Coerce}). */
public sealed interface Expr {
    Position at();

    Type type();

    /** What stands where an expression has an error, so that it is reported once. */
    record Bad(Position at) implements Expr {
        @Override
        public Type type() {
            return Types.ERROR;
        }
    }

    /** A literal, enum constant or type name. */
    record Const(Position at, Type type, Object value) implements Expr {}

    record LocalRef(Position at, Local local) implements Expr {
        @Override
        public Type type() {
            return local.type();
        }
    }

    record GlobalRef(Position at, Global global, Type type) implements Expr {}

    /** Operators on one operand. */
    enum UnaryOp {
        NOT("!"),
        NEGATE("-"),
        PLUS("+"),
        COMPLEMENT("~"),
        SIZE("|"),
        COPY("copy");

        private final String symbol;

        UnaryOp(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    record Unary(Position at, UnaryOp op, Expr operand, Type type) implements Expr {}

    /** {@code ++x} and {@code --x}: the new value. */
    record Step(Position at, Expr target, int delta) implements Expr {
        @Override
        public Type type() {
            return target.type();
        }
    }

    record Binary(Position at, BinaryOp op, Expr left, Expr right, Type type) implements Expr {}

    /** {@code &&} and {@code ||}. */
    record Logic(Position at, boolean and, Expr left, Expr right, Type type) implements Expr {}

    record Conditional(Position at, Expr condition, Expr then, Expr otherwise, Type type) implements Expr {}

    /** Assignment to a variable, index, slice, field or list of those; its value is what was assigned. */
    record Assign(Position at, Expr target, Expr value) implements Expr {
        @Override
        public Type type() {
            return value.type();
        }
    }

    /** Evaluates the first, then gives the value of the second. */
    record Sequence(Position at, Expr first, Expr second) implements Expr {
        @Override
        public Type type() {
            return second.type();
        }
    }

    /** {@code target op= value}. */
    record Compound(Position at, BinaryOp op, Expr target, Expr value) implements Expr {
        @Override
        public Type type() {
            return target.type();
        }
    }

    /** {@code base[keys]} of a table, vector or string. */
    record Index(Position at, Expr base, List<Expr> keys, Type type) implements Expr {}

    /** {@code base[from:to]}; a missing bound is the string's or vector's own. */
    record Slice(
            Position at,
            Expr base,
            @Nullable Expr from,
            @Nullable Expr to,
            Type type) implements Expr {}

    record Field(Position at, Expr record, RecordType recordType, int slot, Type type) implements Expr {}

    /** {@code record?$field}. */
    record HasField(Position at, Expr record, RecordType recordType, int slot) implements Expr {
        @Override
        public Type type() {
            return Types.BOOL;
        }
    }

    /** {@code element in container}; keys as for an index when the container is a table. */
    record In(Position at, List<Expr> element, Expr container) implements Expr {
        @Override
        public Type type() {
            return Types.BOOL;
        }
    }

    record Call(Position at, Expr callee, List<Expr> args, Type type) implements Expr {}

    record FieldInit(String name, int slot, Expr value, Position at) {}

    record RecordCtor(Position at, RecordType type, List<FieldInit> fields) implements Expr {}

    /** An element of a set or table constructor; a set-typed key stands for each of its elements. */
    record TableEntry(List<Expr> keys, @Nullable Expr value) {}

    record TableCtor(Position at, TableType type, List<TableEntry> entries, Attributes attributes) implements Expr {}

    /** {@code {...}} whose type is still to come; gone once the checker knows it. */
    record InitList(Position at, List<TableEntry> entries) implements Expr {
        private static final ListType NOTHING = new ListType(List.of());

        @Override
        public Type type() {
            return NOTHING;
        }
    }

    record VectorCtor(Position at, VectorType type, List<Expr> elements) implements Expr {}

    /** {@code [a, b]} where it is no constructor, and what stands in {@code {...}} before its type is known. */
    record ListExpr(Position at, ListType type, List<Expr> parts) implements Expr {}

    /** What a conversion does. */
    enum Coercion {
        /** Between bool, int, count, double; element by element for vectors. */
        ARITHMETIC,
        RECORD,
        /** An unspecified table, set or vector takes a type; or elements are converted one by one. */
        CONTAINER,
        TO_ANY,
        /** From any, unchecked: the checker allows it where Zeek does. */
        FROM_ANY
    }

    record Coerce(Position at, Coercion kind, Expr operand, Type type) implements Expr {}

    /** {@code e as T}: fails when the value has no such form. */
    record Cast(Position at, Expr operand, Type type) implements Expr {}

    /** {@code e ?as T}: whether {@code e as T} has a value. */
    record CanCast(Position at, Expr operand, Type wanted) implements Expr {
        @Override
        public Type type() {
            return Types.BOOL;
        }
    }

    /** {@code e is T}. */
    record IsType(Position at, Expr operand, Type wanted) implements Expr {
        @Override
        public Type type() {
            return Types.BOOL;
        }
    }

    /** A captured variable: from the creator's frame into the lambda's. */
    record Capture(Local outer, Local inner, boolean copy) {}

    record Lambda(Position at, FunctionBody body, List<Capture> captures, Type type) implements Expr {}

    /** {@code schedule when { event(args) }}. */
    record Schedule(Position at, Expr when, Expr event, List<Expr> args) implements Expr {
        @Override
        public Type type() {
            return Types.VOID;
        }
    }

    /** {@code add set[x]}. */
    record Add(Position at, Index element) implements Expr {
        @Override
        public Type type() {
            return Types.VOID;
        }
    }

    /** {@code delete table[x]}, {@code delete record$field}, {@code delete table}. */
    record Delete(Position at, Expr what) implements Expr {
        @Override
        public Type type() {
            return Types.VOID;
        }
    }
}
