package dev.tandem.script.parse;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.ast.StmtText;
import dev.tandem.script.check.AttributeRules.Owner;
import dev.tandem.script.check.Checker;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Mention;
import dev.tandem.script.check.SwitchRules;
import dev.tandem.script.check.TypeRules;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads statements. A function scope is always there; for statements outside functions it is the script's own. */
final class StmtParser {
    private final ParseState p;
    private final Parser parser;

    StmtParser(ParseState p, Parser parser) {
        this.p = p;
        this.parser = parser;
    }

    private FunctionScope scope() {
        FunctionScope s = p.scope;
        if (s == null) {
            throw new IllegalStateException("statement outside a function");
        }
        return s;
    }

    private Checker checker() {
        return p.checker;
    }

    /**
     * {@code { statements }} of a function. The closing brace stays the current token: behind it may stand a directive that
     * calls the function.
     */
    Stmt functionBody() {
        return openBlock();
    }

    private Stmt block() {
        Stmt block = openBlock();
        p.expect(TokenKind.RBRACE);
        return block;
    }

    private Stmt openBlock() {
        Position at = p.expect(TokenKind.LBRACE).at();
        scope().enterBlock();
        List<Stmt> statements = new ArrayList<>();
        try {
            while (!p.at(TokenKind.RBRACE)) {
                if (p.at(TokenKind.END)) {
                    throw p.unexpected();
                }
                statements.add(statement());
            }
        } finally {
            scope().leaveBlock();
        }
        p.expectLast(TokenKind.RBRACE);
        return new Stmt.Block(at, statements);
    }

    Stmt statement() {
        Token t = p.token();
        Position at = t.at();
        switch (t.kind()) {
            case LBRACE -> {
                return block();
            }
            case SEMICOLON -> {
                p.tokens.advance();
                return new Stmt.Nothing(at);
            }
            case PRINT -> {
                return print();
            }
            case EVENT -> {
                return raise();
            }
            case IF -> {
                return ifElse();
            }
            case FOR -> {
                return forLoop();
            }
            case WHILE -> {
                return whileLoop();
            }
            case SWITCH -> {
                return switchOver();
            }
            case NEXT -> {
                return leave(
                        new Stmt.Next(at),
                        scope().inLoop(),
                        "next statement used outside of for or while statement. (next )");
            }
            case BREAK -> {
                boolean allowed =
                        scope().inLoop() || scope().inSwitch() || scope().type().flavor() == FuncType.Flavor.HOOK;
                return leave(
                        new Stmt.Break(at),
                        allowed,
                        "break statement used outside of for, while or switch statement and not within a hook."
                                + " (break )");
            }
            case FALLTHROUGH -> {
                return leave(new Stmt.Fallthrough(at), scope().inSwitch(), "fallthrough only allowed inside switch");
            }
            case RETURN -> {
                return returns();
            }
            case LOCAL -> {
                return local(false);
            }
            case CONST_KW -> {
                return local(true);
            }
            case WHEN -> {
                return when(false);
            }
            case ASSERT -> {
                return assertion();
            }
            default -> {
                Expr e = parser.exprs().expr();
                p.expect(TokenKind.SEMICOLON);
                if (ExprParser.hasNoEffect(e)) {
                    p.diagnostics.warning(Mention.of(e), "expression value ignored");
                }
                return new Stmt.Eval(at, e);
            }
        }
    }

    private Stmt leave(Stmt s, boolean allowed, String otherwise) {
        Position at = p.take().at();
        p.expect(TokenKind.SEMICOLON);
        if (!allowed) {
            p.diagnostics.error(at, otherwise);
        }
        return s;
    }

    private Stmt print() {
        Position at = p.take().at();
        List<Expr> values = new ArrayList<>();
        do {
            values.add(parser.exprs().expr());
        } while (p.accept(TokenKind.COMMA));
        p.expect(TokenKind.SEMICOLON);
        for (Expr e : values) {
            if (e.type().is(Tag.VOID)) {
                p.diagnostics.error(e.at(), "value of type void illegal (print " + ExprText.of(e) + ")");
            }
        }
        return new Stmt.Print(at, values);
    }

    private Stmt raise() {
        Position at = p.take().at();
        Token name = p.expect(TokenKind.IDENT);
        p.expect(TokenKind.LPAREN);
        List<Expr> args = parser.exprs().arguments();
        p.expect(TokenKind.RPAREN);
        p.expect(TokenKind.SEMICOLON);
        ExprParser.EventCall call = parser.exprs().event(name, args);
        return call == null ? new Stmt.Nothing(at) : new Stmt.Raise(at, call.event(), call.args());
    }

