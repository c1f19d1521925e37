package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.ast.StmtText;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the cases of a switch must be (zeek {@code src/Stmt.cc}). */
public final class SwitchRules {
    private final Diagnostics diagnostics;

    public SwitchRules(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** A case by itself, at its end. */
    public void check(Stmt.Case c) {
        if (!ends(c.body())) {
            diagnostics.error(mention(c), "case block must end in break/fallthrough/return statement");
        }
        if (c.types().stream().anyMatch(t -> t.local() != null)) {
            refuseFallthrough(c.body());
        }
    }

    /** All cases together. */
    public void check(Stmt.Switch s) {
        Set<Object> values = new HashSet<>();
        List<Type> types = new ArrayList<>();
        Stmt.Case byDefault = null;
        for (Stmt.Case c : s.cases()) {
            for (Expr e : c.values()) {
                if (e instanceof Expr.Const v && !values.add(v.value())) {
                    diagnostics.error(Mention.of(e), "duplicate case label");
                }
            }
            for (Stmt.TypeCase t : c.types()) {
                Type of = s.value().type();
                if (!of.is(Tag.ANY) && !CastRules.isData(of) && !TypeRules.same(of, t.type())) {
                    diagnostics.error(mention(c), "cannot cast switch expression to case type");
                } else if (types.stream().anyMatch(known -> TypeRules.same(known, t.type()))) {
                    diagnostics.error(mention(c), "duplicate case label");
                } else {
                    types.add(t.type());
                }
            }
            if (c.isDefault()) {
                if (byDefault != null) {
                    diagnostics.error(mention(c), mention(byDefault), "multiple default labels");
                }
                byDefault = c;
            }
        }
        boolean byValue = s.cases().stream().anyMatch(c -> !c.values().isEmpty());
        if (byValue && !types.isEmpty()) {
            Position begin = new Position(s.at().source(), s.at().line(), s.at().column());
            diagnostics.error(new Mention(begin, StmtText.of(s)), "cannot mix cases with expressions and types");
        }
    }

    private static Mention mention(Stmt.Case c) {
        return new Mention(c.body().at(), StmtText.of(c));
    }

    private static boolean ends(Stmt s) {
        return switch (s) {
            case Stmt.Break b -> true;
            case Stmt.Fallthrough f -> true;
            case Stmt.Return r -> true;
            case Stmt.Block b ->
                !b.statements().isEmpty()
                        && ends(b.statements().get(b.statements().size() - 1));
            default -> false;
        };
    }

    private void refuseFallthrough(Stmt s) {
        switch (s) {
            case Stmt.Fallthrough f -> diagnostics.error(f.at(), "invalid 'fallthrough' in type-casting 'case' block");
            case Stmt.Block b -> b.statements().forEach(this::refuseFallthrough);
            case Stmt.If i -> {
                refuseFallthrough(i.then());
                Stmt otherwise = i.otherwise();
                if (otherwise != null) {
                    refuseFallthrough(otherwise);
                }
            }
            case Stmt.While w -> refuseFallthrough(w.body());
            case Stmt.For f -> refuseFallthrough(f.body());
            default -> {}
        }
    }
}
