package dev.tandem.script.gen;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes scripts at random that load without errors and end: arithmetic, strings, records, tables, vectors, loops, calls. Some
 * fail while they run, on purpose: division by zero, missing elements, counts below zero, locals that nobody set.
 */
final class RandomScripts {
    private enum T {
        COUNT("count"),
        INT("int"),
        DOUBLE("double"),
        BOOL("bool"),
        STRING("string");

        final String name;

        T(String name) {
            this.name = name;
        }
    }

    private record Var(String name, T type) {}

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<Var> scope = new ArrayList<>();
    private int functions;
    private int names;
    private int budget;
    private int loops;

    RandomScripts(long seed) {
        random = new Random(seed);
    }

    /** A script whose handlers print what its functions give. */
    String next() {
        out.append("global reporter_error: event(t: time, msg: string, location: string);\n")
                .append("event reporter_error(t: time, msg: string, location: string) { print msg, location; }\n")
                .append("type R: record { n: count &default=3; s: string &optional; d: double &default=0.5; };\n")
                .append(
                        "global gc: count = 1;\nglobal gi: int = -2;\nglobal gd: double = 1.5;\nglobal gs: string = \"g\";\n")
                .append("global gb: bool = F;\n")
                .append("global tc: table[count] of count &default=7;\n")
                .append("global ts: table[string] of count;\n")
                .append("global tp: table[string, count] of int &default=-1;\n")
                .append("global ss: set[string, string];\n")
                .append("global gv: vector of count = vector(1, 2, 3);\n")
                .append("global gr: R = R();\n");
        for (functions = 0; functions < 4; functions++) {
            function();
        }
        out.append("global run: event(n: count, s: string);\n");
        for (int handler = 0; handler < 3; handler++) {
            scope.clear();
            scope.add(new Var("n", T.COUNT));
            scope.add(new Var("s", T.STRING));
            out.append("event run(n: count, s: string)\n\t{\n");
            budget = 6;
            for (int i = 0; i < 3; i++) {
                statement(1);
            }
            for (int f = 0; f < functions; f++) {
                out.append("\tprint ").append(call(f, 1)).append(";\n");
            }
            out.append("\tprint gc, gi, gd, gs, gb, tc, ts, tp, ss, gv, gr;\n\t}\n");
        }
        out.append(
                "event zeek_init()\n\t{\n\tlocal i = 0;\n\twhile ( i < 5 )\n\t\t{\n\t\tevent run(i, cat(\"x\", i));\n\t\t++i;\n\t\t}\n\t}\n");
        return out.toString();
    }

    private int pick(int n) {
        return random.nextInt(n);
    }

    private T type() {
        return T.values()[pick(T.values().length)];
    }

    private void function() {
        scope.clear();
        scope.add(new Var("a", T.COUNT));
        scope.add(new Var("b", T.INT));
        scope.add(new Var("c", T.DOUBLE));
        scope.add(new Var("d", T.STRING));
        T yield = result(functions);
        out.append("function f")
                .append(functions)
                .append("(a: count, b: int, c: double, d: string): ")
                .append(yield.name);
        out.append("\n\t{\n");
        budget = 14;
        loops = 0;
        int statements = 3 + pick(4);
        for (int i = 0; i < statements; i++) {
            statement(1);
        }
        if (pick(8) > 0) {
            out.append("\treturn ").append(expr(yield, 3)).append(";\n");
        }
        out.append("\t}\n");
    }

    private static T result(int function) {
        return T.values()[function % T.values().length];
    }

    private String call(int f, int depth) {
        return "f" + f + "(" + expr(T.COUNT, depth) + ", " + expr(T.INT, depth) + ", " + expr(T.DOUBLE, depth) + ", "
                + expr(T.STRING, depth) + ")";
    }

    // ---- statements

    private void line(int depth, String text) {
        out.append("\t".repeat(depth)).append(text).append('\n');
    }

    private void block(int depth, int statements) {
        line(depth + 1, "{");
        int known = scope.size();
        for (int i = 0; i < statements; i++) {
            statement(depth + 1);
        }
        while (scope.size() > known) {
            scope.remove(scope.size() - 1);
        }
        line(depth + 1, "}");
    }

