package dev.tandem.script.parse;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.check.AttributeRules;
import dev.tandem.script.check.AttributeRules.Owner;
import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Mention;
import dev.tandem.script.check.Suggestion;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.lex.ScriptSyntaxError;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.RecordGrowth;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.source.LoadPath;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
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
            case GLOBAL -> variable(Global.Kind.VARIABLE);
            case OPTION -> variable(Global.Kind.OPTION);
            case CONST_KW -> variable(Global.Kind.CONST);
            case REDEF -> redef();
            case TYPE -> type();
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

    private void variable(Global.Kind kind) {
        p.tokens.advance();
        Token name = p.expectGlobalName();
        Type declared = p.accept(TokenKind.COLON) ? types.type() : null;
        Expr init = null;
        if (p.accept(TokenKind.ASSIGN)) {
            init = exprs.rhs();
        } else if (p.at(TokenKind.LBRACKET) || p.at(TokenKind.LBRACE)) {
            p.diagnostics.error(Mention.of(exprs.rhs()), "Initialization not preceded by =/+=/-= is not allowed.");
            declared = Types.ERROR;
        }
        Type known = declared != null ? declared : init != null ? variableType(name, null, init) : Types.ERROR;
        Attributes attributes = types.attributes(known, Owner.GLOBAL);
        p.expectLast(TokenKind.SEMICOLON);
        if (declared == null && init == null) {
            p.diagnostics.error(name.at(), "no type given (" + name.text() + ")");
        }
        declare(kind, name, declared, known, init, attributes);
        p.tokens.advance();
    }

    private void declare(
            Global.Kind kind,
            Token name,
            @Nullable Type declared,
            Type type,
            @Nullable Expr init,
            Attributes attributes) {
        String full = Globals.qualify(p.module, name.text());
        if (kind == Global.Kind.OPTION && name.text().equals("_")) {
            p.diagnostics.error(name.at(), "blank identifier used as option (" + full + ")");
            return;
        }
        Global old = p.globals.exact(full);
        if (old != null && !name.text().equals("_")) {
            declareAgain(old, declared, init, attributes, name.at());
            return;
        }
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
        boolean container = type.is(Tag.TABLE) || type.is(Tag.VECTOR);
        if (kind == Global.Kind.OPTION && init == null && !type.isError() && !container) {
            p.diagnostics.error(Mention.of(g), "option variable must be initialized");
        }
        if (kind == Global.Kind.CONST && init == null && !type.isError() && !attributes.has(Attr.REDEF)) {
            p.diagnostics.error(Mention.of(g), "const variable must be initialized");
        }
        if (type instanceof FuncType f && init == null) {
            g.value(functions.declared(full, f));
            return;
        }
        initialize(g, init);
    }

    private void declareAgain(
            Global old, @Nullable Type declared, @Nullable Expr init, Attributes attributes, Position at) {
        if (old.type().isError()) {
            return;
        }
        if (p.exporting) {
            old.export();
        }
        if (old.attributes().has(Attr.REDEF) && init != null) {
            p.diagnostics.warning(at, "redefinition requires \"redef\" (" + old.name() + ")");
            redefine(old, at, null, init, attributes);
        } else if (old.type() instanceof FuncType && declared != null && init == null) {
            functions.addPrototype(old, declared, attributes);
        } else {
            p.diagnostics.errorAt(Mention.of(old), init == null ? Position.NONE : init.at(), "already defined");
        }
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
        if (init instanceof Expr.InitList list) {
            if (list.entries().isEmpty()) {
                p.diagnostics.error(Mention.of(list), "empty list in untyped initialization");
                return Types.ERROR;
            }
            boolean table = list.entries().get(0).value() != null;
            return p.checker
                    .constructors()
                    .tableCtor(list.at(), table, list.entries(), Attributes.NONE)
                    .type();
        }
        Type type = init.type();
        if (type.is(Tag.VOID)) {
            p.diagnostics.error(name.at(), "can't assign void value (" + name.text() + " = " + ExprText.of(init) + ")");
            return Types.ERROR;
        }
        boolean unspecified =
                type instanceof TableType t && t.isUnspecified() || type instanceof VectorType v && v.isUnspecified();
        if (unspecified) {
            p.diagnostics.error(Mention.of(init), "empty constructor in untyped initialization");
            return Types.ERROR;
        }
        return type;
    }

    /** Gives a global its value: what stands in its declaration, or what its type begins with. */
    private void initialize(Global g, @Nullable Expr init) {
        try {
            Object value = initial(g, init);
            if (value != null) {
                g.value(value);
            }
        } catch (ScriptError e) {
            Position at = e.position();
            p.diagnostics.evaluation(at == null ? g.declared() : at, String.valueOf(e.getMessage()));
            p.diagnostics.error(Mention.of(g), "initialization failed");
        }
    }

    private @Nullable Object initial(Global g, @Nullable Expr init) {
        Type type = g.type();
        Object value;
        if (type.isError()) {
            return null;
        }
        if (init == null) {
            value = Records.emptyAggregate(type);
        } else {
            Expr fitting = p.checker.assignments().initial(new Expr.GlobalRef(g.declared(), g, type), init);
            if (fitting instanceof Expr.TableCtor c) {
                g.attributes(g.attributes().with(c.attributes()));
            }
            value = fitting == null ? null : p.interpreter.evaluate(fitting);
        }
        if (value instanceof TableValue t) {
            t.attributes(t.attributes().with(g.attributes()));
            p.interpreter.created(t);
        }
        return value;
    }

    private void type() {
        p.tokens.advance();
        Token name = p.expectGlobalName();
        String full = Globals.qualify(p.module, name.text());
        Global before = p.globals.exact(full);
        p.expect(TokenKind.COLON);
        Global g = before != null && before.kind() != Global.Kind.TYPE
                ? new Global(full, Global.Kind.TYPE, name.at())
                : p.globals.declare(full, Global.Kind.TYPE, name.at());
        if (p.exporting) {
            g.export();
        }
        Position begin = p.token().at();
        Type type;
        if (p.at(TokenKind.RECORD)) {
            RecordType r = new RecordType(List.of());
            r.name(full);
            g.type(r);
            p.tokens.advance();
            p.expect(TokenKind.LBRACE);
            types.fields(r, false);
            r.declared(p.from(begin));
            p.expect(TokenKind.RBRACE);
            type = r;
        } else {
            type = types.type(full);
            if (type.name() == null && !type.tag().isAtomic() && !type.is(Tag.ANY) && !type.isError()) {
                type.name(full);
            }
        }
        g.type(type);
        Attributes attributes = types.attributes(type, Owner.TYPE);
        if (type instanceof RecordType r && attributes.has(Attr.LOG)) {
            logAll(r, 0);
        }
        String deprecation = TypeParser.deprecation(attributes);
        if (deprecation != null) {
            g.deprecate(deprecation);
        }
        Token end = p.expect(TokenKind.SEMICOLON);
        if (before != null) {
            declaredBefore(before, type, end.at());
        } else if (type.isError()) {
            p.diagnostics.error(end.at(), "Error trying to create alias to nonexistent type");
        }
    }

    /** A type of a name that is taken: only the same enum again is fine. */
    private void declaredBefore(Global before, Type type, Position at) {
        if (before.kind() != Global.Kind.TYPE) {
            p.diagnostics.error(at, "Identifier " + before.name() + " has already been declared and is not a type");
        } else if (before.type() instanceof EnumType
                && type instanceof EnumType again
                && again.names().isEmpty()) {
            p.globals.restore(before);
        } else if (!(before.type() instanceof RecordType r && r.size() == 0 && type instanceof RecordType)) {
            Position first = before.declared();
            String where = first.isKnown() ? " at " + first.source().name() + ":" + first.line() : "";
            p.diagnostics.error(at, "Type " + before.name() + " has already been declared" + where);
        }
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
        Global g = names.find(name.text());
        if (g == null) {
            p.diagnostics.grave(name.at(), "unknown enum identifier \"" + name.text() + "\"");
        }
        p.expect(TokenKind.ADD_ASSIGN);
        p.expect(TokenKind.LBRACE);
        EnumType e = g != null && g.kind() == Global.Kind.TYPE && g.type() instanceof EnumType t ? t : null;
        if (g != null && e == null) {
            p.diagnostics.grave(name.at(), "identifier \"" + name.text() + "\" is not an enum");
        }
        EnumType unknown = new EnumType();
        unknown.name(name.text());
        types.constants(e == null ? unknown : e);
        p.expect(TokenKind.RBRACE);
        p.expect(TokenKind.SEMICOLON);
    }

    private void redefRecord() {
        p.tokens.advance();
        Token name = p.expect(TokenKind.IDENT);
        if (p.accept(TokenKind.DOLLAR)) {
            redefField(name);
            return;
        }
        Global g = names.require(name, "unknown identifier");
        RecordType r = g != null && g.kind() == Global.Kind.TYPE && g.type() instanceof RecordType t ? t : null;
        if (g != null && r == null) {
            p.diagnostics.error(name.at(), "not a record type (" + name.text() + ")");
        }
        RecordType into = r == null ? new RecordType(List.of()) : r;
        p.expect(TokenKind.ADD_ASSIGN);
        p.expect(TokenKind.LBRACE);
        int before = into.size();
        types.fields(into, true);
        p.expect(TokenKind.RBRACE);
        Attributes attributes = types.attributes(into, Owner.TYPE);
        if (attributes.has(Attr.LOG)) {
            logAll(into, before);
        }
        p.expect(TokenKind.SEMICOLON);
        if (into.hasValues()) {
            RecordGrowth.fill(
                    into, before, p.globals.all().stream().map(Global::value).toList());
        }
    }

    /** {@code redef record NAME$field += { &log };}: only whether the field is logged may change (zeek {@code src/parse.y}). */
    private void redefField(Token recordName) {
        Token field = p.expectName();
        boolean adding = p.at(TokenKind.ADD_ASSIGN);
        p.expect(adding ? TokenKind.ADD_ASSIGN : TokenKind.SUB_ASSIGN);
        p.expect(TokenKind.LBRACE);
        List<AttributeRules.Given> change = types.given();
        p.expect(TokenKind.RBRACE);
        p.expect(TokenKind.SEMICOLON);
        Global g = names.find(recordName.text());
        if (g == null) {
            p.diagnostics.grave(recordName.at(), "unknown record identifier \"" + recordName.text() + "\"");
            return;
        }
        if (g.kind() != Global.Kind.TYPE || !(g.type() instanceof RecordType r)) {
            p.diagnostics.grave(
                    recordName.at(),
                    "identifier \"" + g.name() + "\" has type \""
                            + g.type().tag().label() + "\", expected \"record\"");
            return;
        }
        int slot = r.slot(field.text());
        if (slot < 0) {
            p.diagnostics.grave(field.at(), "field \"" + field.text() + "\" not in record \"" + g.name() + "\"");
            return;
        }
        if (change.stream().anyMatch(a -> a.attr() != Attr.LOG)) {
            p.diagnostics.grave(field.at(), "Can only redef \"&log\" attributes of record fields");
            return;
        }
        RecordField changed = r.field(slot);
        Attributes checked = types.attributes(change, changed.type(), Owner.FIELD);
        r.attributes(
                slot,
                adding
                        ? changed.attributes().with(checked)
                        : changed.attributes().without(Attr.LOG));
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
                            ? "redef of " + kind + " type " + g.name() + " is missing " + kind
                                    + " keyword, at or near \"" + name.text() + "\""
                            : "can not redef " + kind + " type " + g.name() + ", at or near \"" + name.text() + "\"");
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
        Attributes attributes = types.attributes(g == null ? Types.ANY : g.type(), Owner.GLOBAL);
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
        if (g.type().isError()) {
            return;
        }
        if (!g.attributes().has(Attr.REDEF) && g.kind() != Global.Kind.OPTION) {
            p.diagnostics.errorAt(
                    Mention.of(g),
                    value == null ? at : value.at(),
                    "cannot redefine a variable not marked with &redef");
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
            initialize(g, value);
            return;
        }
        AttributeValue function = g.attributes().get(op == BinaryOp.ADD ? Attr.ADD_FUNC : Attr.DEL_FUNC);
        if (function != null) {
            combine(g, op, function, value);
            return;
        }
        Expr change = p.checker.assignments().compound(at, op, new Expr.GlobalRef(at, g, g.type()), value);
        if (!change.type().isError()) {
            p.interpreter.evaluate(change);
        }
    }

    /** {@code redef x += value} of what has a function for it. */
    private void combine(Global g, BinaryOp op, AttributeValue function, Expr value) {
        Object old = g.value();
        if (old == null) {
            p.diagnostics.error(Mention.of(g), op.symbol() + "= initializer applied to ID without value");
            return;
        }
        Expr change = p.checker.promote(value, g.type());
        if (change != null && function.evaluate() instanceof FuncValue f) {
            g.value(f.call(old, p.interpreter.evaluate(change)));
        }
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
