package dev.tandem.script.parse;

import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.check.AttributeRules.Owner;
import dev.tandem.script.check.CastRules;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Mention;
import dev.tandem.script.lex.ScriptSyntaxError;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.pattern.PatternSyntaxError;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.ListType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.TypeType;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads expressions by operator precedence (zeek {@code src/parse.y}, its precedence table). */
final class ExprParser {
    static final int ASSIGNMENT = 1;
    static final int CONDITIONAL = 2;
    private static final int OR = 3;
    private static final int AND = 4;
    private static final int COMPARISON = 5;
    private static final int MEMBERSHIP = 6;
    private static final int BIT_OR = 7;
    private static final int UNARY = 13;

    private final ParseState p;
    private final Parser parser;

    ExprParser(ParseState p, Parser parser) {
        this.p = p;
        this.parser = parser;
    }

    Expr expr() {
        return expr(ASSIGNMENT);
    }

    /** The right side of an assignment: an expression, or {@code { ... }}. */
    Expr rhs() {
        if (!p.at(TokenKind.LBRACE)) {
            Expr e = expr(ASSIGNMENT);
            return e instanceof Expr.ListExpr l ? braces(l) : e;
        }
        Position at = p.take().at();
        List<Expr.TableEntry> entries = entries(TokenKind.RBRACE);
        p.expect(TokenKind.RBRACE);
        return new Expr.InitList(p.from(at), entries);
    }

    /** Brackets where braces could stand. */
    private static Expr.InitList braces(Expr.ListExpr l) {
        return new Expr.InitList(
                l.at(),
                l.parts().stream()
                        .map(e -> new Expr.TableEntry(List.of(e), null))
                        .toList());
    }

    /** Reads {@code key = value} or {@code element}, separated by commas, up to a closing token. */
    List<Expr.TableEntry> entries(TokenKind close) {
        List<Expr.TableEntry> entries = new ArrayList<>();
        while (!p.at(close)) {
            Expr key = p.at(TokenKind.LBRACE) ? rhs() : expr(CONDITIONAL);
            Expr value = p.accept(TokenKind.ASSIGN) ? rhs() : null;
            entries.add(new Expr.TableEntry(List.of(key), value));
            if (!p.accept(TokenKind.COMMA)) {
                break;
            }
        }
        return entries;
    }

    /** @param least binds at least as strongly as this */
    Expr expr(int least) {
        Expr left = prefix();
        while (true) {
            Token t = p.token();
            int strength = strength(t.kind());
            if (strength < least || strength == 0) {
                return left;
            }
            left = infix(left, t, strength);
        }
    }

    private static int strength(TokenKind kind) {
        return switch (kind) {
            case ASSIGN, ADD_ASSIGN, SUB_ASSIGN -> ASSIGNMENT;
            case QUESTION -> CONDITIONAL;
            case OR_OR -> OR;
            case AND_AND -> AND;
            case LT, LE, GT, GE, EQ, NE -> COMPARISON;
            case IN, NOT_IN -> MEMBERSHIP;
            case PIPE -> BIT_OR;
            case CARET -> 8;
            case AMP -> 9;
            case SHL, SHR -> 10;
            case PLUS, MINUS -> 11;
            case TIMES, SLASH, PERCENT -> 12;
            default -> 0;
        };
    }

    private Expr infix(Expr left, Token op, int strength) {
        p.tokens.advance();
        Position at = left.at();
        switch (op.kind()) {
            case ASSIGN -> {
                boolean several = left instanceof Expr.ListExpr;
                return p.checker.assignments().assign(at, left, several ? expr(ASSIGNMENT) : rhs());
            }
            case ADD_ASSIGN, SUB_ASSIGN -> {
                return p.checker
                        .assignments()
                        .compound(at, op.is(TokenKind.ADD_ASSIGN) ? BinaryOp.ADD : BinaryOp.SUB, left, rhs());
            }
            case QUESTION -> {
                Expr then = expr(CONDITIONAL);
                p.expect(TokenKind.COLON);
                Expr otherwise = expr(CONDITIONAL);
                return p.checker.operators().conditional(p.from(at), left, then, otherwise);
            }
            case OR_OR, AND_AND -> {
                return p.checker.operators().logic(at, op.is(TokenKind.AND_AND), left, expr(strength + 1));
            }
            case IN -> {
                return p.checker.access().in(at, left, membership());
            }
            case NOT_IN -> {
                return p.checker
                        .operators()
                        .unary(at, Expr.UnaryOp.NOT, p.checker.access().in(at, left, membership()));
            }
            default -> {
                return p.checker.operators().binary(at, operator(op.kind()), left, expr(strength + 1));
            }
        }
    }

