package dev.tandem.script.parse;

import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.bif.BifDefinition;
import dev.tandem.script.bif.BifFunction;
import dev.tandem.script.bif.BifRegistry;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.TypeRules;
import dev.tandem.script.interp.ScriptFunction;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the definitions of functions, events and hooks, and matches them with their prototypes. */
final class FunctionParser {
    private final ParseState p;
    private final Parser parser;

    FunctionParser(ParseState p, Parser parser) {
        this.p = p;
        this.parser = parser;
    }

    /**
     * What a prototype stands for: the built-in function of that name when there is one, else a function without a body yet,
     * which fails only when it is called.
     */
    FuncValue declared(String fullName, FuncType type) {
        BifDefinition builtIn = type.flavor() == FuncType.Flavor.FUNCTION ? BifRegistry.find(fullName) : null;
        return builtIn == null ? empty(fullName, type) : new BifFunction(builtIn, type, p.interpreter.context());
    }

    /** A function value without a body yet. */
    ScriptFunction empty(String fullName, FuncType type) {
        boolean event = type.flavor() == FuncType.Flavor.EVENT;
        return new ScriptFunction(
                p.interpreter,
                fullName,
                type,
                event ? p.interpreter.context().eventTypes().event(fullName) : null);
    }

    /**
     * Whether a declaration adds another parameter list to an event or hook, which then is done; also true for repeating
     * the same prototype.
     */
    boolean isAnotherPrototype(Global old, @Nullable Type declared, Token name) {
        if (!(old.type() instanceof FuncType f) || !(declared instanceof FuncType d) || f.flavor() != d.flavor()) {
            return false;
        }
        if (TypeRules.same(f, d)) {
            return true;
        }
        if (f.flavor() == FuncType.Flavor.FUNCTION) {
            return false;
        }
        for (RecordField field : d.params().fields()) {
            int slot = f.params().slot(field.name());
            if (slot < 0 || !TypeRules.same(f.params().field(slot).type(), field.type())) {
                p.diagnostics.error(
                        name.at(),
                        "alternate function prototype argument '" + field.name()
                                + "' not found in canonical prototype");
                return true;
            }
        }
        f.alternates().add(d.params());
        return true;
    }

    /** Reads a definition, the keyword first. */
    void definition(boolean replacing) {
        Token keyword = p.take();
        FuncType.Flavor flavor = switch (keyword.kind()) {
            case EVENT -> FuncType.Flavor.EVENT;
            case HOOK -> FuncType.Flavor.HOOK;
            default -> FuncType.Flavor.FUNCTION;
        };
        Token name = p.expect(TokenKind.IDENT);
        FuncType type = parser.types().function(flavor);
        Attributes attributes = parser.types().attributes(type, TypeParser.Owner.FUNCTION);
        Global g = target(name, type);
        FunctionScope scope = new FunctionScope(null, type, false);
        FunctionScope outer = p.scope;
        boolean exporting = p.exporting;
        p.scope = scope;
        p.exporting = false;
        FunctionBody body;
        try {
            FuncType known = g != null && g.type() instanceof FuncType k ? k : type;
            int[] order = g == null ? FunctionBodies.inOrder(type.params().size()) : order(name, type, known);
            List<Local> params = new ArrayList<>();
            for (RecordField f : type.params().fields()) {
                params.add(scope.declare(f.name(), f.type(), Attributes.NONE, false));
            }
            Position at = name.at();
            Stmt code = parser.stmts().functionBody();
            String full = g == null ? name.text() : g.name();
            body = new FunctionBody(
                    full,
                    type,
                    params,
                    order,
                    code,
                    scope.slots(),
                    priority(attributes, flavor, at),
                    groups(attributes),
                    at,
                    null);
        } finally {
            p.scope = outer;
            p.exporting = exporting;
        }
        if (g != null) {
            install(g, body, replacing);
        }
        p.expect(TokenKind.RBRACE);
    }

    /** The global a definition belongs to, declared when it is new; null after a report. */
    private @Nullable Global target(Token name, FuncType type) {
        Global g = parser.names().find(name.text());
        if (g == null) {
            String full = Globals.qualify(p.module, name.text());
            g = p.globals.declare(full, Global.Kind.VARIABLE, name.at());
            g.type(type);
            g.value(empty(full, type));
            if (p.exporting) {
                g.export();
            }
            return g;
        }
        if (!(g.type() instanceof FuncType f) || g.kind() == Global.Kind.TYPE) {
            p.diagnostics.error(name.at(), "already defined (" + g.name() + ")");
            return null;
        }
        if (f.flavor() != type.flavor()) {
            p.diagnostics.error(
                    name.at(),
                    "inconsistent function type: " + f.flavor().keyword() + " declared, "
                            + type.flavor().keyword() + " defined (" + g.name() + ")");
            return null;
        }
        return g;
    }

    /** Which argument each parameter of a definition takes; reports what fits no prototype. */
    private int[] order(Token name, FuncType defined, FuncType known) {
        RecordType mine = defined.params();
        int[] order = FunctionBodies.inOrder(mine.size());
        if (sameTypes(mine, known.params())) {
            if (defined.flavor() == FuncType.Flavor.FUNCTION && !TypeRules.same(defined.yield(), known.yield())) {
                p.diagnostics.error(name.at(), "incompatible types (" + name.text() + ")");
            }
            return order;
        }
        if (defined.flavor() != FuncType.Flavor.FUNCTION) {
            for (RecordType alternate : known.alternates()) {
                if (sameTypes(mine, alternate)) {
                    for (int i = 0; i < order.length; i++) {
                        order[i] = known.params().slot(alternate.field(i).name());
                    }
                    return order;
                }
            }
            p.diagnostics.error(
                    name.at(),
                    "use of undeclared alternate prototype (" + name.text() + ")",
                    "declared as " + known.describe());
            return order;
        }
        p.diagnostics.error(name.at(), "incompatible types (" + name.text() + ")", "declared as " + known.describe());
        return order;
    }

    private static boolean sameTypes(RecordType a, RecordType b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!TypeRules.sameParameter(a.field(i).type(), b.field(i).type())) {
                return false;
            }
        }
        return true;
    }

    private void install(Global g, FunctionBody body, boolean replacing) {
        if (!(g.value() instanceof ScriptFunction f)) {
            takeOver(g, body);
            return;
        }
        if (replacing) {
            f.clear();
        }
        if (body.type().flavor() == FuncType.Flavor.FUNCTION) {
            if (f.hasBodies() && !g.attributes().has(Attr.REDEF) && !replacing) {
                p.diagnostics.error(body.at(), "function already has a body (" + g.name() + ")");
                return;
            }
            f.clear();
        }
        f.add(body);
    }

    /** A script's own body for a name that so far was built in, or a variable of function type. */
    private void takeOver(Global g, FunctionBody body) {
        ScriptFunction own = empty(g.name(), body.type());
        own.add(body);
        g.value(own);
    }

    private int priority(Attributes attributes, FuncType.Flavor flavor, Position at) {
        AttributeValue v = attributes.get(Attr.PRIORITY);
        if (v == null) {
            return 0;
        }
        if (flavor == FuncType.Flavor.FUNCTION) {
            p.diagnostics.error(at, "functions cannot have a &priority");
            return 0;
        }
        return v.evaluate() instanceof Long n ? (int) (long) n : 0;
    }

    private List<String> groups(Attributes attributes) {
        AttributeValue v = attributes.get(Attr.GROUP);
        Object name = v == null ? null : v.evaluate();
        String module = "module " + p.module;
        return name == null ? List.of(module) : List.of(name.toString(), module);
    }
}
