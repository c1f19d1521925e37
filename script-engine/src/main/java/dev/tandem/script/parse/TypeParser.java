package dev.tandem.script.parse;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.AttributeRules;
import dev.tandem.script.check.AttributeRules.Owner;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Mention;
import dev.tandem.script.check.TypeRules;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.FileType;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.OpaqueType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.SimpleType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads types, and the attributes behind types and values. */
final class TypeParser {
    private final ParseState p;
    private final Parser parser;

    TypeParser(ParseState p, Parser parser) {
        this.p = p;
        this.parser = parser;
    }

    Type type() {
        return type(null);
    }

    /** @param declaring the name a type declaration gives it, for enum constants; null elsewhere */
    Type type(@Nullable String declaring) {
        Position begin = p.token().at();
        boolean named = p.at(TokenKind.IDENT);
        Type type = unplaced(declaring);
        if (!named && !(type instanceof SimpleType) && !type.declared().isKnown()) {
            type.declared(p.from(begin));
        }
        return type;
    }

    private Type unplaced(@Nullable String declaring) {
        Token t = p.token();
        switch (t.kind()) {
            case BOOL -> {
                return simple(Types.BOOL);
            }
            case INT -> {
                return simple(Types.INT);
            }
            case COUNT -> {
                return simple(Types.COUNT);
            }
            case DOUBLE -> {
                return simple(Types.DOUBLE);
            }
            case TIME -> {
                return simple(Types.TIME);
            }
            case INTERVAL -> {
                return simple(Types.INTERVAL);
            }
            case STRING -> {
                return simple(Types.STRING);
            }
            case PATTERN_KW -> {
                return simple(Types.PATTERN);
            }
            case PORT -> {
                return simple(Types.PORT);
            }
            case ADDR -> {
                return simple(Types.ADDR);
            }
            case SUBNET -> {
                return simple(Types.SUBNET);
            }
            case ANY -> {
                return simple(Types.ANY);
            }
            case SET, TABLE, VECTOR -> {
                p.tokens.advance();
                return behindKeyword(t);
            }
            case RECORD -> {
                p.tokens.advance();
                p.expect(TokenKind.LBRACE);
                RecordType r = new RecordType(List.of());
                fields(r, false);
                r.declared(p.from(t.at()));
                p.expect(TokenKind.RBRACE);
                return r;
            }
            case ENUM -> {
                p.tokens.advance();
                EnumType e = new EnumType();
                if (declaring != null) {
                    e.name(declaring);
                }
                p.expect(TokenKind.LBRACE);
                constants(e);
                p.expect(TokenKind.RBRACE);
                return e;
            }
            case FUNCTION -> {
                p.tokens.advance();
                return function(FuncType.Flavor.FUNCTION);
            }
            case EVENT -> {
                p.tokens.advance();
                return function(FuncType.Flavor.EVENT);
            }
            case HOOK -> {
                p.tokens.advance();
                return function(FuncType.Flavor.HOOK);
            }
            case FILE -> {
                p.tokens.advance();
                return new FileType(p.accept(TokenKind.OF) ? type() : Types.STRING);
            }
            case OPAQUE -> {
                p.tokens.advance();
                p.expect(TokenKind.OF);
                return new OpaqueType(p.expectName().text());
            }
            case IDENT -> {
                p.tokens.advance();
                return parser.names().type(t);
            }
            default -> throw p.unexpected();
        }
    }

    /** A set, table or vector type whose keyword has been read. */
    Type behindKeyword(Token keyword) {
        if (keyword.is(TokenKind.VECTOR)) {
            p.expect(TokenKind.OF);
            return new VectorType(type());
        }
        List<Type> index = index();
        Type yield = null;
        if (keyword.is(TokenKind.TABLE)) {
            p.expect(TokenKind.OF);
            yield = type();
        }
        TableType table = new TableType(index, yield);
        table.declared(p.from(keyword.at()));
        for (Type part : index) {
            if (TypeRules.containsAny(part)) {
                p.diagnostics.error(
                        Mention.of(table), Mention.of(part), "index type containing 'any' is not supported");
            }
        }
        return table;
    }

    private Type simple(Type type) {
        p.tokens.advance();
        return type;
    }

    private List<Type> index() {
        p.expect(TokenKind.LBRACKET);
        List<Type> types = new ArrayList<>();
        do {
            types.add(type());
        } while (p.accept(TokenKind.COMMA));
        p.expect(TokenKind.RBRACKET);
        return types;
    }

    /**
     * Reads fields up to the closing brace into a record type.
     *
     * @param extending whether this is a {@code redef record}, whose new fields must be optional or have a default
     */
    void fields(RecordType into, boolean extending) {
        List<String> duplicates = new ArrayList<>();
        while (!p.at(TokenKind.RBRACE)) {
            Token name = p.expectName();
            p.expect(TokenKind.COLON);
            Type type = type();
            Attributes attributes = attributes(type, Owner.FIELD);
            p.expect(TokenKind.SEMICOLON);
            if (extending && !attributes.has(Attr.OPTIONAL) && !attributes.has(Attr.DEFAULT)) {
                p.diagnostics.error(
                        name.at(), "extension field must be &optional or have &default (" + into.label() + ")");
            }
            if (!into.add(new RecordField(name.text(), type, attributes))) {
                duplicates.add(name.text());
            }
        }
        for (String name : duplicates) {
            p.diagnostics.error(p.token().at(), "duplicate field '" + name + "' found in record definition");
        }
    }