    private Expr membership() {
        return p.at(TokenKind.LBRACE) ? rhs() : expr(MEMBERSHIP + 1);
    }

    private static BinaryOp operator(TokenKind kind) {
        return switch (kind) {
            case LT -> BinaryOp.LT;
            case LE -> BinaryOp.LE;
            case GT -> BinaryOp.GT;
            case GE -> BinaryOp.GE;
            case EQ -> BinaryOp.EQ;
            case NE -> BinaryOp.NE;
            case PIPE -> BinaryOp.BIT_OR;
            case CARET -> BinaryOp.BIT_XOR;
            case AMP -> BinaryOp.BIT_AND;
            case SHL -> BinaryOp.SHIFT_LEFT;
            case SHR -> BinaryOp.SHIFT_RIGHT;
            case PLUS -> BinaryOp.ADD;
            case MINUS -> BinaryOp.SUB;
            case TIMES -> BinaryOp.MUL;
            case SLASH -> BinaryOp.DIV;
            default -> BinaryOp.MOD;
        };
    }

    // ---- prefix

    private Expr prefix() {
        Token t = p.token();
        Position at = t.at();
        switch (t.kind()) {
            case BANG -> {
                p.tokens.advance();
                return p.checker.operators().unary(at, Expr.UnaryOp.NOT, expr(UNARY));
            }
            case MINUS -> {
                p.tokens.advance();
                return p.checker.operators().unary(at, Expr.UnaryOp.NEGATE, expr(UNARY));
            }
            case PLUS -> {
                p.tokens.advance();
                return p.checker.operators().unary(at, Expr.UnaryOp.PLUS, expr(UNARY));
            }
            case TILDE -> {
                p.tokens.advance();
                return p.checker.operators().unary(at, Expr.UnaryOp.COMPLEMENT, expr(UNARY));
            }
            case INCR, DECR -> {
                p.tokens.advance();
                return p.checker.operators().step(at, expr(UNARY), t.is(TokenKind.INCR) ? 1 : -1);
            }
            case PIPE -> {
                p.tokens.advance();
                Expr inner = expr(BIT_OR + 1);
                p.expect(TokenKind.PIPE);
                while (beginsOperandOnly(p.token().kind())) {
                    // What stands behind the bar can only be an operand of it: |a | b|.
                    inner = p.checker.operators().binary(inner.at(), BinaryOp.BIT_OR, inner, expr(BIT_OR + 1));
                    p.expect(TokenKind.PIPE);
                }
                return postfix(p.checker.operators().unary(at, Expr.UnaryOp.SIZE, inner));
            }
            case HOOK -> {
                p.tokens.advance();
                return hookCall();
            }
            case ADD -> {
                p.tokens.advance();
                return p.checker.assignments().add(at, expr(CONDITIONAL));
            }
            case DELETE -> {
                p.tokens.advance();
                return p.checker.assignments().delete(at, expr(CONDITIONAL));
            }
            case SCHEDULE -> {
                return schedule();
            }
            default -> {
                return postfix(primary());
            }
        }
    }

    private static boolean beginsOperandOnly(TokenKind kind) {
        return switch (kind) {
            case IDENT, CONST, TABLE, SET, VECTOR, RECORD, COPY, TILDE, BANG -> true;
            default -> false;
        };
    }

