package dev.tandem.script.parse;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Mention;
import dev.tandem.script.check.Suggestion;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.lex.ScriptSyntaxError;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.LoadPath;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads scripts in one pass: parses, resolves names, checks types and, since the language wants it, evaluates as it goes:
 * globals get their values when they are declared, {@code redef} acts at once, {@code @if} may call script functions (zeek
 * {@code src/parse.y}).
 *
 * <p>{@link VariableParser}, {@link TypeDeclarationParser}, {@link RedefParser} and {@link FunctionParser} read declarations,
 * {@link TypeParser}, {@link ExprParser} and {@link StmtParser} what is in them. After a syntax error reading goes on at the next declaration, so that one start
 * shows every error.
 */
public final class Parser implements TokenStream.Conditions {
    private final ParseState p;
    private final Names names;
    private final TypeParser types;
    private final ExprParser exprs;
    private final StmtParser stmts;
    private final FunctionParser functions;
    private final VariableParser variables;
    private final TypeDeclarationParser typeDeclarations;
    private final RedefParser redefs;
    private final FunctionScope topLevel;
    private final List<Stmt> statements = new ArrayList<>();

    public Parser(LoadPath loadPath, Diagnostics diagnostics, Globals globals, Interpreter interpreter) {
        TokenStream tokens = new TokenStream(loadPath, diagnostics);
        p = new ParseState(tokens, diagnostics, globals, interpreter);
        names = new Names(p, this);
        types = new TypeParser(p, this);
        exprs = new ExprParser(p, this);
        stmts = new StmtParser(p, this);
        functions = new FunctionParser(p, this);
        variables = new VariableParser(p, this, functions);
        typeDeclarations = new TypeDeclarationParser(p, types);
        redefs = new RedefParser(p, this, variables, functions);
        topLevel = new FunctionScope(
                null,
                new FuncType(FuncType.Flavor.FUNCTION, new RecordType(List.of()), Types.VOID, false),
                p.module,
                false);
        tokens.conditions(this);
    }

    Names names() {
        return names;
    }

    TypeParser types() {
        return types;
    }

    ExprParser exprs() {
        return exprs;
    }

    StmtParser stmts() {
        return stmts;
    }

    VariableParser variables() {
        return variables;
    }

    /** Reads a script and all it loads. Errors go to the diagnostics. */
    public void read(Source source) {
        p.diagnostics.ignoreDeprecations(p.tokens::ignoresDeprecations);
        boolean begun;
        try {
            begun = p.tokens.begin(source);
        } catch (ScriptSyntaxError e) {
            p.diagnostics.error(e.position(), e.text());
            begun = true;
            recover();
        }
        while (begun && !p.at(TokenKind.END)) {
            try {
                declaration();
            } catch (ScriptSyntaxError e) {
                report(e);
                recover();
            } catch (ScriptError e) {
                evaluationFailed(e);
            } catch (StackOverflowError e) {
                p.diagnostics.error(p.token().at(), "nested too deeply");
                recover();
            }
        }
    }

    /** Tells a syntax error, unless another error on the same line led to it. */
    private void report(ScriptSyntaxError e) {
        Position last = p.diagnostics.lastError();
        boolean follows = last.isKnown()
                && last.source() == e.position().source()
                && last.line() == e.position().line()
                && e.text().startsWith("syntax error");
        if (!follows) {
            p.diagnostics.error(e.position(), e.text());
        }
    }

    private void evaluationFailed(ScriptError e) {
        Position at = e.position();
        p.diagnostics.evaluation(at == null ? p.token().at() : at, String.valueOf(e.getMessage()));
        if (p.at(TokenKind.SEMICOLON)) {
            p.tokens.advance();
        }
    }

    /** Statements outside functions, in order; they run once before the first event. */
    public Stmt topLevelStatements() {
        return new Stmt.Block(Position.NONE, List.copyOf(statements));
    }

    public int topLevelSlots() {
        return topLevel.slots();
    }

