package dev.tandem.script.ast;

import java.util.List;
import java.util.stream.Collectors;

/** Statements as text on one line, for messages (zeek {@code src/Stmt.cc}, StmtDescribe). */
public final class StmtText {
    private StmtText() {}

    public static String of(Stmt s) {
        return switch (s) {
            case Stmt.Block b -> block(b.statements());
            case Stmt.Nothing n -> "";
            case Stmt.Eval e -> ExprText.of(e.expr());
            case Stmt.Init i -> init(i);
            case Stmt.Print p -> "print " + list(p.values());
            case Stmt.If i -> {
                Stmt otherwise = i.otherwise();
                yield "if (" + ExprText.of(i.condition()) + ") " + of(i.then())
                        + (otherwise == null ? "" : "else" + of(otherwise));
            }
            case Stmt.While w -> "while (" + ExprText.of(w.condition()) + ") " + of(w.body());
            case Stmt.For f -> loop(f);
            case Stmt.Switch w ->
                "switch (" + ExprText.of(w.value()) + ") {"
                        + w.cases().stream().map(StmtText::of).collect(Collectors.joining())
                        + "}";
            case Stmt.Return r -> {
                Expr value = r.value();
                yield value == null ? "return " : "return (" + ExprText.of(value) + ")";
            }
            case Stmt.Break b -> "break ";
            case Stmt.Next n -> "next ";
            case Stmt.Fallthrough f -> "fallthrough ";
            case Stmt.Raise r -> "event " + ExprText.of(r.event()) + "(" + list(r.args()) + ")";
            case Stmt.When w -> when(w);
            case Stmt.Assert a -> "assert " + ExprText.of(a.condition());
        };
    }

    /** A case of a switch with its labels. */
    public static String of(Stmt.Case c) {
        String types = c.types().stream().map(t -> "type " + t.type().label()).collect(Collectors.joining(", "));
        return (c.isDefault() ? "default:" : "case " + list(c.values()) + types + ":") + of(c.body());
    }

    /** {@code [a, b]}, or nothing when nothing is captured. */
    static String captures(List<Expr.Capture> captures, String separator) {
        return captures.isEmpty()
                ? ""
                : captures.stream()
                        .map(c -> (c.copy() ? "copy " : "") + c.outer().name())
                        .collect(Collectors.joining(separator, "[", "]"));
    }

    private static String block(List<Stmt> statements) {
        return statements.isEmpty()
                ? ""
                : statements.stream().map(StmtText::of).collect(Collectors.joining("", "{ ", "}"));
    }

    private static String init(Stmt.Init i) {
        Expr value = i.value();
        return value == null ? "" : i.local().name() + " = " + ExprText.of(value);
    }

    private static String loop(Stmt.For f) {
        String keys = f.keys().stream().map(k -> k == null ? "_" : k.name()).collect(Collectors.joining(",", "[", "]"));
        Local value = f.value();
        return "for (" + keys + (value == null ? "" : ", " + value.name()) + " in " + ExprText.of(f.over()) + ") "
                + of(f.body());
    }

    private static String when(Stmt.When w) {
        String captures = captures(w.captures(), ", ");
        Expr timeout = w.timeout();
        Stmt onTimeout = w.onTimeout();
        return "when " + captures + "(" + ExprText.of(w.condition()) + ") " + of(w.body())
                + (timeout == null || onTimeout == null
                        ? ""
                        : " timeout " + ExprText.of(timeout) + " " + of(onTimeout));
    }

    private static String list(List<Expr> parts) {
        return parts.stream().map(ExprText::of).collect(Collectors.joining(", "));
    }
}