    private Expr hookCall() {
        boolean outer = p.inHookCall;
        p.inHookCall = true;
        Expr e;
        try {
            e = expr(COMPARISON);
        } finally {
            p.inHookCall = outer;
        }
        if (e.type().isError()) {
            return e;
        }
        if (!(e instanceof Expr.Call c)) {
            p.diagnostics.error(Mention.of(e), "not a valid hook call expression");
        } else if (c.callee().type() instanceof FuncType f && f.flavor() != FuncType.Flavor.HOOK) {
            p.diagnostics.error(Mention.of(e), "hook keyword should only be used to call hooks");
        }
        return e;
    }

    /** Whether evaluating an expression changes nothing. */
    static boolean hasNoEffect(Expr e) {
        return switch (e) {
            case Expr.Const c -> true;
            case Expr.LocalRef l -> true;
            case Expr.GlobalRef g -> true;
            case Expr.Unary u -> hasNoEffect(u.operand());
            case Expr.Binary b -> hasNoEffect(b.left()) && hasNoEffect(b.right());
            case Expr.Logic l -> hasNoEffect(l.left()) && hasNoEffect(l.right());
            case Expr.HasField f -> hasNoEffect(f.record());
            default -> false;
        };
    }

    private Expr schedule() {
        Position at = p.take().at();
        Expr when = expr(CONDITIONAL);
        p.expect(TokenKind.LBRACE);
        Token name = p.expect(TokenKind.IDENT);
        p.expect(TokenKind.LPAREN);
        List<Expr> args = arguments();
        p.expect(TokenKind.RPAREN);
        p.expect(TokenKind.RBRACE);
        if (!when.type().is(Tag.TIME)
                && !when.type().is(Tag.INTERVAL)
                && !when.type().isError()) {
            p.diagnostics.error(at, "schedule expression requires a time interval (" + ExprText.of(when) + ")");
            return new Expr.Bad(at);
        }
        EventCall call = event(name, args);
        return call == null ? new Expr.Bad(at) : new Expr.Schedule(at, when, call.event, call.args);
    }

    /** An event and its arguments, checked. */
    record EventCall(Expr event, List<Expr> args) {}

    /** Finds the event of a raise or schedule; null after a report. */
    @Nullable
    EventCall event(Token name, List<Expr> args) {
        FunctionScope scope = p.scope;
        if (scope != null && scope.find(name.text()) != null) {
            p.diagnostics.error(
                    name.at(),
                    "local identifier \"" + name.text() + "\" cannot be used to reference an event, at or near \")\"");
            return null;
        }
        if (parser.names().find(name.text()) == null) {
            parser.declareEvent(name, args);
        }
        Global g = parser.names().require(name, "unknown event");
        if (g == null) {
            return null;
        }
        parser.names().warnIfDeprecated(g, name.at());
        p.usage.use(p.defining, g);
        if (!(g.type() instanceof FuncType f) || f.flavor() != FuncType.Flavor.EVENT) {
            p.diagnostics.error(name.at(), "function is not an event (" + g.name() + ")");
            return null;
        }
        Expr ref = new Expr.GlobalRef(name.at(), g, f);
        List<Expr> fitting = p.checker.calls().arguments(new Expr.Call(name.at(), ref, args, Types.VOID), f, args);
        return fitting == null ? null : new EventCall(ref, fitting);
    }

    List<Expr> arguments() {
        List<Expr> args = new ArrayList<>();
        while (!p.at(TokenKind.RPAREN)) {
            args.add(p.at(TokenKind.LBRACE) ? rhs() : expr(ASSIGNMENT));
            if (!p.accept(TokenKind.COMMA)) {
                break;
            }
        }
        return args;
    }

    // ---- primary and postfix

