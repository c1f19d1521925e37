package dev.tandem.script.ast;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Expressions as text, for messages (zeek {@code src/Expr.cc}, ExprDescribe). */
public final class ExprText {
    private ExprText() {}

    /** A call with the arguments that its function fills in, as messages of the function show it. */
    public static String withDefaults(Expr.Call call) {
        StringJoiner args = new StringJoiner(", ", of(call.callee()) + "(", ")");
        call.args().forEach(a -> args.add(argument(call, a)));
        if (call.callee().type() instanceof FuncType f && !f.isVariadic()) {
            for (int i = call.args().size(); i < f.params().size(); i++) {
                AttributeValue left = f.params().field(i).attributes().get(Attr.DEFAULT);
                args.add(left == null ? "" : argument(left.text(), left.isConstant(), left.type()));
            }
        }
        return args.toString();
    }

    private static String argument(Expr.Call call, Expr a) {
        if (call.callee().type() instanceof FuncType f && f.isVariadic()) {
            return of(a);
        }
        if (a instanceof Expr.Coerce c && c.type().is(Tag.ANY)) {
            return "to_any_coerce " + of(c.operand());
        }
        return argument(of(a), a instanceof Expr.Const, a.type());
    }

    /* A literal without a sign is a count: where an int is wanted, Zeek shows that it was converted. */
    private static String argument(String text, boolean literal, Type type) {
        return literal && type.is(Tag.INT) && !text.startsWith("-") ? converted(text, type) : text;
    }

    public static String of(Expr e) {
        return switch (e) {
            case Expr.Bad b -> "<error>";
            case Expr.Const c -> constant(c);
            case Expr.LocalRef l -> l.local().label();
            case Expr.GlobalRef g -> g.global().name();
            case Expr.Unary u -> unary(u);
            case Expr.Step s -> (s.delta() > 0 ? "++" : "--") + of(s.target());
            case Expr.Binary b -> binary(b);
            case Expr.Logic l -> of(l.left()) + (l.and() ? " && " : " || ") + of(l.right());
            case Expr.Conditional c -> of(c.condition()) + " ? " + of(c.then()) + " : " + of(c.otherwise());
            case Expr.Assign a -> of(a.target()) + " = " + of(a.value());
            case Expr.Sequence x -> of(x.first());
            case Expr.Compound c -> of(c.target()) + " " + c.op().symbol() + "= " + of(c.value());
            case Expr.Index i -> of(i.base()) + "[" + list(i.keys()) + "]";
            case Expr.Slice s ->
                of(s.base())
                        + "["
                        + (s.from() == null ? "0" : of(s.from()))
                        + ":"
                        + (s.to() == null ? "" : of(s.to()))
                        + "]";
            case Expr.Field f -> of(f.record()) + "$" + name(f.recordType(), f.slot());
            case Expr.HasField f -> of(f.record()) + "?$" + name(f.recordType(), f.slot());
            case Expr.In i ->
                (i.element().size() == 1 ? of(i.element().get(0)) : "[" + list(i.element()) + "]")
                        + " in "
                        + of(i.container());
            case Expr.Call c ->
                of(c.callee())
                        + "("
                        + c.args().stream().map(a -> argument(c, a)).collect(Collectors.joining(", "))
                        + ")";
            case Expr.RecordCtor r -> record(r);
            case Expr.TableCtor t ->
                (t.type().yield() == null ? "set(" : "table(")
                        + t.entries().stream().map(ExprText::entry).collect(Collectors.joining(", "))
                        + ")";
            case Expr.InitList l -> l.entries().stream().map(ExprText::entry).collect(Collectors.joining(", "));
            case Expr.VectorCtor v -> "vector(" + list(v.elements()) + ")";
            case Expr.ListExpr l -> list(l.parts());
            case Expr.Coerce c -> coerce(c);
            case Expr.Cast c -> of(c.operand()) + " as " + c.type().label();
            case Expr.CanCast c -> of(c.operand()) + " ?as " + c.wanted().label();
            case Expr.IsType i -> of(i.operand()) + " is " + i.wanted().label();
            case Expr.Lambda l ->
                l.type().label()
                        + StmtText.captures(l.captures(), ",  ")
                        + StmtText.of(l.body().body());
            case Expr.Schedule s -> "schedule " + of(s.when()) + " { " + of(s.event()) + "(" + list(s.args()) + ") }";
            case Expr.Add a -> "add " + of(a.element());
            case Expr.Delete d -> "delete " + of(d.what());
        };
    }

    private static String name(RecordType type, int slot) {
        return type.field(slot).name();
    }

    private static String list(List<Expr> parts) {
        return parts.stream().map(ExprText::of).collect(Collectors.joining(", "));
    }

    /* Zeek reads a > b as b < a, and a == 1 as 1 == a, and shows them so. */
    private static String binary(Expr.Binary b) {
        return switch (b.op()) {
            case GT -> of(b.right()) + " < " + of(b.left());
            case GE -> of(b.right()) + " <= " + of(b.left());
            case EQ, NE ->
                isName(b.left()) && !isName(b.right())
                        ? of(b.right()) + " " + b.op().symbol() + " " + of(b.left())
                        : of(b.left()) + " " + b.op().symbol() + " " + of(b.right());
            default -> of(b.left()) + " " + b.op().symbol() + " " + of(b.right());
        };
    }

    private static boolean isName(Expr e) {
        return e instanceof Expr.LocalRef || e instanceof Expr.GlobalRef;
    }

    private static String unary(Expr.Unary u) {
        return switch (u.op()) {
            case SIZE -> "|" + of(u.operand()) + "|";
            case COPY -> "copy(" + of(u.operand()) + ")";
            default -> u.op().symbol() + of(u.operand());
        };
    }

    private static String coerce(Expr.Coerce c) {
        return switch (c.kind()) {
            case ARITHMETIC, RECORD, CONTAINER -> converted(of(c.operand()), c.type());
            case TO_ANY, FROM_ANY -> of(c.operand());
        };
    }

    private static String converted(String operand, Type to) {
        return "(coerce " + operand + " to " + to.label() + ")";
    }

    private static String record(Expr.RecordCtor r) {
        String name = r.type().name();
        String fields = r.fields().stream()
                .map(f -> "$" + f.name() + "=" + of(f.value()))
                .collect(Collectors.joining(", "));
        return name == null ? "[" + fields + "]" : name + "(" + fields + ")";
    }

    private static String entry(Expr.TableEntry e) {
        Expr value = e.value();
        String keys = list(e.keys());
        return value == null ? keys : keys + " = " + of(value);
    }

    private static String constant(Expr.Const c) {
        Type type = c.type();
        Object v = c.value();
        return switch (v) {
            case Boolean b -> b ? "T" : "F";
            case Bytes b -> b.latin1();
            case Type t -> t.label();
            case Long n -> type.is(Tag.COUNT) ? Long.toUnsignedString(n) : Long.toString(n);
            case Double d -> Describe.message(d, type);
            default -> v.toString();
        };
    }
}