    /** Reads enum constants up to the closing brace and declares them in the module. */
    void constants(EnumType into) {
        while (!p.at(TokenKind.RBRACE)) {
            Token name = p.expect(TokenKind.IDENT);
            Long number = null;
            if (p.accept(TokenKind.ASSIGN)) {
                boolean minus = p.accept(TokenKind.MINUS);
                Token n = p.expect(TokenKind.CONST);
                number = n.value() instanceof Long v ? v : null;
                if (number == null || minus) {
                    p.diagnostics.error(n.at(), "enumerator is not a count constant");
                } else if (number < 0) {
                    p.diagnostics.error(n.at(), "enumerator value cannot be negative");
                }
            }
            String reason = null;
            if (p.at(TokenKind.ATTRIBUTE) && p.token().attr() == Attr.DEPRECATED) {
                Attributes a = attributes(Types.ANY, Owner.TYPE);
                reason = deprecation(a);
            }
            constant(into, name, number, reason);
            if (!p.accept(TokenKind.COMMA)) {
                break;
            }
        }
    }

    private void constant(EnumType into, Token name, @Nullable Long number, @Nullable String deprecation) {
        String full = Globals.qualify(p.module, name.text());
        Global old = p.globals.exact(full);
        if (old != null) {
            boolean same = old.value() instanceof EnumValue v
                    && into.name() != null
                    && into.name().equals(v.type().name())
                    && v.type() != into
                    && (number == null || number == v.number());
            if (!same) {
                p.diagnostics.error(
                        name.at(),
                        old.declared(),
                        "conflicting definition of enum value '" + full + "' in type '" + into.name() + "'");
            }
            return;
        }
        EnumValue value = into.add(full, number);
        if (value == null) {
            p.diagnostics.error(
                    name.at(), "enumerator value in enumerated type definition already exists (" + full + ")");
            return;
        }
        Global g = p.globals.declare(full, Global.Kind.ENUM_CONSTANT, name.at());
        g.type(into);
        g.value(value);
        if (p.exporting) {
            g.export();
        }
        if (deprecation != null) {
            g.deprecate(deprecation);
        }
    }

    /** The reason in {@code &deprecated}, empty when none is given; null when it is absent. */
    static @Nullable String deprecation(Attributes attributes) {
        if (!attributes.has(Attr.DEPRECATED)) {
            return null;
        }
        AttributeValue v = attributes.get(Attr.DEPRECATED);
        Object reason = v == null ? null : v.evaluate();
        return reason == null ? "" : String.valueOf(reason);
    }

    /** Reads {@code (params)} and, for a function, {@code : type}. */
    FuncType function(FuncType.Flavor flavor) {
        Position begin = p.expect(TokenKind.LPAREN).at();
        RecordType params = new RecordType(List.of());
        boolean variadic = false;
        while (!p.at(TokenKind.RPAREN)) {
            if (p.at(TokenKind.CONST) && p.token().text().startsWith(".")) {
                throw p.unexpected();
            }
            Token name = p.expectName();
            p.expect(TokenKind.COLON);
            Type type = type();
            Attributes attributes = attributes(type, Owner.PARAMETER);
            if (!params.add(new RecordField(name.text(), type, attributes))) {
                p.diagnostics.error(name.at(), "duplicate parameter \"" + name.text() + "\"");
            }
            if (p.accept(TokenKind.COMMA)) {
                if (p.at(TokenKind.RPAREN)) {
                    throw p.unexpected();
                }
            } else if (!p.accept(TokenKind.SEMICOLON)) {
                break;
            }
        }
        p.expect(TokenKind.RPAREN);
        Type yield = flavor == FuncType.Flavor.HOOK ? Types.BOOL : Types.VOID;
        if (flavor == FuncType.Flavor.FUNCTION && p.accept(TokenKind.COLON)) {
            yield = type();
        }
        FuncType type = new FuncType(flavor, params, yield, variadic);
        type.declared(p.from(begin));
        params.declared(type.declared());
        return type;
    }

    /** Reads attributes, if any. */
    Attributes attributes(Type type, Owner owner) {
        return attributes(given(), type, owner);
    }

    /** Attributes that have been read, checked; they may stand no more than {@code owner} lets them. */
    Attributes attributes(List<AttributeRules.Given> given, Type type, Owner owner) {
        return given.isEmpty() ? Attributes.NONE : p.attributes.check(p.token().at(), given, type, owner);
    }

    /** Reads attributes, if any, without a look at what they mean. */
    List<AttributeRules.Given> given() {
        List<AttributeRules.Given> given = new ArrayList<>();
        while (p.at(TokenKind.ATTRIBUTE)) {
            Attr attr = p.take().attr();
            if (attr == null) {
                continue;
            }
            Expr value = null;
            if (p.accept(TokenKind.ASSIGN)) {
                value = p.at(TokenKind.LBRACE)
                        ? parser.exprs().rhs()
                        : parser.exprs().expr(ExprParser.CONDITIONAL);
            } else if (needsValue(attr)) {
                throw p.unexpected();
            }
            given.add(new AttributeRules.Given(attr, value));
        }
        return given;
    }

    private static boolean needsValue(Attr attr) {
        return switch (attr) {
            case DEFAULT,
                    DEFAULT_INSERT,
                    EXPIRE_CREATE,
                    EXPIRE_FUNC,
                    EXPIRE_READ,
                    EXPIRE_WRITE,
                    PRIORITY,
                    GROUP,
                    ON_CHANGE,
                    ADD_FUNC,
                    DEL_FUNC,
                    BACKEND,
                    BROKER_STORE -> true;
            default -> false;
        };
    }

    /** Reads a {@code ...} prototype of a built-in: see {@link Parser#prototype}. */
    static FuncType variadic(FuncType of) {
        return new FuncType(of.flavor(), of.params(), of.yield(), true);
    }
}
