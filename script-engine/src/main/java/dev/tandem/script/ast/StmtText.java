package dev.tandem.script.ast;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Statements as text (zeek {@code src/Stmt.cc}, StmtDescribe): on one line for messages, or with line ends and semicolons, as a
 * function prints.
 */
public final class StmtText {
    private static final StmtText LINE = new StmtText("", "");
    private static final StmtText LINES = new StmtText(";", "\n");

    private final String end;
    private final String newline;

    private StmtText(String end, String newline) {
        this.end = end;
        this.newline = newline;
    }

    public static String of(Stmt s) {
        return LINE.text(s);
    }

    /** Over several lines. */
    public static String lines(Stmt s) {
        return LINES.text(s);
    }

    /** A case of a switch with its labels. */
    public static String of(Stmt.Case c) {
        return LINE.text(c);
    }

    private String text(Stmt s) {
        return switch (s) {
            case Stmt.Block b -> block(b.statements());
            case Stmt.Nothing n -> end;
            case Stmt.Eval e -> ExprText.of(e.expr()) + end;
            case Stmt.Init i -> init(i) + end;
            case Stmt.Print p -> "print " + list(p.values()) + end;
            case Stmt.If i -> {
                Stmt otherwise = i.otherwise();
                yield "if (" + ExprText.of(i.condition()) + ") " + inner(i.then())
                        + (otherwise == null ? "" : "else" + inner(otherwise));
            }
            case Stmt.While w -> "while (" + ExprText.of(w.condition()) + ") " + inner(w.body());
            case Stmt.For f -> loop(f);
            case Stmt.Switch w ->
                "switch (" + ExprText.of(w.value()) + ") {"
                        + newline
                        + w.cases().stream().map(this::text).collect(Collectors.joining())
                        + newline
                        + "}"
                        + newline;
            case Stmt.Return r -> {
                Expr value = r.value();
                yield (value == null ? "return " : "return (" + ExprText.of(value) + ")") + end;
            }
            case Stmt.Break b -> "break " + end;
            case Stmt.Next n -> "next " + end;
            case Stmt.Fallthrough f -> "fallthrough " + end;
            case Stmt.Raise r -> "event " + ExprText.of(r.event()) + "(" + list(r.args()) + ")" + end;
            case Stmt.When w -> when(w);
            case Stmt.Assert a -> "assert " + ExprText.of(a.condition()) + end;
        };
    }

    private String inner(Stmt s) {
        String indent = newline.isEmpty() || s instanceof Stmt.Block ? "" : "\t";
        return newline + indent + text(s) + newline;
    }

    private String text(Stmt.Case c) {
        String types = c.types().stream().map(t -> "type " + t.type().label()).collect(Collectors.joining(", "));
        return (c.isDefault() ? "default:" : "case " + list(c.values()) + types + ":") + inner(c.body());
    }

    /** {@code [a, b]}, or nothing when nothing is captured. */
    static String captures(List<Expr.Capture> captures, String separator) {
        return captures.isEmpty()
                ? ""
                : captures.stream()
                        .map(c -> (c.copy() ? "copy " : "") + c.outer().label())
                        .collect(Collectors.joining(separator, "[", "]"));
    }

    private String block(List<Stmt> statements) {
        return statements.isEmpty()
                ? end
                : statements.stream().map(s -> text(s) + newline).collect(Collectors.joining("", "{ " + newline, "}"));
    }

    private static String init(Stmt.Init i) {
        Expr value = i.value();
        return value == null ? "" : i.local().label() + " = " + ExprText.of(value);
    }

    private String loop(Stmt.For f) {
        String keys =
                f.keys().stream().map(k -> k == null ? "_" : k.label()).collect(Collectors.joining(",", "[", "]"));
        Local value = f.value();
        return "for (" + keys + (value == null ? "" : ", " + value.label()) + " in " + ExprText.of(f.over()) + ") "
                + inner(f.body());
    }

    private String when(Stmt.When w) {
        String captures = captures(w.captures(), ", ");
        Expr timeout = w.timeout();
        Stmt onTimeout = w.onTimeout();
        return "when " + captures + "(" + ExprText.of(w.condition()) + ") " + inner(w.body())
                + (timeout == null || onTimeout == null
                        ? ""
                        : " timeout " + ExprText.of(timeout) + " " + inner(onTimeout));
    }

    private static String list(List<Expr> parts) {
        return parts.stream().map(ExprText::of).collect(Collectors.joining(", "));
    }
}
