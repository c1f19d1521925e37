package dev.tandem.script.parse;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.lex.Lexer;
import dev.tandem.script.lex.ScriptSyntaxError;
import dev.tandem.script.lex.Token;
import dev.tandem.script.lex.TokenKind;
import dev.tandem.script.lex.UnreadableScript;
import dev.tandem.script.source.LoadPath;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import dev.tandem.script.types.Types;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a script and of all it loads, spliced together where {@code @load} stands, with the parts that
 * {@code @if} switches off left out. Directives never reach the parser.
 */
final class TokenStream {
    /** What directives need of the parser. */
    interface Conditions {
        /** Reads {@code ( expression )}; the closing parenthesis is left as the current token. */
        boolean condition();

        /** Whether {@code @ifdef} finds the name. */
        boolean isDefined(String name);

        /** The module in force; restored behind a loaded file. */
        String module();

        void module(String name);
    }

    private static final class Input {
        final Lexer lexer;
        final String moduleBehind;
        final int pragmasBefore;

        /** The {@code @load} that began it, null for a script named on the command line. */
        final @Nullable Position loadedFrom;

        int openConditions;

        Input(Lexer lexer, String moduleBehind, int pragmasBefore, @Nullable Position loadedFrom) {
            this.lexer = lexer;
            this.moduleBehind = moduleBehind;
            this.pragmasBefore = pragmasBefore;
            this.loadedFrom = loadedFrom;
        }
    }

    /** A script that was read. */
    record Loaded(String path, int level) {}

    private final LoadPath loadPath;
    private final Diagnostics diagnostics;
    private final Deque<Input> inputs = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Loaded> loaded = new ArrayList<>();
    private final Set<String> prefixes = new LinkedHashSet<>();
    private final Pragmas pragmas;
    private final Deque<Token> again = new ArrayDeque<>();
    private @Nullable Conditions conditions;
    private final List<Position> conditionals = new ArrayList<>();
    private int lineBefore;
    private Token current = new Token(TokenKind.END, Position.NONE, "", null, null, null);

    TokenStream(LoadPath loadPath, Diagnostics diagnostics) {
        this.loadPath = loadPath;
        this.diagnostics = diagnostics;
        pragmas = new Pragmas(diagnostics);
    }

    void conditions(Conditions parser) {
        conditions = parser;
    }

    private Conditions conditions() {
        Conditions c = conditions;
        if (c == null) {
            throw new IllegalStateException("no parser");
        }
        return c;
    }

    List<Loaded> loaded() {
        return List.copyOf(loaded);
    }

    Set<String> prefixes() {
        return prefixes;
    }

    LoadPath loadPath() {
        return loadPath;
    }

    /** Begins a script; false when it has been read before. Its first token becomes current. */
    boolean begin(Source source) {
        if (diagnostics.isEnded() || !push(source, null)) {
            return false;
        }
        advance();
        return true;
    }

    private boolean push(Source source, @Nullable Position loadedFrom) {
        if (!source.canonicalPath().isEmpty()) {
            if (!seen.add(source.canonicalPath())) {
                return false;
            }
            loaded.add(new Loaded(source.name(), inputs.size()));
        }
        inputs.push(new Input(new Lexer(source), conditions().module(), pragmas.depth(), loadedFrom));
        conditions().module("GLOBAL");
        return true;
    }

    Token current() {
        return current;
    }

    private Input input() {
        Input i = inputs.peek();
        if (i == null) {
            throw new IllegalStateException("no script is being read");
        }
        return i;
    }

    /** The file being read. */
    Source source() {
        return input().lexer.source();
    }

    /** Where the conditional directives between the token before and the current one stand. */
    List<Position> conditionalsBefore() {
        return conditionals;
    }

    /** The line where the token before the current one ended. */
    int lineBefore() {
        return lineBefore;
    }

    boolean ignoresDeprecations() {
        return pragmas.ignoresDeprecations();
    }

    /** Reports an error behind which nothing more is read. */
    private void fatal(Position at, String message) {
        diagnostics.end(at, message);
        inputs.clear();
        current = new Token(TokenKind.END, at, "", null, null, null);
    }

    /** Reads the pattern whose slash is current, and goes on behind it. */
    Token pattern() {
        Token p = input().lexer.pattern(current);
        advance();
        return p;
    }

    /** Goes back to tokens that were read before the current one. */
    void replay(List<Token> read) {
        again.addFirst(current);
        for (int i = read.size() - 1; i > 0; i--) {
            again.addFirst(read.get(i));
        }
        current = read.get(0);
    }

    /** Goes to the next token; END at the end of the script that {@link #begin} began. */
    void advance() {
        lineBefore = current.at().line();
        conditionals.clear();
        Token known = again.pollFirst();
        if (known != null) {
            current = known;
            return;
        }
        while (true) {
            Input input = inputs.peek();
            if (input == null) {
                current = new Token(TokenKind.END, current.at(), "", null, null, null);
                return;
            }
            Token t;
            try {
                t = input.lexer.next();
            } catch (UnreadableScript e) {
                fatal(e.position(), e.text());
                return;
            }
            if (t.is(TokenKind.END)) {
                leave(input, t.at());
                if (inputs.isEmpty()) {
                    current = t;
                    return;
                }
            } else if (t.is(TokenKind.DIRECTIVE)) {
                Token value = directive(input, t);
                if (value != null) {
                    current = value;
                    return;
                }
            } else {
                current = t;
                return;
            }
        }
    }

