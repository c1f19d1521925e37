package dev.tandem.script.parse;

import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.bif.BifDefinition;
import dev.tandem.script.bif.BifFunction;
import dev.tandem.script.bif.BifRegistry;
import dev.tandem.script.check.AttributeRules;
import dev.tandem.script.check.AttributeRules.Owner;
import dev.tandem.script.check.FunctionScope;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.Mention;
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

    /** A repeated declaration: another parameter list of an event or hook, or a mistake (zeek {@code src/Var.cc}). */
    void addPrototype(Global old, Type declared, Attributes attributes) {
        if (!(old.type() instanceof FuncType canonical)) {
            return;
        }
        Mention before = Mention.of(canonical);
        Mention now = Mention.of(declared);
        if (!(declared instanceof FuncType other)) {
            p.diagnostics.error(now, Mention.of(old), "type incompatible with previous definition");
            return;
        }
        if (other.flavor() != canonical.flavor()) {
            p.diagnostics.error(now, before, "incompatible function flavor");
            return;
        }
        if (other.flavor() == FuncType.Flavor.FUNCTION) {
            p.diagnostics.error(now, before, "redeclaration of function");
            return;
        }
        RecordType known = prototype(canonical, other.params());
        if (known != null) {
            p.diagnostics.errorAt(now, known.declared(), "alternate function prototype already exists");
            return;
        }
        for (RecordField field : other.params().fields()) {
            if (!field.attributes().kinds().isEmpty()) {
                p.diagnostics.error(
                        now,
                        before,
                        "alternate function prototype arguments may not have attributes: arg '" + field.name() + "'");
                return;
            }
            if (canonical.params().slot(field.name()) < 0) {
                p.diagnostics.error(
                        now,
                        before,
                        "alternate function prototype arg '" + field.name() + "' not found in canonical prototype");
                return;
            }
        }
        canonical.alternates().add(new FuncType.Prototype(other.params(), TypeParser.deprecation(attributes)));
    }

    /** The parameter list of a function type with just these names and types, or null. */
    private static @Nullable RecordType prototype(FuncType f, RecordType params) {
        if (sameFields(f.params(), params)) {
            return f.params();
        }
        for (FuncType.Prototype alternate : f.alternates()) {
            if (sameFields(alternate.params(), params)) {
                return alternate.params();
            }
        }
        return null;
    }

    private static boolean sameFields(RecordType a, RecordType b) {
        for (int i = 0; a.size() == b.size() && i < a.size(); i++) {
            if (!a.field(i).name().equals(b.field(i).name())) {
                return false;
            }
        }
        return sameTypes(a, b);
    }

    /** Reads a definition, the keyword first. */
    void definition(boolean replacing) {
        Token keyword = p.take();
        FuncType.Flavor flavor = switch (keyword.kind()) {
            case EVENT -> FuncType.Flavor.EVENT;
            case HOOK -> FuncType.Flavor.HOOK;
            default -> FuncType.Flavor.FUNCTION;
        };
        Token name = p.expectGlobalName();
        FuncType type = parser.types().function(flavor);
        List<AttributeRules.Given> given = parser.types().given();
        Attributes attributes = parser.types().attributes(given, type, Owner.FUNCTION);
        Global g = target(name, type, replacing);
        String deprecation = TypeParser.deprecation(attributes);
        if (g != null && deprecation != null) {
            g.deprecate(deprecation);
        }
        FunctionScope scope = new FunctionScope(null, type, p.module, false);
        FunctionScope outer = p.scope;
        boolean exporting = p.exporting;
        Global defining = p.defining;
        p.defining = g;
        p.scope = scope;
        p.exporting = false;
        FunctionBody body;
        try {
            FuncType known = g != null && g.type() instanceof FuncType k ? k : type;
            int[] order = g == null ? FunctionBodies.inOrder(type.params().size()) : order(g, type, known);
            List<Local> params = new ArrayList<>();
            for (RecordField f : type.params().fields()) {
                params.add(scope.declare(f.name(), f.type(), Attributes.NONE, false, name.at()));
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
                    groups(given),
                    at,
                    p.token().at());
        } finally {
            p.scope = outer;
            p.exporting = exporting;
            p.defining = defining;
        }
        p.lint(scope);
        if (g != null) {
            boolean isNew = g.declared().equals(name.at());
            boolean ownEvent = !p.module.equals("GLOBAL")
                    && (g.module().equals(p.module) || isNew && !name.text().contains("::"));
            boolean used = attributes.has(Attr.IS_USED) || flavor == FuncType.Flavor.EVENT && isNew && !ownEvent;
            p.usage.body(g, used);
            install(g, body, replacing);
        }
        p.expect(TokenKind.RBRACE);
    }

    /** The global a definition belongs to, declared when it is new; null after a report. */
    private @Nullable Global target(Token name, FuncType type, boolean replacing) {
        Global g = parser.names().find(name.text());
        if (g != null && type.flavor() != FuncType.Flavor.FUNCTION) {
            parser.names().warnIfDeprecated(g, name.at());
        }
        if (g == null) {
            // An event that nothing declared belongs to no module (zeek src/parse.y, event_id).
            String module = type.flavor() == FuncType.Flavor.EVENT ? "GLOBAL" : p.module;
            String full = Globals.qualify(module, name.text());
            g = p.globals.declare(full, Global.Kind.VARIABLE, name.at());
            g.type(type);
            g.value(empty(full, type));
            if (p.exporting) {
                g.export();
            }
            return g;
        }
        if (!(g.type() instanceof FuncType f) || g.kind() == Global.Kind.TYPE) {
            if (!g.type().isError()) {
                p.diagnostics.errorAt(
                        Mention.of(g),
                        type.declared(),
                        "Function clash with previous definition with incompatible type");
                p.diagnostics.grave(p.token().at(), "invalid definition of '" + g.name() + "' (see previous errors)");
            }
            return null;
        }
        if (f.flavor() != type.flavor()) {
            p.diagnostics.error(Mention.of(type), Mention.of(f), "incompatible function flavor");
            return null;
        }
        if (f.flavor() == FuncType.Flavor.FUNCTION
                && g.value() instanceof ScriptFunction known
                && known.hasBodies()
                && !g.attributes().has(Attr.REDEF)
                && !replacing) {
            p.diagnostics.errorAt(Mention.of(g), type.declared(), "already defined");
            p.diagnostics.grave(p.token().at(), "invalid definition of '" + g.name() + "' (see previous errors)");
            return null;
        }
        return g;
    }

    /** Which argument each parameter of a definition takes; reports what fits no prototype. */
    private int[] order(Global g, FuncType defined, FuncType known) {
        RecordType mine = defined.params();
        int[] order = FunctionBodies.inOrder(mine.size());
        if (defined.flavor() == FuncType.Flavor.FUNCTION) {
            if (!TypeRules.same(defined, known)) {
                p.diagnostics.error(Mention.of(defined), Mention.of(known), "incompatible function types");
            } else if (defined != known) {
                takeDefaults(defined.params(), known.params());
                g.type(defined);
            }
            return order;
        }
        RecordType match = prototype(known, mine);
        if (match == null) {
            if (!sameTypes(mine, known.params())) {
                p.diagnostics.error(
                        Mention.of(defined),
                        Mention.of(g),
                        "use of undeclared alternate prototype",
                        "declared as " + known.describe());
            }
            return order;
        }
        for (int i = 0; i < order.length; i++) {
            order[i] = known.params().slot(match.field(i).name());
        }
        judgeUse(g, defined, known, match);
        return order;
    }

    /** A definition need not repeat the defaults of its declaration. */
    private static void takeDefaults(RecordType defined, RecordType declared) {
        for (int i = 0; i < defined.size(); i++) {
            Attributes own = defined.field(i).attributes();
            Attributes given = declared.field(i).attributes();
            if (given.has(Attr.DEFAULT) && !own.has(Attr.DEFAULT)) {
                defined.attributes(i, given.with(own));
            }
        }
    }

    /** Warns of what a body says in vain, and of deprecated parameters and prototypes. */
    private void judgeUse(Global g, FuncType defined, FuncType known, RecordType match) {
        for (RecordField f : match.fields()) {
            String reason = TypeParser.deprecation(f.attributes());
            if (reason != null && match != defined.params()) {
                deprecatedUse(defined, known.declared(), "parameter '" + f.name() + "'", reason);
            }
        }
        if (match == defined.params()) {
            return;
        }
        for (RecordField f : defined.params().fields()) {
            if (f.attributes().has(Attr.DEFAULT)) {
                p.diagnostics.warning(
                        defined.declared(),
                        "&default on parameter '" + f.name() + "' has no effect (not a "
                                + defined.flavor().keyword() + " declaration)");
            }
        }
        for (FuncType.Prototype alternate : known.alternates()) {
            String reason = alternate.params() == match ? alternate.deprecation() : null;
            if (reason != null) {
                deprecatedUse(defined, match.declared(), "'" + g.name() + "' prototype", reason);
            }
        }
    }

    private void deprecatedUse(FuncType defined, Position declared, String what, String reason) {
        if (!p.tokens.ignoresDeprecations()) {
            p.diagnostics.warning(
                    defined.declared(),
                    declared,
                    "use of deprecated " + what + (reason.isEmpty() ? "" : ": " + reason) + " (" + defined.describe()
                            + ")");
        }
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

    /** Any number that attributes name, and the module. */
    private List<String> groups(List<AttributeRules.Given> attributes) {
        List<String> groups = new ArrayList<>(1);
        for (AttributeRules.Given a : attributes) {
            Object name = a.attr() == Attr.GROUP ? p.attributes.value(a) : null;
            if (name != null) {
                groups.add(name.toString());
            }
        }
        groups.add("module " + p.module);
        return groups;
    }
}
