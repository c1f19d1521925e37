package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.interp.Casts;
import dev.tandem.script.interp.Coercions;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Compiles switches: a table of values gives the number of the case. */
final class Switches {
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String TYPE = "Ldev/tandem/script/types/Type;";

    private final Scope scope;
    private final Code code;

    Switches(Scope scope) {
        this.scope = scope;
        this.code = scope.code;
    }

    void choose(Stmt.Switch x) {
        Type type = x.value().type();
        int value = code.variable(Kind.REF);
        code.located(x.at(), () -> scope.exprs.object(x.value()));
        code.store(Kind.REF, value);
        List<Label> bodies =
                IntStream.range(0, x.cases().size()).mapToObj(i -> new Label()).toList();
        Label end = new Label();
        Label otherwise = end;
        Label typed = new Label();
        for (int i = 0; i < bodies.size(); i++) {
            if (x.cases().get(i).isDefault()) {
                otherwise = bodies.get(i);
            }
        }
        Map<Object, Integer> targets = targets(x);
        if (!targets.isEmpty()) {
            code.push(targets, Map.class);
            code.load(Kind.REF, value);
            code.call(Generated.class, "caseOf", "(Ljava/util/Map;" + OBJECT + ")I");
            code.out.visitTableSwitchInsn(0, bodies.size() - 1, typed, bodies.toArray(Label[]::new));
        }
        code.out.visitLabel(typed);
        typeCases(x, type, value, bodies);
        code.out.visitJumpInsn(Opcodes.GOTO, otherwise);
        for (int i = 0; i < bodies.size(); i++) {
            code.out.visitLabel(bodies.get(i));
            Label following = i + 1 < bodies.size() ? bodies.get(i + 1) : end;
            scope.stmts.inside(
                    new Stmts.Around(end, null, following, () -> {}),
                    x.cases().get(i).body());
            code.out.visitJumpInsn(Opcodes.GOTO, end);
        }
        code.out.visitLabel(end);
    }

    private Map<Object, Integer> targets(Stmt.Switch x) {
        Map<Object, Integer> targets = new HashMap<>();
        for (int i = 0; i < x.cases().size(); i++) {
            for (Expr e : x.cases().get(i).values()) {
                targets.putIfAbsent(scope.interpreter.evaluate(e), i);
            }
        }
        return targets;
    }

    private void typeCases(Stmt.Switch x, Type type, int value, List<Label> bodies) {
        if (x.cases().stream().allMatch(c -> c.types().isEmpty())) {
            return;
        }
        int any = code.variable(Kind.REF);
        code.push(type, Type.class);
        code.push(Types.ANY, Type.class);
        code.load(Kind.REF, value);
        code.call(Coercions.class, "convert", "(" + TYPE + TYPE + OBJECT + ")" + OBJECT);
        code.store(Kind.REF, any);
        for (int i = 0; i < bodies.size(); i++) {
            for (Stmt.TypeCase t : x.cases().get(i).types()) {
                Label not = new Label();
                code.load(Kind.REF, any);
                code.push(t.type(), Type.class);
                code.call(Casts.class, "orNull", "(" + OBJECT + TYPE + ")" + OBJECT);
                Local local = t.local();
                if (local == null) {
                    code.out.visitJumpInsn(Opcodes.IFNULL, not);
                } else {
                    Label no = new Label();
                    code.dup(Kind.REF);
                    code.out.visitJumpInsn(Opcodes.IFNULL, no);
                    code.unbox(JavaType.of(local.type()));
                    scope.store(local);
                    code.out.visitJumpInsn(Opcodes.GOTO, bodies.get(i));
                    code.out.visitLabel(no);
                    code.pop(Kind.REF);
                    code.out.visitJumpInsn(Opcodes.GOTO, not);
                }
                if (local == null) {
                    code.out.visitJumpInsn(Opcodes.GOTO, bodies.get(i));
                }
                code.out.visitLabel(not);
            }
        }
    }
}