    private Stmt ifElse() {
        Position at = p.take().at();
        p.expect(TokenKind.LPAREN);
        Expr condition = checker().condition(parser.exprs().expr(), "conditional in test must be boolean");
        p.expect(TokenKind.RPAREN);
        Stmt then = single(true);
        Stmt otherwise = p.accept(TokenKind.ELSE) ? single(false) : null;
        return new Stmt.If(at, condition, then, otherwise);
    }

    /**
     * A statement that another governs: no conditional directive may stand in its place.
     *
     * @param late whether Zeek sees the mistake only at what follows the directive
     */
    private Stmt single(boolean late) {
        List<Position> directives = p.tokens.conditionalsBefore();
        if (directives.isEmpty()) {
            return statement();
        }
        Position at = directives.get(0);
        Position next = directives.size() > 1 ? directives.get(1) : p.token().at();
        p.diagnostics.error(late ? next : at, "incorrect use of directive");
        return new Stmt.Nothing(at);
    }

    private Stmt whileLoop() {
        Position at = p.take().at();
        p.expect(TokenKind.LPAREN);
        Expr condition = checker().condition(parser.exprs().expr(), "while conditional must be boolean");
        p.expect(TokenKind.RPAREN);
        return new Stmt.While(at, condition, loopBody());
    }

    private Stmt loopBody() {
        scope().enterLoop();
        try {
            return single(false);
        } finally {
            scope().leaveLoop();
        }
    }

    // ---- for

