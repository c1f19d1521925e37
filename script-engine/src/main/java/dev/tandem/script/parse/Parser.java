package dev.tandem.script.parse;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Suggestion;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.lex.ScriptSyntaxError;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.source.LoadPath;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads scripts in one pass: parses, resolves names, checks types and, since the language wants it, evaluates as it goes:
 * globals get their values when they are declared, {@code redef} acts at once, {@code @if} may call script functions (zeek
 * {@code src/parse.y}).
 *
 * <p>Declarations are here; {@link TypeParser}, {@link ExprParser} and {@link StmtParser} read the rest,
 * {@link FunctionParser} function bodies. After a syntax error reading goes on at the next declaration, so that one start
 * shows every error.
 */
public final class Parser implements TokenStream.Conditions {
    private final ParseState p;
    private final Names names;
    private final TypeParser types;
    private final ExprParser exprs;
    private final StmtParser stmts;
    private final FunctionParser functions;
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
        topLevel = new FunctionScope(
                null, new FuncType(FuncType.Flavor.FUNCTION, new RecordType(List.of()), Types.VOID, false), false);
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

    /** Reads a script and all it loads. Errors go to the diagnostics. */
    public void read(Source source) {
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
                p.diagnostics.error(e.position(), e.text());
                recover();
            } catch (ScriptError e) {
                evaluationFailed(e);
            }
        }
    }

    private void evaluationFailed(ScriptError e) {
        Position at = e.position();
        p.diagnostics.error(at == null ? p.token().at() : at, String.valueOf(e.getMessage()));
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

    /** The call of a built-in function at a place of a script, as messages show it; null when there is none. */
    public @Nullable String callAt(Position at) {
        return p.checker.calls().textAt(at);
    }

    /** Paths of the scripts that were read, with their depth of loading. */
    public List<LoadedScript> loaded() {
        return p.tokens.loaded().stream()
                .map(l -> new LoadedScript(l.path(), l.level()))
                .toList();
    }

    /** A script that was read. */
    public record LoadedScript(String path, int level) {}

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
        Expr e = p.checker.condition(exprs.expr(), "conditional in test must be boolean");
        p.expectLast(TokenKind.RPAREN);
        if (e.type().isError()) {
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
        p.exporting = false;
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
            case GLOBAL -> variable(Global.Kind.VARIABLE);
            case OPTION -> variable(Global.Kind.OPTION);
            case CONST_KW -> variable(Global.Kind.CONST);
            case REDEF -> redef();
            case TYPE -> type();
            case FUNCTION, HOOK, EVENT -> functions.definition(false);
            default -> topLevelStatement();
        }
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

    private void variable(Global.Kind kind) {
        p.tokens.advance();
        Token name = p.expect(TokenKind.IDENT);
        Type declared = p.accept(TokenKind.COLON) ? types.type() : null;
        Expr init = null;
        if (p.accept(TokenKind.ASSIGN)) {
            init = exprs.rhs();
        }
        Type known = declared != null ? declared : init != null ? init.type() : Types.ERROR;
        Attributes attributes = types.attributes(known, TypeParser.Owner.VARIABLE);
        if (init instanceof Expr.TableCtor made) {
            attributes = made.attributes().with(attributes); // the grammar gives "= table() &redef" to the table
        }
        p.expectLast(TokenKind.SEMICOLON);
        declare(kind, name, declared, init, attributes);
        p.tokens.advance();
    }

    private void declare(
            Global.Kind kind, Token name, @Nullable Type declared, @Nullable Expr init, Attributes attributes) {
        String full = Globals.qualify(p.module, name.text());
        Global old = p.globals.exact(full);
        if (old != null && !functions.isAnotherPrototype(old, declared, name)) {
            if (old.kind() == Global.Kind.VARIABLE && old.type().isError()) {
                return;
            }
            if (!(declared instanceof FuncType && old.type() instanceof FuncType)) {
                p.diagnostics.error(name.at(), "already defined (" + full + ")");
            }
            return;
        }
        if (old != null) {
            if (p.exporting) {
                old.export();
            }
            return;
        }
        Type type = variableType(name, declared, init);
        Global g = p.globals.declare(full, kind, name.at());
        g.type(type);
        g.attributes(attributes);
        if (p.exporting) {
            g.export();
        }
        String deprecation = TypeParser.deprecation(attributes);
        if (deprecation != null) {
            g.deprecate(deprecation);
        }
        if (kind == Global.Kind.OPTION && init == null && !type.isError()) {
            p.diagnostics.error(name.at(), "option variable must be initialized (" + full + ")");
        }
        if (type instanceof FuncType f && init == null) {
            g.value(functions.declared(full, f));
            return;
        }
        g.value(initial(type, init, attributes));
    }

    /** The type of a variable from its declaration or its initial value. */
    Type variableType(Token name, @Nullable Type declared, @Nullable Expr init) {
        if (declared != null) {
            return declared;
        }
        if (init == null) {
            p.diagnostics.error(name.at(), "no type given (" + name.text() + ")");
            return Types.ERROR;
        }
        if (init instanceof Expr.InitList list && !list.entries().isEmpty()) {
            boolean table = list.entries().get(0).value() != null;
            return p.checker
                    .constructors()
                    .tableCtor(list.at(), table, list.entries(), Attributes.NONE)
                    .type();
        }
        if (init instanceof Expr.InitList) {
            p.diagnostics.error(
                    name.at(), "can't infer type from { ... }; give the variable a type (" + name.text() + ")");
            return Types.ERROR;
        }
        if (init.type().is(Tag.VOID)) {
            p.diagnostics.error(name.at(), "can't assign void value (" + name.text() + ")");
            return Types.ERROR;
        }
        return init.type();
    }

    private @Nullable Object initial(Type type, @Nullable Expr init, Attributes attributes) {
        Object value;
        if (init == null) {
            value = Records.emptyAggregate(type);
        } else {
            Expr fitting = p.checker.convert(init, type, "type clash in assignment");
            value = fitting.type().isError() || type.isError() ? null : p.interpreter.evaluate(fitting);
        }
        if (value instanceof TableValue t) {
            t.attributes(t.attributes().with(attributes));
            p.interpreter.created(t);
        }
        return value;
    }

    private void type() {
        p.tokens.advance();
        Token name = p.expect(TokenKind.IDENT);
        String full = Globals.qualify(p.module, name.text());
        if (p.globals.exact(full) != null) {
            p.diagnostics.error(name.at(), "already defined (" + full + ")");
        }
        p.expect(TokenKind.COLON);
        Global g = p.globals.declare(full, Global.Kind.TYPE, name.at());
        if (p.exporting) {
            g.export();
        }
        Type type;
        if (p.at(TokenKind.RECORD)) {
            RecordType r = new RecordType(List.of());
            r.name(full);
            g.type(r);
            p.tokens.advance();
            p.expect(TokenKind.LBRACE);
            types.fields(r, false);
            p.expect(TokenKind.RBRACE);
            type = r;
        } else {
            type = types.type(full);
            if (type.name() == null && !type.tag().isAtomic() && !type.is(Tag.ANY) && !type.isError()) {
                type.name(full);
            }
        }
        g.type(type);
        Attributes attributes = types.attributes(type, TypeParser.Owner.VARIABLE);
        if (type instanceof RecordType r && attributes.has(Attr.LOG)) {
            logAll(r, 0);
        }
        String deprecation = TypeParser.deprecation(attributes);
        if (deprecation != null) {
            g.deprecate(deprecation);
        }
        p.expect(TokenKind.SEMICOLON);
    }

    private static void logAll(RecordType r, int from) {
        for (int i = from; i < r.size(); i++) {
            r.attributes(i, r.field(i).attributes().with(Attr.LOG, null));
        }
    }

    // ---- redef

    private void redef() {
        p.tokens.advance();
        switch (p.token().kind()) {
            case ENUM -> redefEnum();
            case RECORD -> redefRecord();
            case EVENT, FUNCTION, HOOK -> functions.definition(true);
            default -> redefValue();
        }
    }

    private void redefEnum() {
        p.tokens.advance();
        Token name = p.expect(TokenKind.IDENT);
        Global g = names.require(name, "unknown identifier");
        p.expect(TokenKind.ADD_ASSIGN);
        p.expect(TokenKind.LBRACE);
        EnumType e = g != null && g.kind() == Global.Kind.TYPE && g.type() instanceof EnumType t ? t : null;
        if (g != null && e == null) {
            p.diagnostics.error(name.at(), "not an enum type (" + name.text() + ")");
        }
        types.constants(e == null ? new EnumType() : e);
        p.expect(TokenKind.RBRACE);
        p.expect(TokenKind.SEMICOLON);
    }

    private void redefRecord() {
        p.tokens.advance();
        Token name = p.expect(TokenKind.IDENT);
        Global g = names.require(name, "unknown identifier");
        RecordType r = g != null && g.kind() == Global.Kind.TYPE && g.type() instanceof RecordType t ? t : null;
        if (g != null && r == null) {
            p.diagnostics.error(name.at(), "not a record type (" + name.text() + ")");
        }
        RecordType into = r == null ? new RecordType(List.of()) : r;
        if (p.accept(TokenKind.DOLLAR)) {
            redefField(into, name);
            return;
        }
        p.expect(TokenKind.ADD_ASSIGN);
        p.expect(TokenKind.LBRACE);
        int before = into.size();
        types.fields(into, true);
        p.expect(TokenKind.RBRACE);
        Attributes attributes = types.attributes(into, TypeParser.Owner.VARIABLE);
        if (attributes.has(Attr.LOG)) {
            logAll(into, before);
        }
        p.expect(TokenKind.SEMICOLON);
    }

    private void redefField(RecordType r, Token recordName) {
        Token field = p.expectName();
        boolean adding = p.at(TokenKind.ADD_ASSIGN);
        p.expect(adding ? TokenKind.ADD_ASSIGN : TokenKind.SUB_ASSIGN);
        p.expect(TokenKind.LBRACE);
        int slot = r.slot(field.text());
        Attributes change =
                types.attributes(slot < 0 ? Types.ANY : r.field(slot).type(), TypeParser.Owner.FIELD);
        p.expect(TokenKind.RBRACE);
        p.expect(TokenKind.SEMICOLON);
        if (slot < 0) {
            p.diagnostics.error(
                    field.at(),
                    "no such field in record (" + recordName.text() + "$" + field.text() + ")",
                    Suggestion.of(
                            field.text(),
                            r.fields().stream().map(RecordField::name).toList()));
            return;
        }
        Attributes now = r.field(slot).attributes();
        if (adding) {
            now = now.with(change);
        } else {
            for (Attr a : change.kinds()) {
                now = now.without(a);
            }
        }
        r.attributes(slot, now);
    }

    private void redefValue() {
        Token name = p.expect(TokenKind.IDENT);
        Global g = names.find(name.text());
        if (g != null && g.kind() == Global.Kind.TYPE) {
            boolean grows = g.type() instanceof RecordType || g.type() instanceof EnumType;
            String kind = g.type().tag().label();
            throw new ScriptSyntaxError(
                    name.at(),
                    grows
                            ? "redef of " + kind + " type " + g.name() + " is missing " + kind + " keyword"
                            : "can not redef " + kind + " type " + g.name());
        }
        if (p.accept(TokenKind.COLON)) {
            types.type();
        }
        BinaryOp op = null;
        Expr value = null;
        if (p.at(TokenKind.ASSIGN) || p.at(TokenKind.ADD_ASSIGN) || p.at(TokenKind.SUB_ASSIGN)) {
            TokenKind kind = p.take().kind();
            op = kind == TokenKind.ADD_ASSIGN ? BinaryOp.ADD : kind == TokenKind.SUB_ASSIGN ? BinaryOp.SUB : null;
            value = exprs.rhs();
        }
        Attributes attributes = types.attributes(g == null ? Types.ANY : g.type(), TypeParser.Owner.VARIABLE);
        p.expectLast(TokenKind.SEMICOLON);
        if (g == null) {
            p.diagnostics.error(
                    name.at(),
                    "\"redef\" used but not previously defined (" + name.text() + ")",
                    Suggestion.of(name.text(), p.globals.namesSeenFrom(p.module)));
        } else {
            redefine(g, name.at(), op, value, attributes);
        }
        p.tokens.advance();
    }

    private void redefine(Global g, Position at, @Nullable BinaryOp op, @Nullable Expr value, Attributes attributes) {
        if (!g.attributes().has(Attr.REDEF) && g.kind() != Global.Kind.OPTION) {
            p.diagnostics.error(
                    at, "already defined (" + g.name() + ")", "only what is declared &redef can be changed");
            return;
        }
        g.attributes(g.attributes().with(attributes));
        if (value == null) {
            if (g.value() instanceof TableValue t) {
                t.attributes(t.attributes().with(attributes));
                p.interpreter.created(t);
            }
            return;
        }
        if (op == null) {
            Object now = initial(g.type(), value, g.attributes());
            if (now != null) {
                g.value(now);
            }
            return;
        }
        Expr change = p.checker.assignments().compound(at, op, new Expr.GlobalRef(at, g, g.type()), value);
        if (!change.type().isError()) {
            p.interpreter.evaluate(change);
        }
    }

    /** A redefinition from the command line: {@code name=value}, the value as text. */
    public void commandLineOption(String assignment) {
        int eq = assignment.indexOf('=');
        String name = assignment.substring(0, eq);
        String value = assignment.substring(eq + 1);
        Global g = names.find(name);
        Position at = new Position(new Source("<command line>", "", new byte[0]), 0, 0);
        if (g == null) {
            p.diagnostics.error(
                    at,
                    "\"redef\" used but not previously defined (" + name + ")",
                    Suggestion.of(name, p.globals.namesSeenFrom("GLOBAL")));
            return;
        }
        String shown = value;
        if (g.type().is(Tag.STRING) && !value.startsWith("\"")) {
            shown = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        read(new Source(
                "<command line " + assignment + ">",
                "",
                Bytes.of("redef " + name + " = " + shown + ";").array()));
    }

    // ---- for the other parsers

    /** Declares an event that is raised before anything declares it, with the types of its arguments. */
    void declareEvent(Token name, List<Expr> args) {
        RecordType params = new RecordType(List.of());
        for (int i = 0; i < args.size(); i++) {
            params.add(new RecordField("arg" + i, args.get(i).type(), Attributes.NONE));
        }
        FuncType type = new FuncType(FuncType.Flavor.EVENT, params, Types.VOID, false);
        String full = Globals.qualify(p.module, name.text());
        Global g = p.globals.declare(full, Global.Kind.VARIABLE, name.at());
        g.type(type);
        g.value(functions.empty(full, type));
    }
}
