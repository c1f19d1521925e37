package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;

/**
 * Which expressions compiled code leaves to the interpreter's nodes, with the locals they use passed in an array: what is
 * rare, or so much work in itself that compiling would not show. Its meaning is then written once.
 */
final class Foreign {
    private Foreign() {}

    static boolean is(Expr e) {
        return switch (e) {
            case Expr.Const c -> false;
            case Expr.LocalRef l -> false;
            case Expr.GlobalRef g -> false;
            case Expr.Unary u -> unary(u);
            case Expr.Step s -> !(JavaType.of(s.type()).kind() == Kind.LONG && isPlace(s.target()));
            case Expr.Binary b ->
                isVector(b.type())
                        || isVector(b.left().type())
                        || isVector(b.right().type());
            case Expr.Logic l -> isVector(l.type());
            case Expr.Conditional c -> isVector(c.condition().type());
            case Expr.Assign a -> !isPlace(a.target());
            case Expr.Sequence s -> false;
            case Expr.Compound c -> compound(c);
            case Expr.Index i -> index(i);
            case Expr.Slice s -> false;
            case Expr.Field f -> false;
            case Expr.HasField f -> false;
            case Expr.In i -> i.container().type() instanceof TableType t && t.isPatternTable();
            case Expr.Call c -> false;
            case Expr.RecordCtor r -> false;
            case Expr.VectorCtor v -> false;
            case Expr.Coerce c -> false;
            case Expr.Add a -> false;
            case Expr.Delete d -> !(d.what() instanceof Expr.Index);
            default -> true;
        };
    }

    private static boolean isVector(Type t) {
        return t instanceof VectorType;
    }

    private static boolean unary(Expr.Unary u) {
        Type t = u.operand().type();
        return switch (u.op()) {
            case SIZE -> !(t.is(Tag.STRING) || t instanceof TableType || isVector(t));
            case COPY -> false;
            case NOT -> !(t.is(Tag.BOOL) || t.tag().isIntegral());
            default -> !(t.tag().isIntegral() || t.tag().isFloating());
        };
    }

    private static boolean compound(Expr.Compound c) {
        Kind kind = JavaType.of(c.type()).kind();
        return !isPlace(c.target())
                || (kind != Kind.LONG && kind != Kind.DOUBLE && !c.type().is(Tag.STRING))
                || JavaType.of(c.value().type()).kind() != kind;
    }

    private static boolean index(Expr.Index i) {
        return i.base().type() instanceof TableType t
                ? t.isPatternTable()
                : isVector(i.keys().get(0).type())
                        || isVector(i.base().type()) && i.type().is(Tag.ANY);
    }

    /** Whether compiled code can store there. */
    private static boolean isPlace(Expr target) {
        return switch (target) {
            case Expr.LocalRef l -> true;
            case Expr.GlobalRef g -> true;
            case Expr.Field f -> true;
            case Expr.Index i ->
                i.base().type() instanceof TableType
                        || i.base().type() instanceof VectorType v
                                && !v.element().is(Tag.ANY)
                                && i.keys().get(0).type().tag().isIntegral();
            default -> false;
        };
    }
}