    private void statement(int depth) {
        if (--budget < 0) {
            line(depth, "++gc;");
            return;
        }
        switch (pick(18)) {
            case 0, 1, 2 -> {
                T t = type();
                String name = "v" + names++;
                line(depth, "local " + name + " = " + expr(t, 3) + ";");
                scope.add(new Var(name, t));
            }
            case 3 -> {
                T t = type();
                String name = "u" + names++;
                line(depth, "local " + name + ": " + t.name + ";");
                if (pick(3) > 0) {
                    line(depth, "if ( " + expr(T.BOOL, 2) + " )");
                    line(depth + 1, name + " = " + expr(t, 2) + ";");
                }
                scope.add(new Var(name, t));
            }
            case 4, 5 -> assign(depth);
            case 6 -> {
                line(depth, "if ( " + expr(T.BOOL, 3) + " )");
                block(depth, 1 + pick(2));
                if (pick(2) == 0) {
                    line(depth, "else");
                    block(depth, 1 + pick(2));
                }
            }
            case 7, 8 -> loop(depth);
            case 9 -> {
                line(depth, "switch ( " + expr(T.COUNT, 2) + " % 4 )");
                line(depth + 1, "{");
                for (int i = 0; i < 3; i++) {
                    line(depth + 1, "case " + i + ":");
                    int known = scope.size();
                    statement(depth + 2);
                    while (scope.size() > known) {
                        scope.remove(scope.size() - 1);
                    }
                    line(depth + 2, pick(3) == 0 ? "fallthrough;" : "break;");
                }
                line(depth + 1, "default: gi += 1; break;");
                line(depth + 1, "}");
            }
            case 10 ->
                line(
                        depth,
                        "tc[" + expr(T.COUNT, 2) + " % 5] " + (pick(2) == 0 ? "+=" : "=") + " " + expr(T.COUNT, 2)
                                + ";");
            case 11 -> line(depth, "ts[" + expr(T.STRING, 1) + "] = " + expr(T.COUNT, 2) + ";");
            case 12 ->
                line(depth, "tp[" + expr(T.STRING, 1) + ", " + expr(T.COUNT, 1) + " % 3] += " + expr(T.INT, 2) + ";");
            case 13 ->
                line(
                        depth,
                        (pick(3) == 0 ? "delete" : "add") + " ss[" + expr(T.STRING, 1) + ", " + expr(T.STRING, 1)
                                + "];");
            case 14 -> line(depth, "gv[" + expr(T.COUNT, 1) + " % 5] = " + expr(T.COUNT, 2) + ";");
            case 15 ->
                line(depth, "gr$" + (pick(2) == 0 ? "n = " + expr(T.COUNT, 2) : "s = " + expr(T.STRING, 2)) + ";");
            case 16 ->
                line(
                        depth,
                        (pick(2) == 0 ? "++" : "--") + (pick(2) == 0 ? "gc" : "tc[" + expr(T.COUNT, 1) + " % 4]")
                                + ";");
            default -> line(depth, "print " + expr(type(), 3) + ";");
        }
    }

    private void assign(int depth) {
        T t = type();
        String target = place(t);
        boolean sum = t != T.BOOL && t != T.STRING && pick(2) == 0;
        line(depth, target + (sum ? " += " : " = ") + expr(t, 3) + ";");
    }

    private String place(T t) {
        List<Var> fitting = scope.stream()
                .filter(v -> v.type() == t && !v.name().startsWith("i"))
                .toList();
        if (!fitting.isEmpty() && pick(3) > 0) {
            return fitting.get(pick(fitting.size())).name();
        }
        return switch (t) {
            case COUNT -> "gc";
            case INT -> "gi";
            case DOUBLE -> "gd";
            case BOOL -> "gb";
            case STRING -> "gs";
        };
    }

    private void loop(int depth) {
        if (++loops > 2) {
            assign(depth);
            return;
        }
        String name = "i" + names++;
        int known = scope.size();
        switch (pick(4)) {
            case 0 -> {
                line(depth, "local " + name + " = 0;");
                line(depth, "while ( " + name + " < " + (1 + pick(5)) + " )");
                line(depth + 1, "{");
                line(depth + 2, "++" + name + ";");
                inLoop(depth, name, T.COUNT);
            }
            case 1 -> {
                line(depth, "for ( " + name + " in vector(4, 5, 6) )");
                line(depth + 1, "{");
                inLoop(depth, name, T.COUNT);
            }
            case 2 -> {
                line(depth, "for ( [" + name + ", _] in set([\"p\", 1], [\"q\", 2]) )");
                line(depth + 1, "{");
                inLoop(depth, name, T.STRING);
            }
            default -> {
                line(depth, "for ( " + name + " in \"ab\" )");
                line(depth + 1, "{");
                inLoop(depth, name, T.STRING);
            }
        }
        while (scope.size() > known) {
            scope.remove(scope.size() - 1);
        }
        loops--;
    }

    private void inLoop(int depth, String name, T type) {
        scope.add(new Var(name, type));
        statement(depth + 2);
        if (pick(3) == 0) {
            line(depth + 2, "if ( " + expr(T.BOOL, 2) + " ) " + (pick(2) == 0 ? "next;" : "break;"));
        }
        statement(depth + 2);
        line(depth + 1, "}");
    }

    // ---- expressions

