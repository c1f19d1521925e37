package dev.tandem.script.parse;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.bif.BifDefinition;
import dev.tandem.script.bif.BifFunction;
import dev.tandem.script.bif.BifRegistry;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Mention;
import dev.tandem.script.check.Suggestion;
import dev.tandem.script.lex.Token;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.TypeType;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what names mean; declares built-in functions when they are first named. */
final class Names {
    private final ParseState p;
    private final Parser parser;

    Names(ParseState p, Parser parser) {
        this.p = p;
        this.parser = parser;
    }

    /** The global that a name means here, built-ins included; null when there is none. */
    @Nullable
    Global find(String name) {
        Global g = p.globals.find(p.module, name);
        if (g != null) {
            return g;
        }
        String qualified = Globals.qualify(p.module, name);
        Global own = builtIn(qualified);
        return own != null || name.contains("::") ? own : builtIn(name);
    }

    private @Nullable Global builtIn(String fullName) {
        BifDefinition def = BifRegistry.find(fullName);
        if (def == null) {
            return null;
        }
        Global g = p.globals.declare(fullName, Global.Kind.VARIABLE, Position.NONE);
        g.export();
        Type type = parser.prototype(def.prototype(), fullName);
        g.type(type);
        if (type instanceof FuncType f) {
            g.value(new BifFunction(def, f, p.interpreter.context()));
        }
        return g;
    }

    /** As {@link #find}, with a report when the name may not be used from here or means nothing. */
    @Nullable
    Global require(Token name, String what) {
        Global g = find(name.text());
        if (g == null) {
            p.diagnostics.error(name.at(), what + " " + name.text(), suggestion(name.text()));
            return null;
        }
        checkExport(name, g);
        return g;
    }

    private void checkExport(Token name, Global g) {
        if (name.text().contains("::")
                && !g.isExported()
                && !g.module().equals("GLOBAL")
                && !g.module().equals(p.module)) {
            p.diagnostics.error(name.at(), "identifier is not exported: " + g.name());
        }
    }

    private @Nullable String suggestion(String name) {
        List<String> all = new ArrayList<>(p.globals.namesSeenFrom(p.module));
        FunctionScope scope = p.scope;
        if (scope != null) {
            all.addAll(scope.names());
        }
        BifRegistry.all().forEach(d -> all.add(d.name()));
        return Suggestion.of(name, all);
    }

    /** A name used as a value. */
    Expr use(Token name) {
        String text = name.text();
        Position at = name.at();
        if (text.equals("_") || text.endsWith("::_")) {
            p.diagnostics.error(at, "blank identifier used in expression (" + Globals.qualify(p.module, text) + ")");
            return new Expr.Bad(at);
        }
        FunctionScope scope = p.scope;
        if (scope != null && !text.contains("::")) {
            Local local = scope.find(text);
            if (local != null) {
                if (p.inCondition) {
                    p.localsInCondition++;
                    p.diagnostics.error(at, "referencing a local name in @if (" + text + ")");
                }
                return new Expr.LocalRef(at, local);
            }
        }
        Global g = find(text);
        if (g == null) {
            Local ended = scope == null ? null : scope.outOfScope(text);
            if (ended != null && at.isOfBro()) {
                p.diagnostics.deprecation(
                        at,
                        "use of out-of-scope local deprecated; move declaration to outer scope (" + ended.name() + ")");
                return new Expr.LocalRef(at, ended);
            }
            if (ended != null) {
                p.diagnostics.error(Mention.of(ended), "use of out-of-scope local; move declaration to outer scope");
            } else {
                p.diagnostics.error(
                        at, "unknown identifier " + text + ", at or near \"" + text + "\"", suggestion(text));
            }
            return new Expr.Bad(at);
        }
        checkExport(name, g);
        warnIfDeprecated(g, at);
        p.usage.use(p.defining, g);
        return value(g, at);
    }

    void warnIfDeprecated(Global g, Position at) {
        String deprecation = g.deprecation();
        if (deprecation != null) {
            p.diagnostics.deprecation(
                    at, "deprecated (" + g.name() + ")" + (deprecation.isEmpty() ? "" : ": " + deprecation));
        }
    }

    /** A global as an expression. */
    static Expr value(Global g, Position at) {
        return switch (g.kind()) {
            case TYPE -> new Expr.Const(at, new TypeType(g.type()), g.type());
            case ENUM_CONSTANT -> {
                Object v = g.value();
                yield v == null ? new Expr.Bad(at) : new Expr.Const(at, g.type(), v);
            }
            case VARIABLE, CONST, OPTION ->
                g.type().is(Tag.ERROR) ? new Expr.Bad(at) : new Expr.GlobalRef(at, g, g.type());
        };
    }

    /** A name used as a type. */
    Type type(Token name) {
        Global g = find(name.text());
        if (g == null || g.kind() != Global.Kind.TYPE) {
            p.diagnostics.error(
                    name.at(),
                    g == null ? "identifier not defined: " + name.text() : "not a type: " + name.text(),
                    g == null ? suggestion(name.text()) : null);
            return Types.ERROR;
        }
        checkExport(name, g);
        warnIfDeprecated(g, name.at());
        return g.type();
    }
}