    private void leave(Input input, Position end) {
        if (input.openConditions > 0) {
            fatal(end, "unbalanced @if... @endif");
            return;
        }
        if (pragmas.depth() > input.pragmasBefore) {
            fatal(end, "unbalanced @pragma push pop in file");
            return;
        }
        inputs.pop();
        conditions().module(input.moduleBehind);
    }

    private @Nullable Token directive(Input input, Token t) {
        String argument = t.value() instanceof String s ? s : "";
        switch (t.text()) {
            case "@load" -> load(t, argument);
            case "@unload" -> unload(t, argument);
            case "@load-sigs" -> diagnostics.warning(t.at(), "signatures are not supported yet, left out: " + argument);
            case "@load-plugin" -> diagnostics.error(t.at(), "plugins cannot be loaded: " + argument);
            case "@prefixes" -> prefixes(argument);
            case "@deprecated" -> deprecated(input, t, argument);
            case "@pragma" -> {
                String failure = pragmas.apply(t.at(), argument, input.pragmasBefore);
                if (failure != null) {
                    fatal(t.at(), failure);
                }
            }
            case "@DEBUG" -> {}
            case "@if" -> {
                advance();
                decide(input, t, conditions().condition());
            }
            case "@ifdef", "@ifndef" -> {
                advance();
                boolean defined = namedCondition();
                decide(input, t, defined == t.text().equals("@ifdef"));
            }
            case "@else" -> {
                if (input.openConditions == 0) {
                    throw new ScriptSyntaxError(t.at(), "@else without @if");
                }
                conditionals.add(t.at());
                skip(input, false);
                input.openConditions--;
            }
            case "@endif" -> {
                if (input.openConditions-- == 0) {
                    throw new ScriptSyntaxError(t.at(), "unbalanced @if... @endif");
                }
                conditionals.add(t.at());
            }
            case "@DIR" -> {
                return text(t, directory(input.lexer.source()));
            }
            case "@FILENAME" -> {
                Path name = Path.of(input.lexer.source().name()).getFileName();
                return text(t, String.valueOf(name));
            }
            default -> throw new ScriptSyntaxError(t.at(), "unknown directive " + t.text());
        }
        return null;
    }

    private void deprecated(Input input, Token t, String comment) {
        Position from = input.loadedFrom;
        String loader = from == null ? "command line arguments" : from.source().name() + ":" + from.line();
        if (!pragmas.ignoresDeprecations()) {
            diagnostics.warning(t.at(), "deprecated script loaded from " + loader + " " + comment);
        }
    }

    /** Skips what is switched off; returns the directive at its end. */
    private Token skip(Input input, boolean stopAtElse) {
        Token end = input.lexer.skipInactive(stopAtElse);
        if (end.is(TokenKind.END)) {
            fatal(end.at(), "unbalanced @if... @endif");
        }
        conditionals.add(end.at());
        return end;
    }

    private static Token text(Token t, String value) {
        return new Token(TokenKind.CONST, t.at(), t.text(), Types.STRING, Bytes.of(value), null);
    }

    private static String directory(Source source) {
        Path folder = Path.of(source.name()).getParent();
        Path here = Path.of("").toAbsolutePath();
        // As Zeek writes it: "./" of a relative name stays.
        return folder == null ? here.toString() : folder.isAbsolute() ? folder.toString() : here + "/" + folder;
    }

    private boolean namedCondition() {
        if (!current.is(TokenKind.LPAREN)) {
            throw new ScriptSyntaxError(current.at(), "syntax error, at or near \"" + current.shown() + "\"");
        }
        advance();
        String name = current.text();
        advance();
        if (!current.is(TokenKind.RPAREN)) {
            throw new ScriptSyntaxError(current.at(), "syntax error, at or near \"" + current.shown() + "\"");
        }
        return conditions().isDefined(name);
    }

    private void decide(Input input, Token directive, boolean active) {
        conditionals.add(directive.at());
        if (active || skip(input, true).text().equals("@else")) {
            input.openConditions++;
        }
    }

    private @Nullable Path loader() {
        String path = source().canonicalPath();
        return path.isEmpty() ? null : Path.of(source().name());
    }

    private void load(Token t, String name) {
        if (name.startsWith("base/bif/") || name.endsWith(".bif") || name.endsWith(".bif.zeek")) {
            return; // built-in functions are there without prototypes
        }
        Path file = loadPath.find(name, loader());
        if (file == null) {
            diagnostics.fatal(t.at(), "can't find " + name);
            return;
        }
        try {
            push(LoadPath.read(file), t.at());
        } catch (IOException e) {
            diagnostics.error(t.at(), "can't read " + file + ": " + e.getMessage());
        }
    }

    private void unload(Token t, String name) {
        Path file = loadPath.find(name, loader());
        if (file == null) {
            diagnostics.error(t.at(), "failed find file associated with @unload " + name);
            return;
        }
        try {
            seen.add(file.toRealPath().toString());
        } catch (IOException e) {
            diagnostics.error(t.at(), "can't read " + file + ": " + e.getMessage());
        }
    }

    private void prefixes(String argument) {
        String rest = argument;
        if (rest.startsWith("+=")) {
            rest = rest.substring(2);
        } else if (rest.startsWith("=")) {
            rest = rest.substring(1);
            prefixes.clear();
        }
        for (String p : rest.strip().split(":", -1)) {
            if (!p.isEmpty()) {
                prefixes.add(p);
            }
        }
    }
}
