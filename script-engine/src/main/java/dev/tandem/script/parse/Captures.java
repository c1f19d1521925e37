package dev.tandem.script.parse;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of what a lambda or {@code when} captures, as written; names that cannot be captured are left out. */
record Captures(List<String> names, List<Boolean> copies) {
    /** Reads {@code [a, copy b]}; null when there is no list. */
    static @Nullable Captures read(ParseState p, Parser parser) {
        if (!p.accept(TokenKind.LBRACKET)) {
            return null;
        }
        Captures all = new Captures(new ArrayList<>(), new ArrayList<>());
        while (!p.at(TokenKind.RBRACKET)) {
            boolean copy = p.accept(TokenKind.COPY);
            Token name = p.expect(TokenKind.IDENT);
            if (isLocal(p, parser, name)) {
                all.names.add(name.text());
                all.copies.add(copy);
            }
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
            if (scope.findHere(names.get(i)) == null) {
                scope.capture(names.get(i), copies.get(i));
            }
        }
    }

    /** As written, repetitions included; for messages. */
    List<Expr.Capture> written(FunctionScope scope) {
        return names.stream()
                .flatMap(n ->
                        scope.captures().stream().filter(c -> c.inner().name().equals(n)))
                .toList();
    }
}
