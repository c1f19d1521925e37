package dev.tandem.script.parse;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list of what a lambda or {@code when} captures, as written, with a sign in place of what cannot be captured. */
record Captures(List<String> names, List<Boolean> copies) {
    private static final String WRONG = "<error>";

    /** Reads {@code [a, copy b]}; null when there is no list. */
    static @Nullable Captures read(ParseState p, Parser parser) {
        if (!p.accept(TokenKind.LBRACKET)) {
            return null;
        }
        Captures all = new Captures(new ArrayList<>(), new ArrayList<>());
        while (!p.at(TokenKind.RBRACKET)) {
            boolean copy = p.accept(TokenKind.COPY);
            Token name = p.expect(TokenKind.IDENT);
            all.names.add(isLocal(p, parser, name) ? name.text() : WRONG);
            all.copies.add(copy);
            if (!p.accept(TokenKind.COMMA)) {
                break;
            }
        }
        p.expect(TokenKind.RBRACKET);
        return all;
    }

    private static boolean isLocal(ParseState p, Parser parser, Token name) {
        FunctionScope scope = p.scope;
        if (scope != null && scope.find(name.text()) != null) {
            return true;
        }
        Global g = parser.names().find(name.text());
        String mistake = g == null
                ? "no such local identifier: "
                : g.kind() == Global.Kind.TYPE
                        ? "cannot specify type in capture: "
                        : "cannot specify global in capture: ";
        p.diagnostics.error(name.at(), mistake + name.text());
        return false;
    }

    /** Captures them in the scope of what they are listed for. */
    void into(FunctionScope scope) {
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals(WRONG) && scope.findHere(names.get(i)) == null) {
                scope.capture(names.get(i), copies.get(i));
            }
        }
    }

    /** The names that can be captured. */
    List<String> captured() {
        return names.stream().filter(n -> !n.equals(WRONG)).toList();
    }

    /** As written, repetitions included; for messages. */
    List<Expr.Capture> written(FunctionScope scope) {
        Local wrong = new Local(WRONG, WRONG, 0, Types.ERROR, Attributes.NONE, false, Position.NONE);
        return names.stream()
                .flatMap(n -> n.equals(WRONG)
                        ? Stream.of(new Expr.Capture(wrong, wrong, false))
                        : scope.captures().stream().filter(c -> c.inner().name().equals(n)))
                .toList();
    }
}
