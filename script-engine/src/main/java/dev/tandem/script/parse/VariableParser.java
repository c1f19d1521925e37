package dev.tandem.script.parse;

import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.AttributeRules.Owner;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Mention;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** Declarations of variables, options and constants, which get their values as they are read, and changes of those values. */
final class VariableParser {
    private final ParseState p;
    private final Parser parser;
    private final FunctionParser functions;

    VariableParser(ParseState p, Parser parser, FunctionParser functions) {
        this.p = p;
        this.parser = parser;
        this.functions = functions;
    }

    /** {@code global}, {@code option} or {@code const}, whose word is the next token. */
    void variable(Global.Kind kind) {
        p.tokens.advance();
        Token name = p.expectGlobalName();
        Type declared = p.accept(TokenKind.COLON) ? parser.types().type() : null;
        Expr init = null;
        if (p.accept(TokenKind.ASSIGN)) {
            init = parser.exprs().rhs();
        } else if (p.at(TokenKind.LBRACKET) || p.at(TokenKind.LBRACE)) {
            p.diagnostics.error(
                    Mention.of(parser.exprs().rhs()), "Initialization not preceded by =/+=/-= is not allowed.");
            declared = Types.ERROR;
        }
        Type known = declared != null ? declared : init != null ? variableType(name, null, init) : Types.ERROR;
        Attributes attributes = parser.types().attributes(known, Owner.GLOBAL);
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

    /**
     * Changes the value of a variable, or what is said of it.
     *
     * @param op null for another value instead of the one that it has
     */
    void redefine(Global g, Position at, @Nullable BinaryOp op, @Nullable Expr value, Attributes attributes) {
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
}