    private Stmt forLoop() {
        Position at = p.take().at();
        p.expect(TokenKind.LPAREN);
        List<Token> keys = new ArrayList<>();
        boolean bracketed = p.accept(TokenKind.LBRACKET);
        do {
            keys.add(p.expectLocalName());
        } while (bracketed && p.accept(TokenKind.COMMA));
        if (bracketed) {
            p.expect(TokenKind.RBRACKET);
        }
        Token value = p.accept(TokenKind.COMMA) ? p.expectLocalName() : null;
        p.expect(TokenKind.IN);
        Expr over = parser.exprs().expr();
        p.expect(TokenKind.RPAREN);
        boolean blank = keys.size() == 1 && keys.get(0).text().equals("_");
        List<Type> keyTypes = blank ? List.of(Types.ANY) : keyTypes(over, keys.size(), at);
        List<@Nullable Local> locals = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            locals.add(loopVariable(keys.get(i), keyTypes.get(i), over));
        }
        Local valueLocal = value == null ? null : loopVariable(value, valueType(over, at), over);
        return new Stmt.For(at, locals, valueLocal, over, loopBody());
    }

    private List<Type> keyTypes(Expr over, int names, Position at) {
        Type t = over.type();
        List<Type> types;
        if (t instanceof TableType table) {
            types = table.isUnspecified() ? List.of(Types.ANY) : table.index();
        } else if (t instanceof VectorType) {
            types = List.of(Types.COUNT);
        } else if (t.is(Tag.STRING)) {
            types = List.of(Types.STRING);
        } else {
            if (!t.isError()) {
                p.diagnostics.error(
                        at,
                        "target to iterate over must be a table, set, vector, or string (" + ExprText.of(over) + ")");
            }
            types = List.of();
        }
        if (types.size() != names && !types.isEmpty()) {
            p.diagnostics.error(at, "wrong index size (" + ExprText.of(over) + ")");
        }
        List<Type> out = new ArrayList<>();
        for (int i = 0; i < names; i++) {
            out.add(i < types.size() && types.size() == names ? types.get(i) : Types.ERROR);
        }
        return out;
    }

    private Type valueType(Expr over, Position at) {
        Type t = over.type();
        if (t instanceof TableType table) {
            Type yield = table.yield();
            if (yield != null) {
                return yield;
            }
        } else if (t instanceof VectorType v) {
            return v.element();
        }
        if (!t.isError()) {
            p.diagnostics.error(
                    at, "key value loops only support iteration over tables or vectors (" + ExprText.of(over) + ")");
        }
        return Types.ERROR;
    }

    private @Nullable Local loopVariable(Token name, Type type, Expr over) {
        if (name.text().equals("_")) {
            return null;
        }
        Local known = scope().findHere(name.text());
        if (known != null) {
            if (known.constant()) {
                p.diagnostics.error(Mention.of(known), "constant used in 'for' loop");
            }
            if (known.constant() || !TypeRules.same(known.type(), type)) {
                Mention of = known.constant() ? new Mention(Position.NONE, "error") : Mention.of(known.type());
                p.diagnostics.error(Mention.of(over), of, "type clash in iteration");
            }
            return known;
        }
        Global g = parser.names().find(name.text());
        if (g != null && g.kind() != Global.Kind.TYPE) {
            p.diagnostics.error(Mention.of(g), "global variable used in 'for' loop");
            p.diagnostics.error(Mention.of(over), new Mention(Position.NONE, "error"), "type clash in iteration");
        }
        return scope().declare(name.text(), type, Attributes.NONE, false, name.at());
    }

    // ---- switch

    private Stmt switchOver() {
        Position at = p.take().at();
        Expr value = parser.exprs().expr(ExprParser.CONDITIONAL);
        p.expect(TokenKind.LBRACE);
        scope().enterSwitch();
        List<Stmt.Case> cases = new ArrayList<>();
        try {
            while (!p.at(TokenKind.RBRACE)) {
                cases.add(oneCase(value));
            }
        } finally {
            scope().leaveSwitch();
        }
        p.expect(TokenKind.RBRACE);
        Stmt.Switch whole = new Stmt.Switch(p.from(at), value, cases);
        new SwitchRules(p.diagnostics).check(whole);
        return whole;
    }

    private Stmt.Case oneCase(Expr value) {
        List<Expr> values = new ArrayList<>();
        List<Stmt.TypeCase> types = new ArrayList<>();
        Position at = p.token().at();
        boolean isDefault = p.accept(TokenKind.DEFAULT);
        scope().enterBlock();
        if (!isDefault) {
            p.expect(TokenKind.CASE);
            do {
                if (p.accept(TokenKind.TYPE)) {
                    Type type = parser.types().type();
                    Local local = null;
                    if (p.accept(TokenKind.AS)) {
                        Token name = p.expectLocalName();
                        local = scope().declare(name.text(), type, Attributes.NONE, false, name.at());
                    }
                    types.add(new Stmt.TypeCase(type, local));
                } else {
                    values.add(label(parser.exprs().expr(ExprParser.CONDITIONAL), value));
                }
            } while (p.accept(TokenKind.COMMA));
        }
        p.expect(TokenKind.COLON);
        List<Stmt> body = new ArrayList<>();
        while (!p.at(TokenKind.CASE) && !p.at(TokenKind.DEFAULT) && !p.at(TokenKind.RBRACE)) {
            if (p.at(TokenKind.END)) {
                throw p.unexpected();
            }
            body.add(statement());
        }
        scope().leaveBlock();
        Stmt.Case c = new Stmt.Case(values, types, isDefault, new Stmt.Block(p.from(at), body));
        new SwitchRules(p.diagnostics).check(c);
        return c;
    }

    private Expr label(Expr e, Expr value) {
        Expr fitting = checker().convert(e, value.type(), "case label type clash");
        if (!(fitting instanceof Expr.Const)
                && !(fitting instanceof Expr.GlobalRef)
                && !fitting.type().isError()) {
            // A constant expression of several parts is evaluated here.
            Object v = p.interpreter.evaluate(fitting);
            return new Expr.Const(fitting.at(), fitting.type(), v);
        }
        return fitting;
    }

    // ---- return, local, when, assert

    private Stmt returns() {
        Position at = p.take().at();
        FuncType type = scope().type();
        if (p.at(TokenKind.WHEN)) {
            return when(true);
        }
        if (p.accept(TokenKind.SEMICOLON)) {
            return new Stmt.Return(at, null);
        }
        Expr e = parser.exprs().expr();
        p.expect(TokenKind.SEMICOLON);
        type.returns(e.type());
        Type yield = type.yield();
        if (type.flavor() == FuncType.Flavor.HOOK) {
            Stmt.Return written = new Stmt.Return(at, e);
            p.diagnostics.warning(
                    new Mention(at, StmtText.of(written)),
                    "Remove in v9.1: Returning values from a hook is deprecated. Consider using 'break' to inhibit"
                            + " lower-priority hooks, otherwise use an empty return if necessary.");
            Expr result = checker().promote(e, Types.BOOL);
            return new Stmt.Return(at, result == null ? new Expr.Bad(at) : result);
        }
        if (type.flavor() != FuncType.Flavor.FUNCTION || yield.is(Tag.VOID)) {
            if (!e.type().isError()) {
                p.diagnostics.error(at, "return statement cannot have an expression (return (" + ExprText.of(e) + "))");
            }
            return new Stmt.Return(at, e);
        }
        return new Stmt.Return(at, checker().convert(e, yield, "return value has wrong type"));
    }

    private Stmt local(boolean constant) {
        Position at = p.take().at();
        Token name = p.expectLocalName();
        Type type = null;
        if (p.accept(TokenKind.COLON)) {
            type = parser.types().type();
        }
        Expr value = null;
        if (p.accept(TokenKind.ASSIGN)) {
            value = parser.exprs().rhs();
        }
        Type finalType = parser.variables().variableType(name, type, value);
        Attributes attributes = parser.types().attributes(finalType, Owner.LOCAL);
        p.expectLast(TokenKind.SEMICOLON);
        boolean blank = name.text().equals("_");
        Global g = p.globals.exact(Globals.qualify(p.module, name.text()));
        if (g != null && !blank) {
            p.diagnostics.error(Mention.of(g), "already a global identifier");
        }
        Local before = scope().findHere(name.text());
        before = before == null ? scope().outOfScope(name.text()) : before;
        if (before != null && !blank) {
            scope().find(name.text());
            declaredAgain(before, finalType, value);
        }
        Local local = scope().declare(name.text(), finalType, attributes, constant, name.at());
        Expr fitting = value == null || finalType.isError()
                ? null
                : checker().assignments().initial(new Expr.LocalRef(name.at(), local), value);
        // Behind it may stand a directive that names the local.
        p.tokens.advance();
        return new Stmt.Init(value == null ? at : value.at(), local, fitting);
    }

    private void declaredAgain(Local before, Type type, @Nullable Expr value) {
        if (value == null && before.type() instanceof FuncType f && type instanceof FuncType) {
            p.diagnostics.error(Mention.of(type), Mention.of(f), "redeclaration of function");
        } else {
            p.diagnostics.errorAt(Mention.of(before), value == null ? Position.NONE : value.at(), "already defined");
        }
    }

    private Stmt when(boolean returns) {
        Position at = p.take().at();
        Captures listed = Captures.read(p, parser);
        FunctionScope outer = scope();
        FunctionScope own = new FunctionScope(outer, outer.type(), p.module, false);
        p.scope = own;
        Expr condition;
        Stmt body;
        Stmt onTimeout = null;
        Expr timeout = null;
        Position shownAt = at;
        try {
            if (listed != null) {
                listed.into(own);
            }
            p.expect(TokenKind.LPAREN);
            condition = checker().condition(parser.exprs().expr(), "conditional in test must be boolean");
            p.expect(TokenKind.RPAREN);
            body = statement();
            Position late = new Position(at.source(), p.tokens.lineBefore(), 1);
            if (p.accept(TokenKind.TIMEOUT)) {
                shownAt = late;
                p.scope = outer;
                timeout = checker()
                        .convert(
                                parser.exprs().expr(ExprParser.CONDITIONAL),
                                Types.INTERVAL,
                                "when timeout requires time or interval");
                p.scope = own;
                onTimeout = block();
            }
        } finally {
            p.scope = outer;
        }
        Stmt.When when =
                new Stmt.When(p.from(at), own.captures(), own.slots(), condition, body, timeout, onTimeout, returns);
        String mistake = own.captureMistake(listed == null ? List.of() : listed.captured(), "\"when\" statement");
        if (mistake != null) {
            List<Expr.Capture> written = listed == null ? List.of() : listed.written(own);
            Stmt shown = new Stmt.When(when.at(), written, 0, condition, body, timeout, onTimeout, returns);
            p.diagnostics.error(new Mention(p.from(shownAt), StmtText.of(shown)), mistake);
        }
        return when;
    }

    private Stmt assertion() {
        Position at = p.take().at();
        Expr condition =
                checker().condition(parser.exprs().expr(ExprParser.CONDITIONAL), "conditional must be boolean");
        Expr message = p.accept(TokenKind.COMMA) ? parser.exprs().expr(ExprParser.CONDITIONAL) : null;
        if (message != null && !message.type().is(Tag.STRING) && !message.type().isError()) {
            p.diagnostics.error(at, "message must be string (" + ExprText.of(message) + ")");
        }
        p.expect(TokenKind.SEMICOLON);
        return new Stmt.Assert(at, condition, ExprText.of(condition), message);
    }
}
