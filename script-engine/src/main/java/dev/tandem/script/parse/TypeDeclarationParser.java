package dev.tandem.script.parse;

import dev.tandem.script.ast.Global;
import dev.tandem.script.check.AttributeRules.Owner;
import dev.tandem.script.check.Globals;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.util.List;

/** Declarations of named types. */
final class TypeDeclarationParser {
    private final ParseState p;
    private final TypeParser types;

    TypeDeclarationParser(ParseState p, TypeParser types) {
        this.p = p;
        this.types = types;
    }

    /** {@code type NAME: ...;}, whose word is the next token. */
    void declaration() {
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

    /** Has all fields from one on logged. */
    static void logAll(RecordType r, int from) {
        for (int i = from; i < r.size(); i++) {
            r.attributes(i, r.field(i).attributes().with(Attr.LOG, null));
        }
    }
}