    private String expr(T t, int depth) {
        List<Var> fitting = scope.stream().filter(v -> v.type() == t).toList();
        if (!fitting.isEmpty() && pick(depth + 1) == 0) {
            return fitting.get(pick(fitting.size())).name();
        }
        if (depth <= 0) {
            return leaf(t);
        }
        int d = depth - 1;
        if (functions > 0 && pick(12) == 0) {
            int f = pick(functions);
            if (result(f) == t) {
                return call(f, 0);
            }
        }
        return switch (t) {
            case COUNT -> count(d);
            case INT -> integer(d);
            case DOUBLE -> real(d);
            case BOOL -> bool(d);
            case STRING -> string(d);
        };
    }

    private String leaf(T t) {
        return switch (t) {
            case COUNT -> pick(4) == 0 ? "gc" : String.valueOf(pick(6));
            case INT -> pick(4) == 0 ? "gi" : pick(2) == 0 ? "+" + pick(6) : "-" + (1 + pick(6));
            case DOUBLE -> pick(4) == 0 ? "gd" : pick(6) + "." + pick(10);
            case BOOL -> pick(4) == 0 ? "gb" : pick(2) == 0 ? "T" : "F";
            case STRING -> pick(4) == 0 ? "gs" : "\"" + (char) ('a' + pick(4)) + "\"";
        };
    }

    private String binary(T t, int d, String... operators) {
        return "(" + expr(t, d) + " " + operators[pick(operators.length)] + " " + expr(t, d) + ")";
    }

    private String count(int d) {
        return switch (pick(9)) {
            case 0 -> "|" + expr(T.STRING, d) + "|";
            case 1 -> "tc[" + expr(T.COUNT, d) + " % 6]";
            case 2 -> pick(3) == 0 ? "ts[" + expr(T.STRING, d) + "]" : "|ss|";
            case 3 -> pick(3) == 0 ? "gv[" + expr(T.COUNT, d) + " % 6]" : "|gv|";
            case 4 -> "gr$n";
            case 5 -> "(" + expr(T.BOOL, d) + " ? " + expr(T.COUNT, d) + " : " + expr(T.COUNT, d) + ")";
            case 6 ->
                "(" + expr(T.COUNT, d) + (pick(2) == 0 ? " / " : " % ") + (pick(4) == 0 ? expr(T.COUNT, d) : "3") + ")";
            default -> binary(T.COUNT, d, "+", "-", "*", "&", "|", "^");
        };
    }

    private String integer(int d) {
        return switch (pick(5)) {
            case 0 -> "-" + expr(T.INT, d).replaceFirst("^([+-])", "");
            case 1 -> "tp[" + expr(T.STRING, d) + ", " + expr(T.COUNT, d) + "]";
            case 2 ->
                "(" + expr(T.INT, d) + (pick(2) == 0 ? " / " : " % ") + (pick(4) == 0 ? expr(T.INT, d) : "+3") + ")";
            default -> binary(T.INT, d, "+", "-", "*");
        };
    }

    private String real(int d) {
        return switch (pick(5)) {
            case 0 -> "gr$d";
            case 1 -> "(" + expr(T.COUNT, d) + " * " + expr(T.DOUBLE, d) + ")";
            case 2 -> "(" + expr(T.DOUBLE, d) + " / " + (pick(4) == 0 ? expr(T.DOUBLE, d) : "2.0") + ")";
            default -> binary(T.DOUBLE, d, "+", "-", "*");
        };
    }

    private String bool(int d) {
        return switch (pick(10)) {
            case 0 -> "! (" + expr(T.BOOL, d) + ")";
            case 1 -> "(" + expr(T.STRING, d) + " in ts)";
            case 2 -> "([" + expr(T.STRING, d) + ", " + expr(T.STRING, d) + "] in ss)";
            case 3 -> "gr?$s";
            case 4 -> binary(T.BOOL, d, "&&", "||");
            case 5 -> binary(T.STRING, d, "==", "!=", "<", ">=");
            case 6 -> binary(T.DOUBLE, d, "<", "<=", ">", ">=", "==", "!=");
            case 7 -> binary(T.INT, d, "<", "<=", ">", ">=", "==", "!=");
            default -> binary(T.COUNT, d, "<", "<=", ">", ">=", "==", "!=");
        };
    }

    private String string(int d) {
        return switch (pick(7)) {
            case 6 -> pick(2) == 0 ? "cat(gb, gd)" : "to_lower(gs + \"Q\")[0:5]";
            case 0 -> "cat(" + expr(T.COUNT, d) + ", " + expr(T.COUNT, d) + ")";
            case 1 -> "fmt(\"%s/%d\", " + expr(T.STRING, d) + ", " + expr(T.COUNT, d) + ")";
            case 2 -> "to_upper(" + expr(T.STRING, d) + ")";
            case 3 -> "sub_bytes(" + expr(T.STRING, d) + ", 1, 3)";
            case 4 -> pick(3) == 0 ? "gr$s" : "gs[0:4]";
            default -> "sub_bytes(" + expr(T.STRING, d) + " + " + expr(T.STRING, d) + ", 1, 6)";
        };
    }
}