    private Expr primary() {
        Token t = p.token();
        Position at = t.at();
        switch (t.kind()) {
            case CONST -> {
                p.tokens.advance();
                Type type = t.type();
                Object value = t.value();
                return type == null || value == null ? new Expr.Bad(at) : new Expr.Const(at, type, value);
            }
            case SLASH -> {
                return pattern(p.tokens.pattern());
            }
            case IDENT -> {
                p.tokens.advance();
                return parser.names().use(t);
            }
            case LPAREN -> {
                p.tokens.advance();
                Expr inner = expr(ASSIGNMENT);
                p.expect(TokenKind.RPAREN);
                return inner;
            }
            case LBRACKET -> {
                return bracket();
            }
            case COPY -> {
                p.tokens.advance();
                p.expect(TokenKind.LPAREN);
                Expr inner = expr(ASSIGNMENT);
                p.expect(TokenKind.RPAREN);
                return p.checker.operators().unary(at, Expr.UnaryOp.COPY, inner);
            }
            case RECORD -> {
                p.tokens.advance();
                p.expect(TokenKind.LPAREN);
                List<Expr.FieldInit> fields = fieldInits(TokenKind.RPAREN);
                p.expect(TokenKind.RPAREN);
                return p.checker.constructors().recordCtor(p.from(at), fields, null);
            }
            case TABLE, SET -> {
                p.tokens.advance();
                if (p.at(TokenKind.LBRACKET)) {
                    return typeValue(at, parser.types().behindKeyword(t));
                }
                p.expect(TokenKind.LPAREN);
                List<Expr.TableEntry> entries = entries(TokenKind.RPAREN);
                p.expect(TokenKind.RPAREN);
                Expr made =
                        p.checker.constructors().tableCtor(p.from(at), t.is(TokenKind.TABLE), entries, Attributes.NONE);
                Attributes attributes = parser.types().attributes(made.type(), Owner.TYPE);
                return made instanceof Expr.TableCtor c
                        ? new Expr.TableCtor(c.at(), c.type(), c.entries(), attributes)
                        : made;
            }
            case VECTOR -> {
                p.tokens.advance();
                if (p.at(TokenKind.OF)) {
                    return typeValue(at, parser.types().behindKeyword(t));
                }
                p.expect(TokenKind.LPAREN);
                List<Expr> elements = arguments();
                p.expect(TokenKind.RPAREN);
                return p.checker.constructors().vectorCtor(p.from(at), elements);
            }
            case FUNCTION -> {
                p.tokens.advance();
                return lambda(at, false);
            }
            case LOCAL -> {
                return whenLocal();
            }
            case BOOL, INT, COUNT, DOUBLE, TIME, INTERVAL, STRING, PORT, ADDR, SUBNET, ANY, PATTERN_KW -> {
                return typeValue(at, parser.types().type());
            }
            default -> throw p.unexpected();
        }
    }

    /** A type as an argument, as type functions take it. */
    private static Expr typeValue(Position at, Type type) {
        return new Expr.Const(at, new TypeType(type), type);
    }

    /** {@code local x = e} inside the condition of a {@code when}: true, with the value kept for the body. */
    private Expr whenLocal() {
        Position at = p.take().at();
        Token name = p.expect(TokenKind.IDENT);
        p.expect(TokenKind.ASSIGN);
        Expr value = rhs();
        FunctionScope scope = p.scope;
        if (scope == null) {
            throw new ScriptSyntaxError(at, "local variable outside a function");
        }
        Local local = scope.declare(name.text(), value.type(), Attributes.NONE, false, name.at());
        Expr assign = p.checker.assignments().assign(at, new Expr.LocalRef(at, local), value);
        return new Expr.Sequence(at, assign, new Expr.Const(at, Types.BOOL, true));
    }

    private Expr pattern(Token t) {
        String flags = String.valueOf(t.value());
        try {
            return new Expr.Const(
                    t.at(), Types.PATTERN, Pattern.compile(t.text(), flags.contains("i"), flags.contains("s")));
        } catch (PatternSyntaxError e) {
            p.diagnostics.error(t.at(), "error compiling pattern /" + t.text() + "/: " + e.getMessage());
            return new Expr.Bad(t.at());
        }
    }