    /** Paths of the scripts that were read, with their depth of loading. */
    public List<LoadedScript> loaded() {
        return p.tokens.loaded().stream()
                .map(l -> new LoadedScript(l.path(), l.level()))
                .toList();
    }

    /** A script that was read. */
    public record LoadedScript(String path, int level) {}

    /** As {@code @prefixes += PREFIX}. */
    public void prefix(String prefix) {
        p.tokens.prefixes().add(prefix);
    }

    /** From now on what has no use in functions is told too. */
    public void lint() {
        p.linting = true;
    }

    /** Scripts read so far are not judged by {@link #reportUnused}. */
    public void trustScripts() {
        p.usage.trust(p.globals.all());
    }

    /** Warns of functions and handlers that nothing can reach. */
    public void reportUnused() {
        p.usage.report(p.diagnostics);
    }

    /** Prefixes of {@code @prefixes}. */
    public List<String> prefixes() {
        return List.copyOf(p.tokens.prefixes());
    }

    /** The type of a built-in, from its prototype text. */
    Type prototype(String text, String name) {
        boolean variadic = text.contains("...");
        String plain = text.replace("...", "").replace(", )", ")").replace(",)", ")");
        Diagnostics diagnostics = p.diagnostics;
        Parser inner = new Parser(p.tokens.loadPath(), diagnostics, p.globals, p.interpreter);
        int module = name.lastIndexOf("::");
        inner.p.tokens.begin(
                new Source("<built-in " + name + ">", "", Bytes.of(plain).array()));
        inner.p.module = module < 0 ? "GLOBAL" : name.substring(0, module);
        Type type = inner.types.type();
        return variadic && type instanceof FuncType f ? TypeParser.variadic(f) : type;
    }

    // ---- conditions of directives

    @Override
    public boolean condition() {
        p.expect(TokenKind.LPAREN);
        p.localsInCondition = 0;
        boolean outer = p.inCondition;
        p.inCondition = true;
        Expr e;
        try {
            e = p.checker.condition(exprs.expr(), "conditional in test must be boolean");
        } finally {
            p.inCondition = outer;
        }
        p.expectLast(TokenKind.RPAREN);
        if (e.type().isError()) {
            return false;
        }
        if (p.localsInCondition > 0) {
            p.diagnostics.error(Mention.of(e), "invalid expression in @if");
            return false;
        }
        try {
            return (Boolean) p.interpreter.evaluate(e);
        } catch (ScriptError error) {
            Position at = error.position();
            p.diagnostics.error(at == null ? e.at() : at, "invalid expression in @if: " + error.getMessage());
            return false;
        }
    }

    @Override
    public boolean isDefined(String name) {
        return p.globals.isModule(name) || names.find(name) != null;
    }

    @Override
    public String module() {
        return p.module;
    }

    @Override
    public void module(String name) {
        p.module = name;
    }

    // ---- recovery

    private void recover() {
        p.scope = null;
        p.defining = null;
        p.exporting = false;
        p.inCondition = false;
        p.inHookCall = false;
        while (!p.at(TokenKind.END)) {
            if (startsDeclaration(p.token().kind()) && p.token().at().column() == 1) {
                return;
            }
            skip();
        }
    }

    /** Goes on one token; what makes none is passed over, since the first error of the place was told. */
    private void skip() {
        while (true) {
            try {
                p.tokens.advance();
                return;
            } catch (ScriptSyntaxError passedOver) {
                // one place, one report
            }
        }
    }

    private static boolean startsDeclaration(TokenKind kind) {
        return switch (kind) {
            case MODULE, EXPORT, GLOBAL, OPTION, CONST_KW, REDEF, TYPE, FUNCTION, EVENT, HOOK -> true;
            default -> false;
        };
    }

    // ---- declarations

    private void declaration() {
        Token t = p.token();
        switch (t.kind()) {
            case MODULE -> moduleDeclaration();
            case EXPORT -> export();
            case GLOBAL -> variables.variable(Global.Kind.VARIABLE);
            case OPTION -> variables.variable(Global.Kind.OPTION);
            case CONST_KW -> variables.variable(Global.Kind.CONST);
            case REDEF -> redefs.redef();
            case TYPE -> typeDeclarations.declaration();
            case EVENT, HOOK -> {
                if (isCall()) {
                    topLevelStatement();
                } else {
                    functions.definition(false);
                }
            }
            case FUNCTION -> functions.definition(false);
            default -> topLevelStatement();
        }
    }

