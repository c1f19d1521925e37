package dev.tandem.script.parse;

import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.AttributeRules;
import dev.tandem.script.check.AttributeRules.Owner;
import dev.tandem.script.check.Suggestion;
import dev.tandem.script.lex.ScriptSyntaxError;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.runtime.RecordGrowth;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import java.util.List;

/** {@code redef}: enums and records that grow, functions with other bodies, variables with other values. */
final class RedefParser {
    private final ParseState p;
    private final Parser parser;
    private final VariableParser variables;
    private final FunctionParser functions;

    RedefParser(ParseState p, Parser parser, VariableParser variables, FunctionParser functions) {
        this.p = p;
        this.parser = parser;
        this.variables = variables;
        this.functions = functions;
    }

    /** {@code redef ...}, whose word is the next token. */
    void redef() {
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
        Global g = parser.names().find(name.text());
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
        parser.types().constants(e == null ? unknown : e);
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
        Global g = parser.names().require(name, "unknown identifier");
        RecordType r = g != null && g.kind() == Global.Kind.TYPE && g.type() instanceof RecordType t ? t : null;
        if (g != null && r == null) {
            p.diagnostics.error(name.at(), "not a record type (" + name.text() + ")");
        }
        RecordType into = r == null ? new RecordType(List.of()) : r;
        p.expect(TokenKind.ADD_ASSIGN);
        p.expect(TokenKind.LBRACE);
        int before = into.size();
        parser.types().fields(into, true);
        p.expect(TokenKind.RBRACE);
        Attributes attributes = parser.types().attributes(into, Owner.TYPE);
        if (attributes.has(Attr.LOG)) {
            TypeDeclarationParser.logAll(into, before);
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
        List<AttributeRules.Given> change = parser.types().given();
        p.expect(TokenKind.RBRACE);
        p.expect(TokenKind.SEMICOLON);
        Global g = parser.names().find(recordName.text());
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
        Attributes checked = parser.types().attributes(change, changed.type(), Owner.FIELD);
        r.attributes(
                slot,
                adding
                        ? changed.attributes().with(checked)
                        : changed.attributes().without(Attr.LOG));
    }

    private void redefValue() {
        Token name = p.expect(TokenKind.IDENT);
        Global g = parser.names().find(name.text());
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
            parser.types().type();
        }
        BinaryOp op = null;
        Expr value = null;
        if (p.at(TokenKind.ASSIGN) || p.at(TokenKind.ADD_ASSIGN) || p.at(TokenKind.SUB_ASSIGN)) {
            TokenKind kind = p.take().kind();
            op = kind == TokenKind.ADD_ASSIGN ? BinaryOp.ADD : kind == TokenKind.SUB_ASSIGN ? BinaryOp.SUB : null;
            value = parser.exprs().rhs();
        }
        Attributes attributes = parser.types().attributes(g == null ? Types.ANY : g.type(), Owner.GLOBAL);
        p.expectLast(TokenKind.SEMICOLON);
        if (g == null) {
            p.diagnostics.error(
                    name.at(),
                    "\"redef\" used but not previously defined (" + name.text() + ")",
                    Suggestion.of(name.text(), p.globals.namesSeenFrom(p.module)));
        } else {
            variables.redefine(g, name.at(), op, value, attributes);
        }
        p.tokens.advance();
    }
}