    /** {@code [$a=1]}, {@code [a, b]} or {@code []}. */
    private Expr bracket() {
        Position at = p.expect(TokenKind.LBRACKET).at();
        if (p.at(TokenKind.DOLLAR) || p.at(TokenKind.RBRACKET)) {
            List<Expr.FieldInit> fields = fieldInits(TokenKind.RBRACKET);
            p.expect(TokenKind.RBRACKET);
            return p.checker.constructors().recordCtor(p.from(at), fields, null);
        }
        List<Expr> parts = new ArrayList<>();
        boolean trailingComma = false;
        while (!p.at(TokenKind.RBRACKET)) {
            parts.add(p.at(TokenKind.LBRACE) ? rhs() : expr(CONDITIONAL));
            if (parts.size() == 1 && p.at(TokenKind.ASSIGN)) {
                return tableInBrackets(at, parts.get(0));
            }
            trailingComma = p.accept(TokenKind.COMMA);
            if (!trailingComma) {
                break;
            }
        }
        p.expect(TokenKind.RBRACKET);
        Expr list = new Expr.ListExpr(
                p.from(at), new ListType(parts.stream().map(Expr::type).toList()), parts);
        if (trailingComma && p.at(TokenKind.ASSIGN)) {
            p.diagnostics.error(
                    Mention.of(list),
                    "incorrect syntax for list expression on left-hand side of assignment: trailing comma not allowed");
        }
        return list;
    }

    /** {@code [ [key] = value, ... ]}: as in braces. */
    private Expr tableInBrackets(Position at, Expr firstKey) {
        List<Expr.TableEntry> entries = new ArrayList<>();
        p.expect(TokenKind.ASSIGN);
        entries.add(new Expr.TableEntry(List.of(firstKey), rhs()));
        if (p.accept(TokenKind.COMMA)) {
            entries.addAll(entries(TokenKind.RBRACKET));
        }
        p.expect(TokenKind.RBRACKET);
        return new Expr.InitList(p.from(at), entries);
    }

    private List<Expr.FieldInit> fieldInits(TokenKind close) {
        List<Expr.FieldInit> fields = new ArrayList<>();
        while (!p.at(close)) {
            Position at = p.expect(TokenKind.DOLLAR).at();
            Token name = p.expectName();
            Expr value;
            if (p.at(TokenKind.LPAREN) || p.at(TokenKind.LBRACKET)) {
                value = lambda(at, true);
            } else {
                p.expect(TokenKind.ASSIGN);
                value = rhs();
            }
            fields.add(new Expr.FieldInit(name.text(), fields.size(), value, at));
            if (!p.accept(TokenKind.COMMA)) {
                break;
            }
        }
        return fields;
    }

    private Expr postfix(Expr start) {
        Expr e = start;
        while (true) {
            Token t = p.token();
            switch (t.kind()) {
                case DOLLAR -> {
                    p.tokens.advance();
                    Token name = p.expectName();
                    e = p.checker.access().field(e.at(), e, name.text());
                }
                case HAS_FIELD -> {
                    p.tokens.advance();
                    Token name = p.expectName();
                    e = p.checker.access().hasField(e.at(), e, name.text());
                }
                case LBRACKET -> e = indexOrSlice(e);
                case LPAREN -> {
                    e = call(e);
                }
                case AS -> {
                    p.tokens.advance();
                    Type to = parser.types().type();
                    e = cast(e, to);
                }
                case OPT_AS -> {
                    p.tokens.advance();
                    e = new Expr.CanCast(e.at(), e, parser.types().type());
                }
                case IS -> {
                    p.tokens.advance();
                    e = new Expr.IsType(e.at(), e, parser.types().type());
                }
                default -> {
                    return e;
                }
            }
        }
    }

    private Expr cast(Expr e, Type to) {
        if (e.type().isError() || to.isError()) {
            return new Expr.Bad(e.at());
        }
        if (!CastRules.possible(e.type(), to)) {
            p.diagnostics.error(e.at(), "cast not supported (" + ExprText.of(e) + " as " + to.label() + ")");
            return new Expr.Bad(e.at());
        }
        return new Expr.Cast(e.at(), e, to);
    }

    private Expr indexOrSlice(Expr base) {
        p.expect(TokenKind.LBRACKET);
        if (p.accept(TokenKind.COLON)) {
            Expr to = p.at(TokenKind.RBRACKET) ? null : expr(CONDITIONAL);
            p.expect(TokenKind.RBRACKET);
            return p.checker.access().slice(base.at(), base, null, to);
        }
        List<Expr> keys = new ArrayList<>();
        do {
            keys.add(expr(CONDITIONAL));
            if (keys.size() == 1 && p.accept(TokenKind.COLON)) {
                Expr to = p.at(TokenKind.RBRACKET) ? null : expr(CONDITIONAL);
                p.expect(TokenKind.RBRACKET);
                return p.checker.access().slice(base.at(), base, keys.get(0), to);
            }
        } while (p.accept(TokenKind.COMMA));
        p.expect(TokenKind.RBRACKET);
        return p.checker.access().index(base.at(), base, keys);
    }