    /** Whether {@code event} or {@code hook} calls rather than defines: told by what stands in its parentheses. */
    private boolean isCall() {
        List<Token> read = new ArrayList<>();
        read.add(p.take());
        boolean call = false;
        if (p.at(TokenKind.IDENT)) {
            read.add(p.take());
            if (p.at(TokenKind.LPAREN)) {
                read.add(p.take());
                Token first = p.token();
                if (first.is(TokenKind.RPAREN)) {
                    read.add(p.take());
                    call = p.at(TokenKind.SEMICOLON) || p.at(TokenKind.LPAREN);
                } else if (first.is(TokenKind.IDENT) || first.kind().isWord()) {
                    read.add(p.take());
                    call = !p.at(TokenKind.COLON);
                } else {
                    call = true;
                }
            }
        }
        p.tokens.replay(read);
        return call;
    }

    private void topLevelStatement() {
        p.scope = topLevel;
        try {
            statements.add(stmts.statement());
        } finally {
            p.scope = null;
        }
    }

    private void moduleDeclaration() {
        p.tokens.advance();
        Token name = p.token();
        if (!name.is(TokenKind.IDENT)) {
            throw p.unexpected();
        }
        p.tokens.advance();
        p.expectLast(TokenKind.SEMICOLON);
        p.module = name.text();
        p.globals.addModule(name.text());
        p.tokens.advance();
    }

    private void export() {
        p.tokens.advance();
        p.expect(TokenKind.LBRACE);
        p.exporting = true;
        while (!p.at(TokenKind.RBRACE)) {
            if (p.at(TokenKind.END)) {
                throw p.unexpected();
            }
            p.exporting = true;
            try {
                declaration();
            } catch (ScriptError e) {
                evaluationFailed(e);
            }
        }
        p.exporting = false;
        p.expect(TokenKind.RBRACE);
    }

    /** A redefinition from the command line: {@code name=value}, the value as text. */
    public void commandLineOption(String assignment) {
        int eq = assignment.indexOf('=');
        int nameEnd = 0;
        while (nameEnd < eq && isOfName(assignment.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = assignment.substring(0, nameEnd);
        String operator = assignment.substring(nameEnd, eq + 1);
        String value = assignment.substring(eq + 1);
        Global g = names.find(name);
        Position at = new Position(new Source("<command line>", "", new byte[0]), 0, 0);
        if (g == null) {
            p.diagnostics.error(
                    at,
                    "unknown identifier '" + name + "' in command-line options",
                    Suggestion.of(name, p.globals.namesSeenFrom("GLOBAL")));
            return;
        }
        boolean text = g.type().is(Tag.STRING);
        if (value.isEmpty() && !text) {
            p.diagnostics.error(at, "must assign non-empty value to '" + name + "' in command-line options");
            return;
        }
        String shown = value;
        if (text && !value.startsWith("\"")) {
            shown = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        read(new Source(
                "<command line " + assignment + ">",
                "",
                Bytes.of("redef " + name + " " + operator + " " + shown + ";").array()));
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == ':';
    }

    // ---- for the other parsers

    /** Declares an event that is raised before anything declares it, with the types of its arguments. */
    void declareEvent(Token name, List<Expr> args) {
        RecordType params = new RecordType(List.of());
        for (int i = 0; i < args.size(); i++) {
            params.add(new RecordField("arg" + i, args.get(i).type(), Attributes.NONE));
        }
        FuncType type = new FuncType(FuncType.Flavor.EVENT, params, Types.VOID, false);
        String full = Globals.qualify("GLOBAL", name.text());
        Global g = p.globals.declare(full, Global.Kind.VARIABLE, name.at());
        g.type(type);
        g.value(functions.empty(full, type));
    }
}
