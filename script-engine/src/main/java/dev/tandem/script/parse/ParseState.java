package dev.tandem.script.parse;

import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.check.AttributeRules;
import dev.tandem.script.check.Checker;
import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Mention;
import dev.tandem.script.check.Usage;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.lex.ScriptSyntaxError;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.source.Position;
import org.jspecify.annotations.Nullable;

/** What the parts of the parser share: the tokens, the names, and where in the language they are. */
final class ParseState {
    final TokenStream tokens;
    final Diagnostics diagnostics;
    final Checker checker;
    final Globals globals;
    final Interpreter interpreter;
    final AttributeRules attributes;

    /** Whose names are seen unqualified; GLOBAL at the beginning of each file. */
    String module = "GLOBAL";

    /** Inside {@code export { }}. */
    boolean exporting;

    /** The function being read; null outside. */
    @Nullable
    FunctionScope scope;

    int lambdas;

    final Usage usage = new Usage();

    /** The function whose body is being read, null outside. */
    @Nullable
    Global defining;

    /** Whether what is fine but has no use is told too. */
    boolean linting;

    /** Inside the condition of an {@code @if}, which is evaluated at once. */
    boolean inCondition;

    /** How many locals the condition names. */
    int localsInCondition;

    /** Behind {@code hook}, where hooks may be called. */
    boolean inHookCall;

    ParseState(TokenStream tokens, Diagnostics diagnostics, Globals globals, Interpreter interpreter) {
        this.tokens = tokens;
        this.diagnostics = diagnostics;
        this.checker = new Checker(diagnostics);
        this.globals = globals;
        this.interpreter = interpreter;
        attributes = new AttributeRules(checker, e -> new ExprAttribute(e, interpreter));
    }

    Token token() {
        return tokens.current();
    }

    boolean at(TokenKind kind) {
        return tokens.current().is(kind);
    }

    /** Goes on when the current token is of that kind. */
    boolean accept(TokenKind kind) {
        if (at(kind)) {
            tokens.advance();
            return true;
        }
        return false;
    }

    /** The current token, which must be of that kind; goes on. */
    Token expect(TokenKind kind) {
        Token t = token();
        if (!t.is(kind)) {
            throw unexpected();
        }
        tokens.advance();
        return t;
    }

    /** As {@link #expect}, but without reading what follows: for the last token of a directive's condition. */
    void expectLast(TokenKind kind) {
        if (!at(kind)) {
            throw unexpected();
        }
    }

    Token take() {
        Token t = token();
        tokens.advance();
        return t;
    }

    /** Told at the end of each function and lambda. */
    void lint(FunctionScope ended) {
        if (linting) {
            for (Local l : ended.unused()) {
                diagnostics.warning(Mention.of(l), "local is never used");
            }
        }
    }

    /** From a place to the end of the token before the current one. */
    Position from(Position begin) {
        return begin.upTo(tokens.lineBefore());
    }

    ScriptSyntaxError unexpected() {
        Token t = token();
        return new ScriptSyntaxError(
                t.at(),
                t.is(TokenKind.END)
                        ? "syntax error, at end of file " + t.at().source().name()
                        : "syntax error, at or near \"" + t.shown() + "\"");
    }

    /** A name that is not qualified, as locals and parameters have. */
    Token expectLocalName() {
        Token t = token();
        if (!t.is(TokenKind.IDENT) || t.text().startsWith("::")) {
            throw unexpected();
        }
        tokens.advance();
        return t;
    }

    /** The name of a global that is being declared. */
    Token expectGlobalName() {
        Token t = token();
        if (exporting && t.is(TokenKind.IDENT) && t.text().startsWith("::")) {
            throw new ScriptSyntaxError(t.at(), "cannot use :: prefix in export section: " + t.text());
        }
        return expect(TokenKind.IDENT);
    }

    /** A name for what comes next, keywords included: fields may be named like keywords of another time. */
    Token expectName() {
        Token t = token();
        if (t.is(TokenKind.IDENT) && !t.text().startsWith("::") || t.kind().isWord()) {
            tokens.advance();
            return t;
        }
        if (t.is(TokenKind.CONST) && (t.text().equals("T") || t.text().equals("F"))) {
            tokens.advance();
            return t;
        }
        throw unexpected();
    }
}