    private Expr call(Expr callee) {
        p.expect(TokenKind.LPAREN);
        if (callee instanceof Expr.Const c && c.value() instanceof Type type && c.type() instanceof TypeType) {
            return constructor(callee.at(), type);
        }
        List<Expr> args = arguments();
        p.expect(TokenKind.RPAREN);
        return p.checker.calls().call(p.from(callee.at()), callee, args, p.inHookCall);
    }

    /** A constructor call by type name, behind its opening parenthesis. */
    private Expr constructor(Position at, Type type) {
        if (type instanceof RecordType r
                && !p.at(TokenKind.DOLLAR)
                && !p.at(TokenKind.RPAREN)
                && !p.at(TokenKind.COMMA)) {
            List<Expr> args = arguments();
            p.expect(TokenKind.RPAREN);
            String parts = args.stream().map(ExprText::of).collect(Collectors.joining(", "));
            p.diagnostics.error(
                    new Mention(p.from(at), r.label() + "(" + parts + ")"),
                    Mention.of(args.get(0)),
                    "bad type in record constructor");
            return new Expr.Bad(at);
        }
        if (type instanceof RecordType) {
            List<Expr.FieldInit> fields = fieldInits(TokenKind.RPAREN);
            p.expect(TokenKind.RPAREN);
            return p.checker.constructors().namedCtor(p.from(at), type, List.of(), fields, Attributes.NONE);
        }
        List<Expr.TableEntry> entries = entries(TokenKind.RPAREN);
        p.expect(TokenKind.RPAREN);
        if (!type.is(Tag.TABLE) && !(type instanceof VectorType)) {
            p.diagnostics.error(at, "constructor type not implemented");
            return new Expr.Bad(at);
        }
        Attributes attributes = type.is(Tag.TABLE) ? parser.types().attributes(type, Owner.TYPE) : Attributes.NONE;
        return p.checker.constructors().namedCtor(p.from(at), type, entries, List.of(), attributes);
    }

    // ---- lambdas

    /**
     * A function without a name, behind the keyword.
     *
     * @param isField it stands behind a field's name: {@code $f(x: count) = { ... }}, the yield left to its body
     */
    private Expr lambda(Position at, boolean isField) {
        Captures listed = Captures.read(p, parser);
        FuncType type = parser.types().function(FuncType.Flavor.FUNCTION);
        p.accept(TokenKind.ASSIGN);
        if (isField && type.yield().is(Tag.VOID)) {
            type.openYield();
        }
        FunctionScope outer = p.scope;
        FunctionScope scope = new FunctionScope(outer, type, p.module, listed == null);
        boolean exporting = p.exporting;
        p.exporting = false;
        p.scope = scope;
        try {
            if (listed != null) {
                listed.into(scope);
            }
            List<Local> params = new ArrayList<>();
            for (RecordField f : type.params().fields()) {
                params.add(scope.declare(f.name(), f.type(), Attributes.NONE, false, at));
            }
            Stmt body = parser.stmts().functionBody();
            p.expect(TokenKind.RBRACE);
            FunctionBody function = new FunctionBody(
                    "lambda_" + ++p.lambdas,
                    type,
                    params,
                    FunctionBodies.inOrder(params.size()),
                    body,
                    scope.slots(),
                    0,
                    List.of(),
                    at,
                    null);
            p.lint(scope);
            Expr.Lambda lambda = new Expr.Lambda(p.from(at), function, scope.captures(), type);
            if (listed != null) {
                String mistake = scope.captureMistake(listed.captured(), "lambda");
                if (mistake != null) {
                    p.diagnostics.error(
                            Mention.of(new Expr.Lambda(lambda.at(), function, listed.written(scope), type)), mistake);
                }
            }
            return lambda;
        } finally {
            p.scope = outer;
            p.exporting = exporting;
        }
    }
}
